import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import fishbowl from "@fieldwright/connector-fishbowl";
import { createSimulator, type FishbowlSimulatorOptions } from "@fieldwright/connector-fishbowl/simulator";
import { describe, expect, onTestFinished, test } from "vitest";
import { connect, openTo } from "./connect.js";

const call = { signal: new AbortController().signal };

async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function server(options: FishbowlSimulatorOptions = {}) {
  const simulator = await createSimulator({ now: "2026-03-10T15:00:00Z", ...options });
  onTestFinished(() => simulator.close());
  return simulator;
}

describe("the seat", () => {
  test("is taken with the first request and given back by close, and all streams share the one", async () => {
    const { simulator, connection, read } = await connect();
    await Promise.all([read("customers"), read("sales_orders"), read("inventory")]);
    expect([simulator.sessions.open, simulator.sessions.logins]).toEqual([1, 1]);
    await connection.close();
    expect(simulator.sessions.open).toBe(0);
  });

  test("is not taken by a connection that asks nothing", async () => {
    const simulator = await server();
    const { connection } = await openTo(simulator.options);
    await connection.close();
    expect([simulator.sessions.logins, simulator.traffic.requests]).toEqual([0, 0]);
  });

  test("is given back when a read fails", async () => {
    const { simulator, connection, read } = await connect({ options: { attempts: 1 } });
    simulator.faults.next("500", 1, (path) => path.includes("data-query"));
    await expect(read("customers")).rejects.toMatchObject({ code: "http/500" });
    await connection.close();
    expect(simulator.sessions.open).toBe(0);
  });

  test("is given back when a read is aborted between two pages and when its answer is on the way", async () => {
    for (const when of ["between", "during"] as const) {
      const { simulator, connection, stream } = await connect();
      const stop = new AbortController();
      const pages = stream("customers").read?.({ pageSize: 5 }, { signal: stop.signal })[Symbol.asyncIterator]();
      await pages?.next();
      if (when === "during") simulator.faults.onRequest(1, () => stop.abort());
      else stop.abort();
      await expect(pages?.next()).rejects.toThrow();
      await connection.close();
      expect(simulator.sessions.open).toBe(0);
    }
  });

  test("is given back when the call is aborted while the login itself is under way: its token must not be lost", async () => {
    const simulator = await server();
    const { connection } = await openTo(simulator.options);
    const stop = new AbortController();
    simulator.faults.onRequest(1, () => stop.abort());
    await expect(connection.streams({ signal: stop.signal })).rejects.toThrow();
    await connection.close();
    expect([simulator.sessions.logins, simulator.sessions.open]).toEqual([1, 0]);
  });

  test("is given back once, however often close is called, and nothing is sent afterwards", async () => {
    const { simulator, connection, stream } = await connect();
    await connection.close();
    await connection.close();
    expect(simulator.traffic.paths().filter((path) => path === "/api/logout")).toHaveLength(1);
    const before = simulator.traffic.requests;
    await expect(stream("customers").get?.(["1"], call)).rejects.toMatchObject({ code: "fishbowl/closed", next: "stop-run" });
    expect(simulator.traffic.requests).toBe(before);
  });

  test("that could not be given back is told as a notice, since close must not hide what went before", async () => {
    const { simulator, connection, notices } = await connect();
    simulator.faults.next("500", 10, (path) => path.endsWith("/logout"));
    await connection.close();
    expect(notices).toEqual([expect.stringContaining("a seat stays taken")]);
  });

  test("whose login had its answer cut is told as a notice, and the login is tried again", async () => {
    const simulator = await server();
    const { connection, notices } = await openTo(simulator.options);
    simulator.faults.next("cut", 1, (path) => path.endsWith("/login"));
    await connection.streams(call);
    expect([simulator.sessions.logins, notices.length]).toEqual([2, 1]);
    expect(notices[0]).toContain("seat stays taken");
  });
});

describe("the door", () => {
  test("a wrong password stops the run, and the password is never shown", async () => {
    const simulator = await server();
    const { connection } = await openTo({ ...simulator.options, password: "demo-other-word" });
    const error = await connection.streams(call).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "fishbowl/login-refused", next: "stop-run", hint: expect.stringContaining("`password`") });
    expect(String(error)).not.toContain("demo-other-word");
    expect(simulator.traffic.requests).toBe(1);
    expect(await connection.check(call)).toEqual([{ what: "credentials", ok: false, says: expect.stringContaining("`password`") }]);
  });

  test("a full house stops the run with what can be done, and takes nobody's seat", async () => {
    const simulator = await server({ seats: 2 });
    simulator.sessions.occupy(2);
    const { connection } = await openTo(simulator.options);
    await expect(connection.streams(call)).rejects.toMatchObject({
      code: "fishbowl/no-seat",
      next: "stop-run",
      hint: expect.stringContaining("log out"),
    });
    simulator.sessions.occupy(1);
    expect((await connection.streams(call)).length).toBeGreaterThan(10);
  });

  test("the first login waits for an administrator's approval, and another name waits anew", async () => {
    const simulator = await server({ approved: false });
    const { connection } = await openTo(simulator.options);
    await expect(connection.streams(call)).rejects.toMatchObject({
      code: "fishbowl/approval-pending",
      next: "stop-run",
      hint: expect.stringContaining("Integrated Apps"),
    });
    simulator.sessions.approve();
    expect((await connection.streams(call)).length).toBeGreaterThan(10);
    const other = await openTo({ ...simulator.options, appName: "Another name" });
    await expect(other.connection.streams(call)).rejects.toMatchObject({ code: "fishbowl/approval-pending" });
  });

  test("a user with a second factor is told apart from a wrong password", async () => {
    const simulator = await server({ mfa: true });
    const { connection } = await openTo(simulator.options);
    await expect(connection.streams(call)).rejects.toMatchObject({ code: "fishbowl/mfa-required", next: "stop-run" });
  });

  test("a session that ends in mid-read is opened anew once, and no record is lost", async () => {
    const { simulator, stream } = await connect({ server: { sizes: { customers: 30 } } });
    const ids: unknown[] = [];
    for await (const page of stream("customers").read?.({ pageSize: 10 }, call) ?? []) {
      ids.push(...page.records.map((record) => record.id));
      if (ids.length === 10) simulator.sessions.end();
    }
    expect(ids).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
    expect([simulator.sessions.logins, simulator.sessions.open]).toEqual([2, 1]);
  });

  test("requests side by side that find the session ended share one new login", async () => {
    const { simulator, read } = await connect();
    simulator.sessions.end();
    await Promise.all([read("customers"), read("products"), read("vendors"), read("users")]);
    expect([simulator.sessions.logins, simulator.sessions.open]).toEqual([2, 1]);
  });

  test("a refusal that comes late, when another request has signed in anew already, takes no second seat", async () => {
    const { simulator, read } = await connect();
    simulator.sessions.end();
    simulator.faults.slowMs = 300;
    simulator.faults.next("slow", 1, (path) => path.includes("FROM+customer+t"));
    await Promise.all([read("customers"), read("products")]);
    expect([simulator.sessions.logins, simulator.sessions.open]).toEqual([2, 1]);
  });

  test("a session that is refused again and again stops the run", async () => {
    const { simulator, read } = await connect();
    simulator.faults.next("expired-token", 100, (path) => path.includes("data-query"));
    await expect(read("customers")).rejects.toMatchObject({ code: "fishbowl/unauthorized", next: "stop-run" });
  });

  test("a server that is slow to answer is given up after the time allowed, and still gets its logout", async () => {
    const { simulator, connection, read } = await connect({ options: { timeoutMs: 200, attempts: 1 } });
    simulator.faults.slowMs = 2000;
    simulator.faults.next("slow", 1, (path) => path.includes("data-query"));
    await expect(read("customers")).rejects.toMatchObject({ code: "http/timeout", next: "retry" });
    await connection.close();
    expect(simulator.sessions.open).toBe(0);
  });

  test("a page in HTML is no empty table and no login", async () => {
    const baseUrl = await serve((_request, response) => {
      response.writeHead(200, { "content-type": "text/html" });
      response.end("<!DOCTYPE html><html><body>Fishbowl Apps</body></html>");
    });
    const { connection } = await openTo({ baseUrl, username: "sync", password: "demo-password", appId: 1, timeZone: "UTC" });
    await expect(connection.streams(call)).rejects.toMatchObject({ code: "fishbowl/web-page", next: "stop-stream", inDoubt: false });
  });

  test("the address may end in /api or a slash, as its documents write it either way", async () => {
    const simulator = await server();
    for (const end of ["/", "/api", "/api/"]) {
      const { connection } = await openTo({ ...simulator.options, baseUrl: simulator.url + end }, () => simulator.clock.now());
      expect((await connection.check(call)).every((item) => item.ok)).toBe(true);
    }
  });

  test("options that cannot work are refused", () => {
    const good = { baseUrl: "http://fishbowl.example.com:2456", username: "u", password: "demo-key", appId: 7, timeZone: "America/Denver" };
    expect(fishbowl.options.safeParse(good).success).toBe(true);
    for (const bad of [
      { ...good, appId: "seven" },
      { ...good, timeZone: "Denver" },
      { ...good, timeZone: undefined },
      { ...good, baseUrl: "fishbowl.example.com" },
      { ...good, assumptions: { rowsPerImport: 1 } },
      { ...good, customFields: { orders: ["Region"] } },
      { ...good, passwort: "x" },
    ])
      expect(fishbowl.options.safeParse(bad).success).toBe(false);
  });
});

describe("check", () => {
  test("says that reach, credentials, zone and clock are well", async () => {
    const { connection } = await connect();
    expect((await connection.check(call)).map(({ what, ok }) => [what, ok])).toEqual([
      ["reach", true],
      ["credentials", true],
      ["time zone", true],
      ["clock", true],
    ]);
  });

  test("finds a zone that is not the server's, since changes would be missed by hours", async () => {
    const { connection } = await connect({ options: { timeZone: "Europe/Vienna" } });
    expect((await connection.check(call)).find(({ what }) => what === "time zone")).toMatchObject({
      ok: false,
      says: expect.stringContaining("`timeZone`"),
    });
  });

  test("names the right that is missing", async () => {
    const simulator = await server({ withoutRights: ["Data"] });
    const { connection } = await openTo(simulator.options);
    expect(await connection.check(call)).toEqual([{ what: "credentials", ok: false, says: expect.stringContaining("Data module") }]);
  });
});

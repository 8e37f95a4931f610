import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { CenterpointSimulatorOptions } from "@fieldwright/connector-centerpoint/simulator";
import { describe, expect, onTestFinished, test } from "vitest";
import { connectTo, webOptions } from "./connect.js";
import { simulate } from "./simulate.js";

async function onlyWeb(account: CenterpointSimulatorOptions = {}, more: Readonly<Record<string, unknown>> = {}) {
  const simulator = await simulate(23, { now: "2026-03-10T15:00:00Z", ...account });
  onTestFinished(() => simulator.close());
  const options = await webOptions(simulator, more);
  return { evidence: (options.web as { evidence: string }).evidence, ...(await connectTo(simulator, { ...options, ways: ["web"] })) };
}

describe("reading off the web pages", () => {
  test("gives the same records under the same ids as the API, with fewer fields, and says by which way they came", async () => {
    const { simulator, read } = await onlyWeb();
    const records = await read("companies");
    const truth = simulator.holds("companies");
    expect(records.map((record) => record.id)).toEqual(truth.map((record) => record.id));
    for (const [index, record] of records.entries()) {
      const { _way, _evidence, ...values } = record;
      expect(_way).toBe("web");
      expect(_evidence).toMatch(/^companies\/\d+-[0-9a-f]{12}\.html$/);
      expect(truth[index]).toMatchObject(values);
    }
  });

  test("does not mention what is blank on the page, so that it clears nothing", async () => {
    const { simulator, read } = await onlyWeb();
    const records = await read("companies");
    const blank = simulator.holds("companies").findIndex((record) => record.website === null);
    expect(blank).toBeGreaterThanOrEqual(0);
    expect(records[blank]).not.toHaveProperty("website");
  });

  test("takes money without its sign, because the stream's field is a decimal", async () => {
    const { simulator, read } = await onlyWeb();
    const prices = (await read("services")).map((record) => record.price);
    expect(prices).toEqual(simulator.holds("services").map((record) => record.price));
  });

  test("keeps each page as evidence, without the tokens that stand in it, and once for the same values", async () => {
    const { read, evidence } = await onlyWeb();
    const [first] = await read("companies");
    const kept = await readFile(join(evidence, String(first?._evidence)), "utf8");
    expect(kept).toContain(String(first?.name).replaceAll("&", "&amp;"));
    expect(kept).not.toContain("token-of-the-session");
    const before = await readdir(join(evidence, "companies"));
    await read("companies");
    expect(await readdir(join(evidence, "companies"))).toEqual(before);
    expect(before).toHaveLength(23);
  });

  test("opens only rows that changed since, because a page costs a request", async () => {
    const { simulator, read } = await onlyWeb();
    simulator.change("companies", "1003", { name: "Changed" });
    simulator.traffic.reset();
    const records = await read("companies", { since: "2026-03-10T00:00:00Z" });
    expect(records.map((record) => record.name)).toEqual(["Changed"]);
    expect(simulator.traffic.paths().filter((path) => /companies\/\d/.test(path))).toEqual(["/app/companies/1003"]);
  });

  test("is never complete, also where a listing ends early", async () => {
    const { simulator, pages } = await onlyWeb();
    expect((await pages("companies")).some((page) => page.complete)).toBe(false);
    simulator.webState.endsAfterPage = 1;
    const short = await pages("companies");
    expect(short.flatMap((page) => page.records)).toHaveLength(10);
    expect(short.some((page) => page.complete)).toBe(false);
  });

  test("goes on from a page after a restart", async () => {
    const { pages, read } = await onlyWeb();
    const [first] = await pages("companies");
    const position = JSON.parse(JSON.stringify(first?.next));
    expect((await read("companies", { position })).map((record) => record.id)).toEqual(
      Array.from({ length: 13 }, (_, n) => String(1011 + n)),
    );
  });
});

describe("the session", () => {
  test("is renewed when it ends in the middle of a read, and no record is lost", async () => {
    const { simulator, read } = await onlyWeb({ webSessionPages: 7 });
    expect(await read("companies")).toHaveLength(23);
    expect(simulator.traffic.paths().filter((path) => path === "/login").length).toBeGreaterThan(4);
  });

  test("stops the run with a wrong password, and never tries it for each page", async () => {
    const simulator = await simulate(5);
    onTestFinished(() => simulator.close());
    const options = { ...(await webOptions(simulator)), ways: ["web"], webPassword: "wrong-password" };
    const { read, connection, call } = await connectTo(simulator, options);
    await expect(read("companies")).rejects.toMatchObject({ code: "centerpoint/web-unauthorized", next: "stop-run" });
    simulator.traffic.reset();
    const items = await connection.check(call);
    expect(items).toMatchObject([{ ok: false }]);
    expect(items[0]?.says).toContain("webPassword");
    expect(simulator.traffic.paths()).toEqual(["/login", "/login"]);
  });

  test("brings the form's own token along, without which the app refuses", async () => {
    const { read } = await onlyWeb();
    await expect(read("profiles")).resolves.toHaveLength(23);
  });
});

describe("a layout that changed", () => {
  test.each(["renamed", "columns"] as const)("stops the stream loudly (%s), before any value is read off it", async (layout) => {
    const { simulator, pages, connection, call } = await onlyWeb();
    simulator.webState.layout = layout;
    await expect(pages("companies")).rejects.toMatchObject({ code: "centerpoint/layout-changed", next: "stop-stream" });
    const items = await connection.check(call);
    expect(items.every((item) => !item.ok && item.says.includes("web.pages"))).toBe(true);
  });

  test("is seen on a record's page, too, where a declared place is missing", async () => {
    const { stream, call } = await onlyWeb(
      {},
      { pages: { companies: { ...(await import("./web-layout.js")).webPages.companies, fields: { website: { select: "dd.gone" } } } } },
    );
    const reading = async () => {
      for await (const _ of stream("companies").read?.({ pageSize: 10 }, call) ?? []) return;
    };
    await expect(reading()).rejects.toThrow('"dd.gone" (website) is not there');
  });

  test("is seen where a value is not of its field's kind", async () => {
    const { simulator, read } = await onlyWeb();
    simulator.change("services", "9001", { price: "on request" });
    await expect(read("services")).rejects.toThrow("is no decimal");
  });
});

import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import copper from "@fieldwright/connector-copper";
import { describe, expect, onTestFinished, test } from "vitest";
import { connect, doneOf, errorOf } from "./connect.js";

const sizes = { companies: 8, leads: 3, people: 3, opportunities: 0, projects: 0, tasks: 0, files: 0, related_items: 0, activities: 0 };

async function connectTo(options: Readonly<Record<string, unknown>>) {
  const connection = await copper.open(copper.options.parse(options), {
    limits: { requests: 1000, perSeconds: 1 },
    secret: () => undefined,
    now: () => new Date(),
    notice: () => undefined,
  });
  onTestFinished(() => connection.close());
  return connection;
}

const call = { signal: new AbortController().signal };

async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/developer_api/v1`;
}

describe("the door", () => {
  test("a wrong key and a wrong mail address stop the run and name both options, since Copper does not say which it was", async () => {
    const { simulator } = await connect({ account: { sizes } });
    for (const wrong of [{ apiKey: "demo-other" }, { userEmail: "other@example.test" }]) {
      const connection = await connectTo({ ...simulator.options, ...wrong });
      await expect(connection.streams(call)).rejects.toMatchObject({
        code: "copper/unauthorized",
        next: "stop-run",
        hint: expect.stringMatching(/apiKey.*userEmail/),
      });
      expect(await connection.check(call)).toEqual([{ what: "credentials", ok: false, says: expect.stringContaining("userEmail") }]);
    }
  });

  test("a bearer token opens it in place of key and mail address", async () => {
    const { simulator } = await connect({ account: { sizes } });
    const { baseUrl, timeZone } = simulator.options;
    const connection = await connectTo({ baseUrl, timeZone, accessToken: "demo-copper-token" });
    expect((await connection.check(call)).every((item) => item.ok)).toBe(true);
  });

  test("key without mail address, both kinds at once, an unknown zone and an unknown assumption are refused", () => {
    const good = { apiKey: "k", userEmail: "a@example.test", timeZone: "America/Denver" };
    expect(copper.options.safeParse(good).success).toBe(true);
    for (const bad of [
      { apiKey: "k", timeZone: "America/Denver" },
      { ...good, accessToken: "t" },
      { ...good, timeZone: "America/Nowhere" },
      { ...good, timeZone: undefined },
      { ...good, assumptions: { maxPagesize: 5 } },
      { ...good, apikey: "k" },
    ])
      expect(copper.options.safeParse(bad).success).toBe(false);
  });

  test("a 429 is waited out as long as its hint says, and tried again", async () => {
    const { simulator, read } = await connect({ account: { sizes } });
    simulator.faults.next("429", 2);
    expect(await read("companies")).toHaveLength(8);
    expect(simulator.traffic.refused).toBe(2);
  });

  test("a page in HTML stops the stream and tells where it came from, and is no empty listing", async () => {
    const baseUrl = await serve((_request, response) => {
      response.writeHead(400, { "content-type": "text/html" });
      response.end("<html><body>Bad Request</body></html>");
    });
    const connection = await connectTo({ baseUrl, apiKey: "demo-key", userEmail: "a@example.test", timeZone: "UTC" });
    await expect(connection.streams(call)).rejects.toMatchObject({ code: "copper/web-page", next: "stop-stream" });
  });

  test("a base address without its path is told as such", async () => {
    const { simulator } = await connect({ account: { sizes } });
    const connection = await connectTo({ ...simulator.options, baseUrl: simulator.url.replace("/v1", "/v2") });
    await expect(connection.streams(call)).rejects.toMatchObject({ next: "stop-stream" });
    expect((await connection.check(call))[0]).toMatchObject({ ok: false, says: expect.stringContaining("Check `baseUrl`") });
  });

  test("no GET carries a body, because Copper's front has refused such with a web page", async () => {
    const { stream, call, read } = await connect({ account: { sizes, strictGets: true } });
    expect(await read("customer_sources")).toHaveLength(5);
    expect(await stream("companies").get?.(["9600001"], call)).toHaveLength(1);
  });
});

describe("searches", () => {
  test("a key that this account's search does not know stops the stream, with the option that leaves it out", async () => {
    const unknown = "Invalid input: Validation errors: Base: Unrecognized attributes specified: minimum_modified_date";
    const baseUrl = await serve((request, response) => {
      const isSearch = request.url?.endsWith("/search") === true;
      response.writeHead(isSearch ? 422 : 200, { "content-type": "application/json" });
      response.end(isSearch ? JSON.stringify({ success: false, status: 422, message: unknown }) : "[]");
    });
    const connection = await connectTo({ baseUrl, apiKey: "demo-key", userEmail: "a@example.test", timeZone: "UTC" });
    const people = (await connection.streams(call)).find((stream) => stream.name === "people");
    const pages = people?.read?.({ pageSize: 10, since: "2026-01-01T00:00:00Z" }, call)[Symbol.asyncIterator]();
    await expect(pages?.next()).rejects.toMatchObject({
      code: "copper/unknown-search-key",
      next: "stop-stream",
      hint: expect.stringContaining("modifiedFilterOn"),
    });
  });

  test("an answer in another order stops the stream, since the walk would pass records over", async () => {
    const rows = [3, 1, 2].map((n) => ({ id: n, date_created: 1000 + n, date_modified: 2000, custom_fields: [] }));
    const baseUrl = await serve((request, response) => {
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify(request.url?.endsWith("/search") ? rows : []));
    });
    const connection = await connectTo({ baseUrl, apiKey: "demo-key", userEmail: "a@example.test", timeZone: "UTC" });
    const people = (await connection.streams(call)).find((stream) => stream.name === "people");
    const pages = people?.read?.({ pageSize: 10 }, call)[Symbol.asyncIterator]();
    await expect(pages?.next()).rejects.toMatchObject({ code: "copper/other-order", next: "stop-stream" });
  });

  test("a page that is short although more is claimed is not the end, and a claim that never comes true proves nothing", async () => {
    const rows = Array.from({ length: 7 }, (_, n) => ({ id: n + 1, date_created: 1000 + n, date_modified: 2000, custom_fields: [] }));
    const baseUrl = await serve((request, response) => {
      const parts: Buffer[] = [];
      request.on("data", (part: Buffer) => parts.push(part));
      request.on("end", () => {
        const body = JSON.parse(Buffer.concat(parts).toString() || "{}") as { minimum_created_date?: number };
        const hits = rows.filter((row) => row.date_created >= (body.minimum_created_date ?? 0));
        response.setHeader("content-type", "application/json");
        response.setHeader("x-pw-total", String(hits.length + 1));
        // Three at most, whatever is asked.
        response.end(JSON.stringify(request.url?.endsWith("/search") ? hits.slice(0, 3) : []));
      });
    });
    const connection = await connectTo({ baseUrl, apiKey: "demo-key", userEmail: "a@example.test", timeZone: "UTC" });
    const people = (await connection.streams(call)).find((stream) => stream.name === "people");
    const ids: unknown[] = [];
    let complete: boolean | undefined;
    for await (const page of people?.read?.({ pageSize: 10 }, call) ?? []) {
      ids.push(...page.records.map((record) => record.id));
      complete = page.complete;
    }
    expect(ids).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(complete).toBe(false);
  });

  test("a record without its date of creation stops the stream: the walk goes by it", async () => {
    const { simulator, read } = await connect({ account: { sizes } });
    simulator.change("companies", "9600003", { date_created: "yesterday" });
    await expect(read("companies")).rejects.toMatchObject({ code: "copper/unknown-shape", next: "stop-stream" });
  });
});

describe("writes", () => {
  test("what Copper refuses holds the record, in its words, with the field", async () => {
    const { stream, call } = await connect({ account: { sizes } });
    const twin = { name: "Twin", emails: [{ email: "twin@example.test", category: "work" }] };
    doneOf(await stream("people").create?.([twin], call));
    const taken = await stream("people").create?.([twin], call);
    const nameless = await stream("companies").update?.([{ key: "9600001", set: { name: "" } }], call);
    expect([errorOf(nameless).next, errorOf(nameless).field, errorOf(nameless).message]).toEqual([
      "hold-record",
      "name",
      "Copper refused it: Invalid input: Validation errors: Name: can't be blank.",
    ]);
    expect(errorOf(taken)).toMatchObject({ next: "hold-record", field: "email" });
  });

  test("a bulk answer that does not tell each record's fate leaves its ten in doubt, and the rest untried and without doubt", async () => {
    const baseUrl = await serve((_request, response) => {
      response.setHeader("content-type", "application/json");
      response.end("[]");
    });
    const connection = await connectTo({ baseUrl, apiKey: "demo-key", userEmail: "a@example.test", timeZone: "UTC" });
    const companies = (await connection.streams(call)).find((stream) => stream.name === "companies");
    const records = Array.from({ length: 12 }, (_, n) => ({ name: `Firm ${n}` }));
    const outcomes = (await companies?.create?.(records, call)) ?? [];
    expect(outcomes.map((outcome) => !outcome.ok && outcome.error.inDoubt)).toEqual(records.map((_, n) => n < 10));
    expect(outcomes.every((outcome) => !outcome.ok && outcome.error.next === "stop-stream")).toBe(true);
  });

  test("a lead that was converted takes no change, and the error names the person that it became", async () => {
    const { stream, call, simulator } = await connect({ account: { sizes: { ...sizes, leads: 4 } } });
    const headers = {
      "X-PW-AccessToken": simulator.options.apiKey,
      "X-PW-Application": "developer_api",
      "X-PW-UserEmail": simulator.options.userEmail,
    };
    const body = JSON.stringify({ details: { person: { name: "Ina" }, company: { name: "" } } });
    const made = (await (await fetch(`${simulator.url}/leads/9000002/convert`, { method: "POST", headers, body })).json()) as {
      person: { id: number };
    };
    const [one, other] =
      (await stream("leads").update?.(
        ["9000002", "9000003"].map((key) => ({ key, set: { title: "X" } })),
        call,
      )) ?? [];
    expect(other?.ok).toBe(true);
    expect(errorOf(one ? [one] : [])).toMatchObject({
      code: "copper/lead-converted",
      next: "hold-record",
      message: `Lead 9000002 was converted to person ${made.person.id}, so Copper takes no more changes of it.`,
    });
    const alone = await stream("leads").update?.([{ key: "9000002", set: { title: "X" } }], call);
    expect(errorOf(alone).code).toBe("copper/lead-converted");
  });
});

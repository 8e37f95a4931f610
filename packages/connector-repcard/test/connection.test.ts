import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import repcard from "@fieldwright/connector-repcard";
import { describe, expect, onTestFinished, test } from "vitest";
import { connect } from "./connect.js";

const sizes = { customers: 12, users: 3, offices: 1, teams: 1 };

describe("check", () => {
  test("says reach, key, rate limit and clock, each in a sentence", async () => {
    const { connection, call } = await connect({
      company: { sizes, rateLimit: { requests: 100, perSeconds: 60 }, now: () => new Date() },
      limits: { requests: 100, perSeconds: 60 },
    });
    const items = await connection.check(call);
    expect(items.map((item) => [item.what, item.ok])).toEqual([
      ["reach", true],
      ["credentials", true],
      ["rate limit", true],
      ["clock", true],
    ]);
    expect(items[2]?.says).toContain("100 requests");
  });

  test("tells a wrong key from an address where nobody is, and shows the key in neither", async () => {
    const wrong = await connect({ company: { sizes }, options: { apiKey: "not-the-key-at-all" } });
    const bad = (await wrong.connection.check(wrong.call)).filter((item) => !item.ok);
    expect(bad.map((item) => item.what)).toEqual(["credentials"]);
    expect(bad[0]?.says).toContain("apiKey");
    const nowhere = await connect({ company: { sizes }, options: { baseUrl: "http://127.0.0.1:9/api", attempts: 1 } });
    const unreachable = await nowhere.connection.check(nowhere.call);
    expect(unreachable.map((item) => [item.what, item.ok])).toEqual([["reach", false]]);
    expect(JSON.stringify([bad, unreachable])).not.toContain("not-the-key-at-all");
  });

  test("says when this machine's clock is wrong, because attachments are read by it", async () => {
    const { connection, call } = await connect({ company: { sizes, now: "2020-01-01T00:00:00Z" } });
    const clock = (await connection.check(call)).find((item) => item.what === "clock");
    expect(clock).toMatchObject({ ok: false, says: expect.stringContaining("behind") });
  });

  test("says that a base address without /api is the trouble", async () => {
    const { simulator, connection, call } = await connect({ company: { sizes } });
    const options = { ...simulator.options, baseUrl: simulator.url.replace(/\/api$/, "/nothing") };
    const other = await repcard.open(repcard.options.parse(options), {
      secret: () => undefined,
      now: () => new Date(),
      notice: () => undefined,
    });
    onTestFinished(() => other.close());
    expect((await connection.check(call)).find((item) => item.what === "reach")?.ok).toBe(true);
    expect((await other.check(call)).find((item) => !item.ok)?.says).toContain("baseUrl");
  });
});

describe("the door", () => {
  test("a 429 without an envelope is waited for and tried again", async () => {
    const { simulator, read } = await connect({ company: { sizes } });
    simulator.faults.next("429", 2);
    expect(await read("customers")).toHaveLength(12);
  });

  test("the budget is 100 requests a minute unless somebody sets another", async () => {
    const { simulator } = await connect({ company: { sizes } });
    const connection = await repcard.open(repcard.options.parse(simulator.options), {
      secret: () => undefined,
      now: () => new Date(),
      notice: () => undefined,
    });
    onTestFinished(() => connection.close());
    expect(connection.budget?.state).toMatchObject({ limit: 100, perSeconds: 60 });
  });

  test("header name, prefix and company are as the options say", async () => {
    const seen: { url: string; key: string }[] = [];
    const server = createServer((request, response) => {
      seen.push({ url: request.url ?? "", key: String(request.headers["x-door"]) });
      response.setHeader("content-type", "application/json");
      response.end(
        JSON.stringify({ status: 1, statusCode: 200, message: "", result: { data: [], totalCount: 0, currentPage: 1, totalPages: 0 } }),
      );
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    onTestFinished(() => void server.close());
    const { read } = await connect({
      company: { sizes },
      options: {
        baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v9/api`,
        keyHeader: "X-Door",
        keyPrefix: "Key ",
        apiKey: "abc-123",
        companyId: 58,
      },
    });
    await read("offices");
    expect(seen).toEqual([{ url: "/v9/api/offices?company_id=58&page=1&per_page=100", key: "Key abc-123" }]);
  });

  test("a vendor that answers every page with the first one is not read for ever", async () => {
    const server = createServer((_request, response) => {
      response.setHeader("content-type", "application/json");
      response.end(
        JSON.stringify({
          status: 1,
          statusCode: 200,
          message: "",
          result: { data: [{ id: 1 }], totalCount: 9, currentPage: 1, totalPages: 9 },
        }),
      );
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    onTestFinished(() => void server.close());
    const { read } = await connect({
      company: { sizes },
      options: { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api` },
    });
    await expect(read("offices")).rejects.toMatchObject({ code: "repcard/other-page", next: "stop-stream" });
  });

  test("a total above what one answer shows is no proof that it is everything", async () => {
    const server = createServer((_request, response) => {
      response.setHeader("content-type", "application/json");
      response.end(
        JSON.stringify({
          status: 1,
          statusCode: 200,
          message: "",
          result: { data: [{ id: 1 }], totalCount: 2, currentPage: 1, totalPages: 1 },
        }),
      );
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    onTestFinished(() => void server.close());
    const { pages } = await connect({
      company: { sizes },
      options: { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api` },
    });
    expect((await pages("offices")).map((page) => page.complete)).toEqual([false]);
  });

  test("an option that does not exist is refused, and so is an assumption", () => {
    expect(repcard.options.safeParse({ apiKey: "k", apikey: "k" }).success).toBe(false);
    expect(repcard.options.safeParse({ apiKey: "k", assumptions: { maxPagesize: 5 } }).success).toBe(false);
    expect(repcard.options.safeParse({ apiKey: "k", assumptions: { maxPageSize: 5 } }).success).toBe(true);
  });
});

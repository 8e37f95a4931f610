import { describe, expect, onTestFinished, test } from "vitest";
import { connectTo, webOptions } from "./connect.js";
import { simulate } from "./simulate.js";

async function both(more: Readonly<Record<string, unknown>> = {}) {
  const simulator = await simulate(23, { now: "2026-03-10T15:00:00Z" });
  onTestFinished(() => simulator.close());
  return connectTo(simulator, await webOptions(simulator, more));
}

const waysOf = (records: readonly { readonly _way?: unknown }[]) => [...new Set(records.map((record) => record._way))];

describe("two ways to the same records", () => {
  test("the API is read while it answers, and no page of the web is opened", async () => {
    const { simulator, read, notices } = await both();
    expect(waysOf(await read("companies"))).toEqual(["api"]);
    expect(simulator.traffic.paths().every((path) => path.startsWith("/centerpoint"))).toBe(true);
    expect(notices).toEqual([]);
  });

  test.each(["refuses", "missing", "down", "login-page"] as const)(
    "the web takes over where the API is away for long (%s), and the run is told",
    async (mode) => {
      const { simulator, read, notices } = await both();
      simulator.api.mode = mode;
      const records = await read("companies");
      expect(records).toHaveLength(23);
      expect(waysOf(records)).toEqual(["web"]);
      expect(notices).toHaveLength(1);
      expect(notices[0]).toContain("companies are read off the web pages");
    },
  );

  test("the API is left in peace for a while, then asked again, and its return is told", async () => {
    const { simulator, read, notices } = await both({ tryApiAgainAfterMinutes: 10 });
    simulator.api.mode = "refuses";
    await read("companies");
    simulator.api.mode = "well";
    simulator.traffic.reset();
    expect(waysOf(await read("companies"))).toEqual(["web"]);
    expect(simulator.traffic.paths().some((path) => path.startsWith("/centerpoint"))).toBe(false);
    simulator.clock.advance(11 * 60_000);
    expect(waysOf(await read("companies"))).toEqual(["api"]);
    expect(notices.at(-1)).toContain("answers again");
    await read("companies");
    expect(notices).toHaveLength(2);
  });

  test("a refusal that is over in a moment is none: the API is asked again before the web is", async () => {
    const { simulator, read, notices } = await both();
    simulator.faults.next("expired-token");
    expect(waysOf(await read("companies"))).toEqual(["api"]);
    expect(notices).toEqual([]);
  });

  test("a read that the API began is not finished by the web: it fails, and its next beginning falls over", async () => {
    const { simulator, stream, call } = await both();
    const pages = stream("companies").read?.({ pageSize: 10 }, call)[Symbol.asyncIterator]();
    const first = await pages?.next();
    simulator.api.mode = "refuses";
    await expect(pages?.next()).rejects.toMatchObject({ code: "centerpoint/unauthorized" });
    const position = first?.value?.next;
    const records = [];
    for await (const page of stream("companies").read?.({ pageSize: 10, position }, call) ?? []) records.push(...page.records);
    expect(waysOf(records)).toEqual(["web"]);
    expect(records).toHaveLength(23);
  });

  test("a stream without declared pages fails as ever", async () => {
    const { simulator, read } = await both();
    simulator.api.mode = "refuses";
    await expect(read("invoices")).rejects.toMatchObject({ code: "centerpoint/unauthorized", next: "stop-run" });
  });

  test("what the API refuses of one request is no outage", async () => {
    const simulator = await simulate(5);
    onTestFinished(() => simulator.close());
    const { read } = await connectTo(simulator, { ...(await webOptions(simulator)), assumptions: { include: { companies: ["nobody"] } } });
    await expect(read("companies")).rejects.toMatchObject({ code: "centerpoint/bad-request" });
    expect(simulator.traffic.requests).toBe(1);
  });

  test("nothing is complete that the web gave", async () => {
    const { simulator, pages } = await both();
    simulator.api.mode = "missing";
    expect((await pages("companies")).some((page) => page.complete)).toBe(false);
  });

  test("a web way without the account to log in by is refused before anything starts", async () => {
    const simulator = await simulate(1);
    onTestFinished(() => simulator.close());
    await expect(connectTo(simulator, { ways: ["api", "web"] })).rejects.toThrow("webPassword");
  });
});

import { readdir, readFile } from "node:fs/promises";
import { afterEach, describe, expect, it } from "vitest";
import type { DataRecord } from "../src/contract.js";
import { createClock, createTable, type RateLimit, type Simulator, startSimulator } from "../src/testing/index.js";

let open: Simulator[] = [];
afterEach(async () => {
  await Promise.all(open.map((simulator) => simulator.close()));
  open = [];
});

async function start(rateLimit?: RateLimit): Promise<Simulator> {
  const clock = createClock("2025-03-05T14:00:00Z");
  const things = createTable({
    key: "id",
    updatedField: "updatedAt",
    records: { count: 10, at: (index) => ({ id: index + 1, name: `Thing ${index + 1}`, updatedAt: "2025-01-01T00:00:00.000Z" }) },
  });
  const simulator = await startSimulator({
    basePath: "/api",
    clock,
    tables: { things },
    options: (url) => ({ baseUrl: url, apiKey: "k-1234567890" }),
    secrets: ["k-1234567890"],
    asRead: (_stream, record) => ({ ...record, shown: true }),
    handler: async (request) => {
      if (request.method === "POST") return Response.json({ got: await request.json() }, { status: 201 });
      if (request.url.endsWith("/boom")) throw new Error("a route with a bug");
      return Response.json({ path: new URL(request.url).pathname, data: things.slice(0, 3), key: request.headers.get("x-api-key") });
    },
    ...(rateLimit ? { rateLimit } : {}),
  });
  open.push(simulator);
  return simulator;
}

describe("a simulator", () => {
  it("serves the vendor's routes under the base path, with headers and bodies as they were sent", async () => {
    const simulator = await start();
    const read = await fetch(`${simulator.url}/things`, { headers: { "x-api-key": "k" } });
    expect(await read.json()).toMatchObject({ path: "/api/things", key: "k" });
    const written = await fetch(`${simulator.url}/things`, { method: "POST", body: JSON.stringify({ name: "é" }) });
    expect([written.status, await written.json()]).toEqual([201, { got: { name: "é" } }]);
    expect(simulator.options).toEqual({ baseUrl: simulator.url, apiKey: "k-1234567890" });
  });

  it("changes the truth as a person would: the updated time comes from the vendor's clock", async () => {
    const simulator = await start();
    simulator.change("things", "2", { name: "Other" });
    simulator.clock.advance(1000);
    simulator.add("things", { id: 99, name: "New" });
    simulator.remove("things", "1");
    const held = simulator.holds("things");
    expect(held).toHaveLength(10);
    expect(simulator.count?.("things")).toBe(10);
    expect(held[0]).toEqual({ id: 2, name: "Other", updatedAt: "2025-03-05T14:00:00.000Z", shown: true });
    expect(held.at(-1)).toEqual({ id: 99, name: "New", updatedAt: "2025-03-05T14:00:01.000Z", shown: true });
    expect(() => simulator.holds("thing")).toThrow('no stream "thing". It has: things');
  });

  it("tells a mistake of its own from a vendor's outage", async () => {
    const simulator = await start();
    const answer = await fetch(`${simulator.url}/boom`);
    expect(answer.status).toBe(501);
    expect(await answer.text()).toContain("a route with a bug");
  });

  it("counts what arrived, so that a test can judge a client by what the server saw", async () => {
    const simulator = await start();
    await Promise.all(["a", "b?page=2"].map(async (path) => (await fetch(`${simulator.url}/${path}`)).text()));
    expect([...simulator.traffic.paths()].sort()).toEqual(["/api/a", "/api/b?page=2"]);
    expect(simulator.traffic).toMatchObject({ requests: 2, refused: 0 });
    expect(simulator.traffic.maxInWindow).toBeGreaterThan(0);
    simulator.traffic.reset();
    expect(simulator.traffic).toMatchObject({ requests: 0, maxInWindow: 0 });
  });

  it.each(["sliding", "fixed"] as const)(
    "refuses what goes beyond the limit of a %s window, and says when to come back",
    async (window) => {
      const simulator = await start({
        requests: 2,
        perSeconds: 3600,
        window,
        onLimit: (retryAfter, resetUnix) =>
          new Response("no", { status: 429, headers: { "retry-after": String(retryAfter), "x-reset": String(resetUnix) } }),
        headers: (limit, remaining) => ({ "x-limit": String(limit), "x-remaining": String(remaining) }),
      });
      const ask = async (): Promise<Response> => fetch(`${simulator.url}/things`);
      const answers = [await ask(), await ask(), await ask()];
      expect(answers.map((answer) => answer.status)).toEqual([200, 200, 429]);
      expect(answers.map((answer) => answer.headers.get("x-remaining"))).toEqual(["1", "0", "0"]);
      const retryAfter = Number(answers[2]?.headers.get("retry-after"));
      expect(retryAfter).toBeGreaterThan(0);
      expect(retryAfter).toBeLessThanOrEqual(3600);
      expect(Number(answers[2]?.headers.get("x-reset"))).toBeGreaterThan(Date.now() / 1000);
      expect(simulator.traffic).toMatchObject({ requests: 3, refused: 1, maxInWindow: 3 });
      simulator.limitTo?.("none");
      expect((await ask()).status).toBe(200);
    },
  );

  it("can count the window by the vendor's clock, so that a test need not wait for it", async () => {
    const simulator = await start({ requests: 1, perSeconds: 60, by: "clock" });
    const ask = async (): Promise<number> => (await fetch(`${simulator.url}/things`)).status;
    expect([await ask(), await ask()]).toEqual([200, 429]);
    simulator.clock.advance(60_000);
    expect(await ask()).toBe(200);
  });

  it("says in a refusal's place which 429 was a fault: it does not count against the limit's room", async () => {
    const simulator = await start({ requests: 5, perSeconds: 3600 });
    simulator.faults.next("429");
    const answer = await fetch(`${simulator.url}/things`);
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([429, "0"]);
  });
});

describe("the tools for simulators", () => {
  it("do without vitest, because simulators also run where it is not installed", async () => {
    const folder = new URL("../src/testing/", import.meta.url);
    const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith(".ts") && file !== "conformance.ts");
    expect(files.length).toBeGreaterThan(20);
    for (const file of files)
      expect(await readFile(new URL(file, folder), "utf8"), file).not.toMatch(/from "(vitest|(\.\.?\/)+conformance\.js)"/);
  });
});

describe("a table", () => {
  const generated = (count: number, made: number[] = []): ReturnType<typeof createTable> =>
    createTable({
      key: "id",
      records: {
        count,
        at: (index) => {
          made.push(index);
          return { id: `k${index}`, n: index };
        },
      },
      indexOf: (key) => (/^k[0-9]+$/.test(key) ? Number(key.slice(1)) : undefined),
    });

  it("makes of a million records only those that are asked for", () => {
    const made: number[] = [];
    const table = generated(1_000_000, made);
    expect(table.size).toBe(1_000_000);
    expect(table.slice(999_998, 10).map((record) => record.id)).toEqual(["k999998", "k999999"]);
    expect(table.get("k500000")).toEqual({ id: "k500000", n: 500_000 });
    expect(new Set(made).size).toBe(3);
  });

  it("keeps the order of creation with records changed, added and removed at any place", () => {
    const table = generated(6);
    table.remove("k3");
    table.remove("k0");
    table.remove("k4");
    table.change("k1", { n: "one" });
    table.add({ id: "new", n: 7 });
    table.add({ id: "newer", n: 8 });
    table.remove("new");
    const ids = ["k1", "k2", "k5", "newer"];
    expect(Array.from(table, (record) => record.id)).toEqual(ids);
    for (let offset = 0; offset <= 5; offset += 1)
      for (let limit = 0; limit <= 5; limit += 1)
        expect(table.slice(offset, limit).map((record) => record.id)).toEqual(ids.slice(offset, offset + limit));
    expect(table.size).toBe(4);
    expect(table.get("k1")).toEqual({ id: "k1", n: "one" });
    expect([table.get("k3"), table.get("new"), table.get("k99"), table.get("x")]).toEqual([undefined, undefined, undefined, undefined]);
    table.add({ id: "k3", n: "again" });
    expect(table.get("k3")).toEqual({ id: "k3", n: "again" });
  });

  it("finds any key without being told how, numbers and text alike", () => {
    const table = createTable({ key: "id", records: [{ id: "b" }, { id: 7 }, { id: 3 }] });
    expect([table.get("b"), table.get(7), table.get("3"), table.has("1")]).toEqual([{ id: "b" }, { id: 7 }, { id: 3 }, false]);
  });

  it("refuses what no vendor has: a key twice, a record without one, a change of nothing", () => {
    const table = createTable({ key: "id", records: [{ id: 1 }] });
    expect(() => table.add({ id: 1 })).toThrow("id 1 already");
    expect(() => table.add({ name: "x" } as DataRecord)).toThrow("has no id");
    expect(() => table.change("2", {})).toThrow("no record with id 2");
    expect(() => table.remove("2")).toThrow("no record with id 2");
  });
});

import { createServer } from "node:http";
import { type AddressInfo, connect, createServer as createTcpServer } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { createTable, type FaultKind, type Simulator, startSimulator, type TcpProxy, tcpProxy } from "../src/testing/index.js";

let closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closing.map((close) => close()));
  closing = [];
});

const rows = Array.from({ length: 50 }, (_, index) => ({ id: index + 1, name: `Row ${index + 1}` }));

async function start(): Promise<Simulator> {
  const table = createTable({ key: "id", records: rows });
  const simulator = await startSimulator({
    tables: { rows: table },
    options: (url) => ({ url }),
    secrets: ["k-secret"],
    handler: () => Response.json({ data: [...table] }),
  });
  closing.push(() => simulator.close());
  return simulator;
}

/** What a plain client meets: status and JSON, or where it failed. */
async function meet(simulator: Simulator, path = "/rows"): Promise<string> {
  let answer: Response;
  try {
    answer = await fetch(simulator.url + path, { headers: { "x-api-key": "k-secret" } });
  } catch {
    return "no answer";
  }
  let text: string;
  try {
    text = await answer.text();
  } catch {
    return `${answer.status} torn body`;
  }
  try {
    return `${answer.status} ${JSON.parse(text).data?.length ?? "no"} rows`;
  } catch {
    return `${answer.status} ${answer.headers.get("content-type")?.includes("html") ? "html" : "broken json"}`;
  }
}

describe("a fault on demand", () => {
  const cases: [FaultKind, string][] = [
    ["429", "429 no rows"],
    ["500", "500 no rows"],
    ["html-500", "500 html"],
    ["html-200", "200 html"],
    ["truncated-json", "200 broken json"],
    ["cut", "200 torn body"],
    ["reset", "no answer"],
    ["expired-token", "401 no rows"],
  ];
  it.each(cases)("%s shows once as %s, and the next request is well", async (kind, seen) => {
    const simulator = await start();
    simulator.faults.next(kind);
    expect(await meet(simulator)).toBe(seen);
    expect(await meet(simulator)).toBe("200 50 rows");
    expect(simulator.faults.count).toBe(1);
  });

  it("slow gives the whole answer, later: other requests pass it", async () => {
    const simulator = await start();
    simulator.faults.slowMs = 200;
    simulator.faults.next("slow", 1, (path) => path === "/slow");
    const order: string[] = [];
    await Promise.all(["/slow", "/quick"].map(async (path) => order.push(`${path} ${await meet(simulator, path)}`)));
    expect(order).toEqual(["/quick 200 50 rows", "/slow 200 50 rows"]);
  });

  it("slow does not keep the simulator from closing", async () => {
    const simulator = await start();
    simulator.faults.slowMs = 3_600_000;
    simulator.faults.next("slow");
    const waiting = meet(simulator);
    await arrival(simulator);
    await simulator.close();
    expect(await waiting).toBe("no answer");
  });

  it("drift renames a field in every row, with all else as it was", async () => {
    const simulator = await start();
    simulator.faults.next("drift");
    const body = (await (await fetch(`${simulator.url}/rows`)).json()) as { data: unknown[] };
    expect(body.data[0]).toEqual({ id: 1, name_v2: "Row 1" });
    expect(body.data).toHaveLength(50);
  });

  it("html-500 prints what was sent, as debug pages do: a client that quotes it shows the key", async () => {
    const simulator = await start();
    simulator.faults.next("html-500");
    const answer = await fetch(`${simulator.url}/rows`, { headers: { "x-api-key": "k-secret" } });
    expect(await answer.text()).toContain("k-secret");
  });

  it("hits only the requests that match, as often as asked", async () => {
    const simulator = await start();
    simulator.faults.next("500", 2, (path) => path.startsWith("/a?"));
    const seen = [];
    for (const path of ["/b", "/a?page=1", "/a", "/a?page=2", "/a?page=3"]) seen.push((await meet(simulator, path)).slice(0, 3));
    expect(seen).toEqual(["200", "500", "200", "500", "200"]);
  });

  it("random ones come in the same order for the same seed, until they are cleared", async () => {
    const run = async (): Promise<string> => {
      const simulator = await start();
      simulator.faults.random(5, 0.4, ["500", "429"]);
      let seen = "";
      for (let n = 0; n < 12; n += 1) seen += `${(await meet(simulator)).slice(0, 3)} `;
      simulator.faults.clear();
      for (let n = 0; n < 4; n += 1) expect(await meet(simulator)).toBe("200 50 rows");
      return seen;
    };
    const seen = await run();
    expect(seen).toBe(await run());
    for (const status of ["200", "500", "429"]) expect(seen).toContain(status);
  });

  it("runs an action just before the n-th request is answered, so that pages shift while they are read", async () => {
    const simulator = await start();
    simulator.faults.onRequest(2, () => simulator.remove("rows", "1"));
    expect([await meet(simulator), await meet(simulator), await meet(simulator)]).toEqual(["200 50 rows", "200 49 rows", "200 49 rows"]);
  });
});

/** Resolves when a request has reached the server. */
async function arrival(simulator: Simulator): Promise<void> {
  while (simulator.traffic.requests === 0) await new Promise((resolve) => setImmediate(resolve));
}

describe("a bad line", () => {
  async function line(): Promise<{ proxy: TcpProxy; get: () => Promise<string> }> {
    const server = createServer((_, answer) => answer.end("x".repeat(200_000)));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const proxy = await tcpProxy({ port: (server.address() as AddressInfo).port });
    closing.push(async () => {
      await proxy.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });
    const get = async (): Promise<string> => {
      try {
        return String((await (await fetch(`http://127.0.0.1:${proxy.port}/`)).text()).length);
      } catch (error) {
        return error instanceof Error && error.message === "fetch failed" ? "no answer" : "torn";
      }
    };
    return { proxy, get };
  }

  it("passes everything while it is well, and again when it has healed", async () => {
    const { proxy, get } = await line();
    expect(await get()).toBe("200000");
    proxy.cut();
    expect(await get()).toBe("no answer");
    proxy.heal();
    expect(await get()).toBe("200000");
  });

  it("tears an answer after the bytes asked for", async () => {
    const { proxy, get } = await line();
    proxy.cut(100_000);
    expect(await get()).toBe("torn");
    proxy.heal();
    expect(await get()).toBe("200000");
  });

  it("keeps bytes in order when the latency changes under way", async () => {
    const arrived: string[] = [];
    let both = (): void => undefined;
    const whole = new Promise<void>((resolve) => {
      both = resolve;
    });
    const server = createTcpServer((socket) => {
      socket.on("data", (piece) => {
        arrived.push(String(piece));
        if (arrived.join("").length === 2) both();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const proxy = await tcpProxy({ port: (server.address() as AddressInfo).port });
    closing.push(async () => {
      await proxy.close();
      await new Promise((resolve) => server.close(resolve));
    });
    const client = connect(proxy.port, "127.0.0.1");
    proxy.latency(80);
    client.write("A");
    await new Promise((resolve) => setTimeout(resolve, 30));
    proxy.latency(0);
    client.write("B");
    await whole;
    expect(arrived.join("")).toBe("AB");
    client.destroy();
  });

  it("hangs without ending, and goes on where it was", async () => {
    const { proxy, get } = await line();
    await get();
    proxy.hang();
    let done = false;
    const waiting = get().then((seen) => {
      done = true;
      return seen;
    });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(done).toBe(false);
    proxy.heal();
    expect(await waiting).toBe("200000");
  });

  it("takes a URL as its target, for databases too", async () => {
    const proxy = await tcpProxy("postgres://someone@127.0.0.1/db");
    closing.push(() => proxy.close());
    expect(proxy.port).toBeGreaterThan(0);
    expect(proxy.open).toBe(0);
  });
});

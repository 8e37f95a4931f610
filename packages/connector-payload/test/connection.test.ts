import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import payload from "@fieldwright/connector-payload";
import { createSimulator, type PayloadSimulator, type PayloadSimulatorOptions } from "@fieldwright/connector-payload/simulator";
import { describe, expect, onTestFinished, test } from "vitest";
import { connect, errorsOf } from "./connect.js";
import { oddCollections } from "./oddities.js";

async function begin(options: PayloadSimulatorOptions = {}): Promise<PayloadSimulator> {
  const simulator = await createSimulator({ size: 12, collections: oddCollections, ...options });
  onTestFinished(() => simulator.close());
  return simulator;
}

const news = { collections: { news: { fields: { title: { type: "text" }, published: { type: "checkbox" } } } } };

describe("a key or login that dies", () => {
  test("between two pages stops the run, though strangers are given a page too, only a thinner one", async () => {
    const simulator = await begin();
    const { pages } = await connect(simulator, news);
    const seen: number[] = [];
    const read = async (): Promise<void> => {
      for await (const page of pages("news", { pageSize: 5 })) {
        seen.push(page.records.length);
        simulator.changeKey("demo-key-that-is-new");
      }
    };
    await expect(read()).rejects.toMatchObject({ code: "payload/stranger", next: "stop-run" });
    expect(seen).toEqual([5]);
  });

  test("is not asked after page by page where strangers see nothing", async () => {
    const simulator = await begin();
    const { read, stream } = await connect(simulator);
    await stream("contacts");
    simulator.traffic.reset();
    await read("contacts", { pageSize: 5 });
    expect(simulator.traffic.paths().filter((path) => path.endsWith("/me"))).toEqual([]);
  });

  test("stops the writes of a batch that have not begun, each told so", async () => {
    const simulator = await begin();
    const { create, stream } = await connect(simulator, { assumptions: { parallel: 1 } });
    await stream("contacts");
    simulator.changeKey("demo-key-that-is-new");
    const before = simulator.traffic.requests;
    const errors = errorsOf(await create("contacts", { lastName: "A" }, { lastName: "B" }, { lastName: "C" }));
    expect(errors.map((error) => [error?.code, error?.next, error?.inDoubt])).toEqual(
      Array(3).fill(["payload/stranger", "stop-run", false]),
    );
    expect(simulator.traffic.requests - before).toBe(2); // one write, and the question who we are
  });

  test.each([
    ["contacts", {}],
    ["news", news],
  ])("as a login is renewed in the middle of a read of %s", async (name, options) => {
    const simulator = await begin();
    const { pages } = await connect(simulator, { ...options, apiKey: undefined, ...simulator.login });
    const seen = new Set<unknown>();
    for await (const page of pages(name, { pageSize: 5 })) {
      for (const record of page.records) seen.add(record.id);
      simulator.endLogins();
    }
    expect(seen.size).toBe(12);
    expect(simulator.traffic.paths().filter((path) => path.endsWith("/login"))).toHaveLength(3);
  });

  test("and an expired login is renewed before it is refused", async () => {
    const simulator = await begin({ now: "2026-03-10T15:00:00Z" });
    const { read } = await connect(simulator, { apiKey: undefined, ...simulator.login });
    await read("contacts");
    simulator.clock.advance(7200_000 - 30_000);
    await read("contacts");
    expect(simulator.traffic.paths().filter((path) => path.endsWith("/login"))).toHaveLength(2);
    expect(simulator.traffic.paths().filter((path) => path.endsWith("/me"))).toHaveLength(1);
  });
});

describe("a write without a good answer", () => {
  test("is in doubt and not sent again, when the connection is cut in the middle of its answer", async () => {
    const simulator = await begin();
    const { create, find, stream } = await connect(simulator, { assumptions: { parallel: 1 } });
    await stream("contacts");
    simulator.faults.next("cut");
    const errors = errorsOf(await create("contacts", { lastName: "A", externalId: "a" }, { lastName: "B", externalId: "b" }));
    expect(errors).toMatchObject([{ next: "hold-record", inDoubt: true }, undefined]);
    expect(await find("contacts", "externalId", "a")).toHaveLength(1); // it was carried out after all
    expect(simulator.count?.("contacts")).toBe(14);
  });

  test("as an update is sent again, because it does the same twice", async () => {
    const simulator = await begin();
    const { update, stream } = await connect(simulator);
    await stream("contacts");
    simulator.faults.next("cut");
    expect(errorsOf(await update("contacts", "1", { phone: "1" }))).toEqual([undefined]);
    expect(simulator.holds("contacts")[0]).toMatchObject({ phone: "1" });
  });

  test("is in doubt when a proxy answers with a web page, and shows nothing of the key that stands in it", async () => {
    const simulator = await begin();
    const { create, stream } = await connect(simulator);
    await stream("contacts");
    simulator.faults.next("html-500");
    const [error] = errorsOf(await create("contacts", { lastName: "A" }));
    expect(error).toMatchObject({ next: "hold-record", inDoubt: true });
    expect(JSON.stringify([error?.message, error?.hint])).not.toContain(simulator.options.apiKey);
  });

  test("as a maintenance page with a 200, stops the stream: the first record is in doubt, and those that were not sent are not", async () => {
    const simulator = await begin();
    const { create, stream } = await connect(simulator, { assumptions: { parallel: 1 } });
    await stream("contacts");
    simulator.faults.next("html-200");
    expect(errorsOf(await create("contacts", { lastName: "A" }, { lastName: "B" }))).toMatchObject([
      { next: "stop-stream", inDoubt: true },
      { next: "stop-stream", inDoubt: false },
    ]);
  });

  test("is in doubt when Payload says that something went wrong, and is not sent again", async () => {
    const simulator = await begin();
    const { create, stream } = await connect(simulator);
    await stream("contacts");
    simulator.faults.next("500");
    const before = simulator.traffic.requests;
    expect(errorsOf(await create("contacts", { lastName: "A" }))).toMatchObject([
      { code: "payload/failed", next: "hold-record", inDoubt: true },
    ]);
    expect(simulator.traffic.requests - before).toBe(1);
  });

  test("stops the run when the site goes down among the records of a batch: done, in doubt and untried are told apart", async () => {
    const simulator = await begin();
    const { create, stream } = await connect(simulator, { attempts: 1, assumptions: { parallel: 1 } });
    await stream("contacts");
    simulator.faults.onRequest(2, () => simulator.close());
    const errors = errorsOf(await create("contacts", { lastName: "A" }, { lastName: "B" }, { lastName: "C" }, { lastName: "D" }));
    expect(errors[0]).toBeUndefined();
    expect(errors[1]).toMatchObject({ next: "hold-record", inDoubt: true });
    expect(errors.slice(2)).toMatchObject([
      { code: "http/unreachable", next: "stop-run", inDoubt: false },
      { code: "http/unreachable", next: "stop-run", inDoubt: false },
    ]);
  });

  test("an aborted batch sends nothing more", async () => {
    const simulator = await begin();
    const { stream } = await connect(simulator);
    const contacts = await stream("contacts");
    const before = simulator.traffic.requests;
    await expect(contacts.create?.([{ lastName: "A" }], { signal: AbortSignal.abort() })).rejects.toThrow();
    expect(simulator.traffic.requests).toBe(before);
  });
});

describe("the door", () => {
  test("parallel writes keep to the number that is set", async () => {
    const simulator = await begin();
    const { create, stream } = await connect(simulator, { assumptions: { parallel: 3 } });
    await stream("contacts");
    simulator.faults.slowMs = 20;
    simulator.faults.next("slow", 12);
    await create("contacts", ...Array.from({ length: 12 }, (_, n) => ({ lastName: `N ${n}` })));
    expect(simulator.traffic.maxParallel).toBe(3);
  });

  test("a secret header, a locale and another auth collection are sent as the options say", async () => {
    const { url, seen } = await record({ user: { id: 1 }, collections: { contacts: { read: true } }, docs: [], totalDocs: 0 });
    const simulator = await begin();
    const { read } = await connect(simulator, {
      baseUrl: url,
      apiKey: undefined,
      secretHeader: "X-Webhook-Secret",
      secretValue: "demo-secret",
      authCollection: "robots",
      locale: "de",
      fallbackLocale: "none",
    });
    await read("contacts");
    expect(seen.some(({ path }) => path === "/api/robots/me")).toBe(true);
    const last = seen.filter(({ path }) => path.startsWith("/api/contacts")).at(-1);
    expect(last?.headers["x-webhook-secret"]).toBe("demo-secret");
    expect(new URL(`http://x${last?.path}`).searchParams.get("locale")).toBe("de");
    expect(new URL(`http://x${last?.path}`).searchParams.get("fallback-locale")).toBe("none");
  });

  test("where nobody can be asked who we are, no listing proves complete", async () => {
    const { url } = await record({ collections: { contacts: { read: true } }, docs: [{ id: 1 }], totalDocs: 1 });
    const options = { baseUrl: url, apiKey: undefined, secretHeader: "X-Secret", secretValue: "demo-secret", identity: false };
    const { stream, pages } = await connect(await begin(), options);
    expect((await stream("contacts")).listing.complete).toBe("never");
    for await (const page of pages("contacts")) expect(page.complete).toBe(false);
  });

  test("where a rule lets only some records through, none that is missing is taken for deleted, and nothing else is offered", async () => {
    const some = { permission: true, where: { owner: { equals: 1 } } };
    const { url } = await record({ user: { id: 1 }, collections: { contacts: { read: some } }, docs: [{ id: 1 }], totalDocs: 1 });
    const { stream, pages } = await connect(await begin(), { baseUrl: url, collections: undefined });
    const contacts = await stream("contacts");
    expect(contacts.listing.complete).toBe("never");
    expect([contacts.create, contacts.update, contacts.delete]).toEqual([undefined, undefined, undefined]);
    for await (const page of pages("contacts")) expect(page.complete).toBe(false);
  });

  test("a site that ignores the condition on ids is not read for ever", async () => {
    const docs = [{ id: 1 }, { id: 2 }, { id: 3 }];
    const { url } = await record({ user: { id: 1 }, collections: { contacts: { read: true } }, docs, totalDocs: 3 });
    const { read } = await connect(await begin(), { baseUrl: url });
    await expect(read("contacts", { pageSize: 2 })).rejects.toMatchObject({ code: "payload/stuck", next: "stop-stream" });
  });

  test("a clock that is wrong is told, because incremental reads end at its time", async () => {
    const { connection, call } = await connect(await begin({ now: "2020-01-01T00:00:00Z" }));
    expect((await connection.check(call)).find((item) => item.what === "clock")).toMatchObject({ ok: false });
  });

  test("options want one way to sign in, whole, and relations that say where they lead", () => {
    const baseUrl = "https://crm.example.com/api";
    const good = (options: object): boolean => payload.options.safeParse({ baseUrl, ...options }).success;
    expect(good({ apiKey: "demo-key" })).toBe(true);
    expect(good({ email: "a@example.test", password: "demo" })).toBe(true);
    expect(good({ secretHeader: "X-Secret", secretValue: "demo" })).toBe(true);
    expect(good({})).toBe(false);
    expect(good({ email: "a@example.test" })).toBe(false);
    expect(good({ apiKey: "demo-key", email: "a@example.test", password: "demo" })).toBe(false);
    const field = (schema: object): boolean => good({ apiKey: "demo-key", collections: { contacts: { fields: { one: schema } } } });
    expect(field({ type: "relationship", relationTo: "contacts" })).toBe(true);
    expect(field({ type: "relationship" })).toBe(false);
    expect(field({ type: "text", relationTo: "contacts" })).toBe(false);
    expect(field({ type: "group" })).toBe(false);
    expect(field({ type: "txt" })).toBe(false);
  });
});

interface Seen {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
}

/** A server that answers everything alike, and what it was asked. */
async function record(body: object): Promise<{ readonly url: string; readonly seen: readonly Seen[] }> {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    seen.push({ path: request.url ?? "", headers: request.headers });
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`, seen };
}

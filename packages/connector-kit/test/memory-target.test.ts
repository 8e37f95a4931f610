import { afterEach, describe, expect, it } from "vitest";
import type { Call, Connection, Outcome, Stream, World } from "../src/index.js";
import { conformance } from "../src/testing/conformance.js";
import {
  conformanceCases,
  createVendorWorld,
  type MemoryStream,
  memorySkips,
  memorySubject,
  memoryTarget,
  memoryTargetIn,
  type Oddities,
  startMemoryTarget,
  type VendorWorldOptions,
} from "../src/testing/index.js";

conformance(memorySubject());
conformance({
  ...memorySubject({ drops: ["owner"], cuts: true, normalises: true, lag: 2, deletes: "soft" }),
  skip: memorySkips({ drops: ["owner"], cuts: true, normalises: true }),
});

const call: Call = { signal: new AbortController().signal };
const nowhere: World = { secret: () => undefined, now: () => new Date(), notice: () => undefined };

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

async function streamIn(connection: Connection, name: MemoryStream): Promise<Stream> {
  const found = (await connection.streams(call)).find((stream) => stream.name === name);
  if (!found) throw new Error(`no ${name}`);
  return found;
}

/** Both ways to the same vendor. */
const ways = {
  "over HTTP": async (options: VendorWorldOptions) => {
    const target = await startMemoryTarget(options);
    open.push(() => target.close());
    const connection = await memoryTarget.open(memoryTarget.options.parse(target.options), nowhere);
    open.push(() => connection.close());
    return { world: target.world, connection, lose: () => target.loseAnswers() };
  },
  "in the process": async (options: VendorWorldOptions) => {
    const world = createVendorWorld(options);
    const lose = () => {
      world.afterCommit = () => {
        world.afterCommit = () => undefined;
        throw new Error("reset");
      };
    };
    return { world, connection: await memoryTargetIn(world).open({}, nowhere), lose };
  },
};

const keysOf = (outcomes: readonly Outcome[] | undefined) =>
  (outcomes ?? []).map((outcome) => (outcome.ok ? outcome.key : outcome.error.code));

describe.each(Object.keys(ways) as (keyof typeof ways)[])("the memory target %s", (way) => {
  const start = async (options: VendorWorldOptions = {}) => {
    const { world, connection, lose } = await ways[way](options);
    return { world, lose, contacts: await streamIn(connection, "contacts"), deals: await streamIn(connection, "deals") };
  };
  const odd = (oddities: Oddities, size = 0) => start({ oddities, size });

  it("makes two records of one that is sent twice, since nothing but its ids is unique", async () => {
    const { contacts, world } = await start();
    const record = { name: "Ada", email: "ada@example.test" };
    expect(keysOf(await contacts.create?.([record], call))).toEqual(["c1"]);
    expect(keysOf(await contacts.create?.([record], call))).toEqual(["c2"]);
    expect(await contacts.find?.("email", ["ada@example.test"], call)).toHaveLength(2);
    expect(world.log.map(({ operation, keys }) => [operation, keys])).toEqual([
      ["create", ["c1"]],
      ["create", ["c2"]],
      ["find", ["c1", "c2"]],
    ]);
  });

  it("refuses the records of a batch that are wrong, each with its field, and takes the others", async () => {
    const { contacts, world } = await start();
    const outcomes = await contacts.create?.(
      [
        { name: "Ada" },
        { name: "Bela", status: "friend" },
        { email: "x@example.test" },
        { name: "Cato", id: "c9" },
        { name: "D".repeat(81) },
        { name: "Elva", shoe: 1 },
      ],
      call,
    );
    expect(outcomes?.map((outcome) => (outcome.ok ? outcome.key : [outcome.error.code, outcome.error.field, outcome.error.next]))).toEqual([
      "c1",
      ["memory/invalid", "status", "hold-record"],
      ["memory/required", "name", "hold-record"],
      ["memory/read-only", "id", "hold-record"],
      ["memory/invalid", "name", "hold-record"],
      ["memory/unknown-field", "shoe", "hold-record"],
    ]);
    expect(world.holds("contacts")).toHaveLength(1);
    expect(world.log[0]).toMatchObject({ keys: ["c1"], refused: 5 });
  });

  it("refuses a batch that is too large as a whole, and does nothing of it", async () => {
    const { deals, world } = await start({ batchSize: 2 });
    await expect(deals.create?.([{ title: "a" }, { title: "b" }, { title: "c" }], call)).rejects.toMatchObject({
      inDoubt: false,
      message: expect.stringContaining("At most 2"),
    });
    expect(deals.batchSize).toBe(2);
    expect([world.holds("deals"), world.log]).toEqual([[], []]);
  });

  it("says done of an update though it dropped a field", async () => {
    const { contacts, world } = await odd({ drops: ["owner"] }, 1);
    const before = world.holds("contacts")[0]?.owner;
    expect(await contacts.update?.([{ key: "c1", set: { owner: "Somebody", note: "new" } }], call)).toMatchObject([{ ok: true }]);
    expect(world.holds("contacts")[0]).toMatchObject({ owner: before, note: "new" });
  });

  it("cuts text that is too long, and writes numbers and telephones in its own way", async () => {
    const { contacts, deals, world } = await odd({ cuts: true, normalises: true });
    await contacts.create?.([{ name: "  Ada  ", phone: "+18015550100", note: "n".repeat(300) }], call);
    await deals.create?.([{ title: "One", value: "10.125" }], call);
    expect(world.holds("contacts")[0]).toMatchObject({ name: "Ada", phone: "(801) 555-0100", note: "n".repeat(200) });
    expect(world.holds("deals")[0]).toMatchObject({ value: "10.13" });
  });

  it("does not find a new record in the next searches, though it can be got by its id", async () => {
    const { contacts } = await odd({ lag: 2 });
    await contacts.create?.([{ name: "Ada", owner: "Fenn" }], call);
    const search = async () => (await contacts.find?.("owner", ["Fenn"], call))?.length;
    expect([await search(), await search(), await search()]).toEqual([0, 0, 1]);
    expect(contacts.settlesWithinMs).toBeUndefined();
    expect(await contacts.get?.(["c1"], call)).toHaveLength(1);
  });

  it("deletes for good, restorably or not at all", async () => {
    expect((await start({ size: 1 })).contacts.restore).toBeUndefined();
    expect((await odd({ deletes: "never" })).contacts.delete).toBeUndefined();
    const { contacts, world } = await odd({ deletes: "soft" }, 2);
    expect(keysOf(await contacts.delete?.(["c1", "c7"], call))).toEqual(["c1", "memory/missing"]);
    expect(await contacts.get?.(["c1"], call)).toEqual([]);
    expect(keysOf(await contacts.restore?.(["c1"], call))).toEqual(["c1"]);
    expect(world.holds("contacts").map((record) => record.id)).toEqual(["c2", "c1"]);
  });

  it("has carried out a write whose answer is lost, and the client can only doubt", async () => {
    const { contacts, world, lose } = await start();
    lose();
    await expect(contacts.create?.([{ name: "Ada" }], call)).rejects.toMatchObject({ inDoubt: true });
    expect(world.holds("contacts")).toHaveLength(1);
    expect(keysOf(await contacts.create?.([{ name: "Bela" }], call))).toEqual(["c2"]);
  });
});

it("is one world for all who connect to it, as a vendor is", async () => {
  const world = createVendorWorld();
  const first = await streamIn(await memoryTargetIn(world).open({}, nowhere), "contacts");
  await first.create?.([{ name: "Ada" }], call);
  const second = await streamIn(await memoryTargetIn(world).open({}, nowhere), "contacts");
  expect(await second.get?.(["c1"], call)).toMatchObject([{ name: "Ada" }]);
});

it.each<Oddities>([{ drops: ["owner"] }, { cuts: true }, { normalises: true }])(
  "is skipped by the suite only where it would fail: %o",
  async (oddities) => {
    const skipped = Object.keys(memorySkips(oddities));
    expect(skipped.length).toBeGreaterThan(0);
    const failing = (await conformanceCases(memorySubject(oddities))).filter(({ title }) => skipped.includes(title));
    expect(failing.map(({ title }) => title)).toEqual(skipped);
    for (const { judge } of failing) await expect(judge?.()).rejects.toThrow(/after (create|update)/);
  },
);

import type { Connector } from "@fieldwright/connector-kit";
import { openPglite } from "@fieldwright/connector-kit/sql";
import { createVendorWorld, memoryTargetIn } from "@fieldwright/connector-kit/testing";
import { createEngine, defineProject, defineSync } from "@fieldwright/core";
import { afterEach, describe, expect, test } from "vitest";
import { contactsSpec } from "./api-engine.js";
import { type ApiWorld, makeApiWorld } from "./api-world.js";
import { resultOf } from "./checks-world.js";
import { Shelf, shelfConnector } from "./shelf.js";

const person = (id: number, more: Record<string, unknown> = {}) => ({
  id,
  name: `Person ${id}`,
  email: `p${id}@example.test`,
  note: `Note ${id}`,
  amount: `${id}.5`,
  ...more,
});
const peopleShelf = (count: number) =>
  new Shelf("people", {
    id: { type: "integer" },
    name: { type: "text" },
    email: { type: "text" },
    note: { type: "text" },
    amount: { type: "decimal" },
  }).put(...Array.from({ length: count }, (_, index) => person(index + 1)));

let world: ApiWorld;
afterEach(() => world.close());
const full = { approve: true, mode: { kind: "full" } } as const;

describe("a target behind an API", () => {
  test("a field that the target drops without a word is found as soon as it was written", async () => {
    const shelf = peopleShelf(3);
    world = await makeApiWorld([shelf], { oddities: { drops: ["note"] } });
    expect(await world.run(contactsSpec())).toMatchObject({ status: "done", verified: true });
    shelf.put(person(2, { note: "A new note", name: "Second" }));
    const run = await world.run(contactsSpec());
    expect(run).toMatchObject({ status: "done", verified: false });
    expect(run.syncs[0]?.issues).toEqual([
      {
        check: "written values are there",
        severity: "fail",
        says: "Read the one written record of run 2 back: 1 does not hold what was written.",
      },
    ]);
    const engine = await world.engine(contactsSpec());
    expect(resultOf(await engine.check(), "written values").records).toEqual([
      { sourceId: "2", targetId: "c2", name: "Second", says: "note was written as A new note, and is Note 2" },
    ]);
  });

  test("a value that the target writes anew is found as soon as it was written", async () => {
    const shelf = peopleShelf(2).put(person(2, { note: "801 555 0142" }));
    world = await makeApiWorld([shelf], { oddities: { normalises: true } });
    const run = await world.run(contactsSpec({ fields: { name: "name", email: "email", phone: "note" } }));
    expect(run).toMatchObject({ status: "done", verified: false });
    expect(run.syncs[0]?.issues?.[0]?.says).toBe("Read all 2 written records of run 1 back: 1 does not hold what was written.");
  });

  test("a write that the target may still be slow to show is not called lost", async () => {
    const shelf = peopleShelf(2);
    world = await makeApiWorld([shelf], { oddities: { drops: ["note"] }, settlesWithinMs: 60_000 });
    await world.run(contactsSpec());
    shelf.put(person(2, { note: "A new note" }));
    const run = await world.run(contactsSpec());
    expect(run).toMatchObject({ verified: true });
    expect(run.syncs[0]?.issues).toEqual([
      {
        check: "written values are there",
        severity: "warn",
        says: "It could not be checked: 1 record does not show what was written, and contacts may take up to 60 s to show it.",
      },
    ]);
    await world.anHourPasses();
    const engine = await world.engine(contactsSpec());
    expect(resultOf(await engine.check(), "written values")).toMatchObject({ status: "failed", severity: "fail", found: 1 });
  });

  test("a sample claims no more than it looked at, asks for no more, and has what the run wrote in it", async () => {
    const shelf = peopleShelf(30);
    world = await makeApiWorld([shelf]);
    const spec = contactsSpec({ checks: [{ not_blank: "name" }, { count_close: "exact" }, { unique: "email" }] });
    await world.run(spec);
    const asked = world.target.world.log.length;
    const engine = await world.engine(spec);
    const report = await engine.check({ look: 5 });
    expect(resultOf(report, "name is never blank")).toMatchObject({
      status: "passed",
      says: "Looked at 5 of 30 linked records: none is blank.",
      looked: { at: 5, of: 30 },
    });
    expect(resultOf(report, "both sides").says).toBe(
      "30 in shelf.people, 30 linked in crm.contacts. Only 5 of 30 linked records were looked for in the target.",
    );
    expect(resultOf(report, "email is unique in contacts").says).toBe(
      "Searched for the values of 5 of 30 linked records: no other record has them.",
    );
    const reads = world.target.world.log.slice(asked);
    expect(reads.filter((entry) => entry.operation === "get").flatMap((entry) => entry.keys).length).toBe(5 + 30); // and those of the run, read back
    expect(reads.filter((entry) => entry.operation === "find").every((entry) => entry.keys.length <= 5)).toBe(true);
    expect(resultOf(await engine.check({ look: "all" }), "name is never blank").says).toBe(
      "Looked at all 30 linked records: none is blank.",
    );
  });

  test("sums of a sample are taken over the same records on both sides", async () => {
    const shelf = peopleShelf(30);
    world = await makeApiWorld([shelf]);
    const spec = {
      version: 1,
      sync: "sales",
      from: { connection: "shelf", stream: "people" },
      to: { connection: "crm", stream: "deals" },
      match: { try_in_order: [{ title: "name" }] },
      fields: { title: "name", value: "amount" },
      checks: [{ sum_close: { from: "amount", to: "value" } }, { about: "a query", sql: "select 1", severity: "warn" }],
    };
    expect(await world.run(spec)).toMatchObject({ status: "done" });
    const engine = await world.engine(spec);
    const sample = resultOf(await engine.check({ look: 4 }), "add up");
    expect(sample).toMatchObject({ status: "passed", looked: { at: 4, of: 30 } });
    expect(sample.says).toContain("over the same 4 of 30 linked records on both sides");
    const record = world.target.world.holds("deals").find((one) => one.title === "Person 7");
    world.target.world.carryOut({ stream: "deals", operation: "update", updates: [{ key: String(record?.id), set: { value: "1000" } }] });
    const all = resultOf(await engine.check(), "add up");
    expect(all).toMatchObject({ status: "failed", sides: { source: "480", target: "1472.5", mismatch: "992.5" }, found: 1 });
    expect(all.records).toEqual([{ sourceId: "7", targetId: record?.id, name: "Person 7", says: "7.5 at the source, 1000 in the target" }]);
    expect(resultOf(await engine.check(), "a query")).toMatchObject({
      status: "not checked",
      severity: "warn",
      says: "It could not be checked: crm is not a database that takes SQL.",
    });
  });

  test("twins are found though no sync knows them, and what was deleted there", async () => {
    world = await makeApiWorld([peopleShelf(4)]);
    const spec = contactsSpec({ checks: [{ count_close: "exact" }] });
    await world.run(spec);
    const { carryOut } = world.target.world;
    const links = await world.links();
    carryOut({ stream: "contacts", operation: "create", records: [{ name: "Twin", email: "p3@example.test" }] });
    carryOut({ stream: "contacts", operation: "delete", keys: [links["2"] ?? ""] });
    const engine = await world.engine(spec);
    const report = await engine.check();
    expect(report.verified).toBe(false);
    expect(resultOf(report, "match key email")).toMatchObject({
      status: "failed",
      severity: "warn",
      records: [{ targetId: links["3"], name: "Person 3", says: `p3@example.test stands in 2 records: id ${links["3"]}, c5` }],
    });
    expect(resultOf(report, "still there")).toMatchObject({
      found: 1,
      records: [{ sourceId: "2", targetId: links["2"], name: "Person 2" }],
    });
    expect(resultOf(report, "both sides").sides).toEqual({ source: "4", target: "3", mismatch: "1" });
  });

  test("references are looked up in the stream that they lead to", async () => {
    world = await makeApiWorld([peopleShelf(3)]);
    const deals = {
      version: 1,
      sync: "sales",
      from: { connection: "shelf", stream: "people" },
      to: { connection: "crm", stream: "deals" },
      match: { try_in_order: [{ title: "name" }] },
      fields: { title: "name", contact_id: { ref: "people", id: "id" } },
      checks: [{ references: { contact_id: "contacts" } }, { every: { title: "present" }, has: { contact_id: "present" } }],
    };
    expect((await world.run(contactsSpec(), deals)).verified).toBe(true);
    world.target.world.carryOut({ stream: "contacts", operation: "delete", keys: ["c1"] });
    const engine = await world.engine(contactsSpec(), deals);
    const report = await engine.check({ syncs: ["sales"] });
    expect(resultOf(report, "leads to a record of contacts")).toMatchObject({
      status: "failed",
      says: "1 record points to nothing in contacts, of all 3 linked records looked at.",
      records: [{ sourceId: "1", targetId: "d1", name: "Person 1", says: "contact_id is c1, which is not there" }],
    });
  });

  test("what the target does not answer could not be checked, and what it does answer is", async () => {
    world = await makeApiWorld([peopleShelf(3)]);
    const spec = contactsSpec({ checks: [{ unique: "name" }, { not_blank: "name" }] });
    await world.run(spec);
    const engine = await world.engine(spec);
    world.target.faults.next("500", 1000, (path) => path.includes("/find"));
    const report = await engine.check();
    expect(report.verified).toBe(false);
    expect(resultOf(report, "name is unique")).toMatchObject({ status: "not checked" });
    expect(resultOf(report, "name is unique").says).toMatch(/^It could not be checked: ./);
    expect(resultOf(report, "name is never blank").status).toBe("passed");
    world.target.faults.clear();
    world.target.faults.next("500", 1000, (path) => path.includes("/get"));
    const blind = await engine.check();
    expect(blind.verified).toBe(false);
    for (const about of ["written values", "still there", "never blank", "name is unique"])
      expect(resultOf(blind, about).status).toBe("not checked");
  });
});

test("a system that has no way to show or search single records is told so, and not called verified by silence", async () => {
  world = await makeApiWorld([]);
  const vendor = createVendorWorld();
  const store = await openPglite();
  const memory = memoryTargetIn(vendor);
  const connector: Connector<Record<string, never>> = {
    ...memory,
    open: async (options, within) => {
      const connection = await memory.open(options, within);
      const streams: typeof connection.streams = async (call) =>
        (await connection.streams(call)).map(({ find: _find, get: _get, ...stream }) => ({ ...stream }));
      return { ...connection, streams };
    },
  };
  const engine = await createEngine({
    project: defineProject({
      version: 1,
      project: "blind",
      store: { schema: "state", landing_schema: "landing" },
      connections: { shelf: { package: "shelf", options: {} }, crm: { package: "memory-target", options: {} } },
      syncs: [defineSync(contactsSpec({ write: "append", match: undefined, checks: [{ unique: "email" }] }) as never)],
    }),
    connectors: {
      shelf: shelfConnector([peopleShelf(2)]) as unknown as Connector<never>,
      crm: connector as unknown as Connector<never>,
    },
    store,
  });
  const run = await engine.run(full);
  expect(run).toMatchObject({ status: "done", verified: false });
  expect(run.syncs[0]?.issues).toEqual([
    { check: "written values are there", severity: "warn", says: "It could not be checked: contacts cannot be asked for single records." },
    {
      check: "linked records are still there in contacts",
      severity: "warn",
      says: "It could not be checked: contacts cannot be asked for single records.",
    },
    {
      check: "email is unique in contacts",
      severity: "fail",
      says: "It could not be checked: contacts cannot be asked for single records.",
    },
  ]);
  await engine.close();
  await store.close();
});

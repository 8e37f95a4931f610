import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { contactsSpec } from "./api-engine.js";
import { type ApiWorld, makeApiWorld } from "./api-world.js";
import { type Desk, openDesk, peopleSpec, person } from "./desk.js";
import { Shelf } from "./shelf.js";
import { copySpec, kinds } from "./world.js";

let close: () => Promise<void>;
afterEach(() => close());

const full = { mode: { kind: "full" } } as const;
const many = (count: number) => Array.from({ length: count }, (_, at) => person(at + 1));
const shown = (rows: readonly Record<string, unknown>[]) => rows.map(({ id: _, ...row }) => row);

async function open(kind: "server" | "embedded" = "server", more: readonly Shelf[] = []): Promise<Desk> {
  const desk = await openDesk(kind, more);
  close = () => desk.world.close();
  return desk;
}

describe.each(kinds)("a rollback, on %s", (_, kind) => {
  test("puts back what the run changed, takes away what it created, and brings back what it deleted", async () => {
    const desk = await open(kind);
    const spec = { when_source_deleted: "remove", protect: { when_source_blank: "clear" } };
    desk.shelf.put(...many(4));
    await desk.run(spec);
    const before = await desk.contacts();
    desk.shelf.put(person(1, { name: "Changed", phone: null }), person(5));
    desk.shelf.records.delete("3");
    const report = await desk.run(spec);
    expect(report.syncs[0]).toMatchObject({ updated: 1, created: 1, deleted: 1 });
    const engine = await desk.engine(spec);
    const plan = await engine.planRollback(report.run);
    expect(plan).toMatchObject({ kind: "rollback", ofRun: report.run, syncs: [{ totals: { creates: 1, updates: 1, deletes: 1 } }] });
    expect(await engine.apply(plan.id, { by: "somebody" })).toMatchObject({
      status: "done",
      syncs: [{ updated: 1, created: 1, deleted: 1 }],
    });
    expect(await desk.contacts()).toEqual(before);
    // Nothing is decided anew, because nothing has changed at the source since.
    expect((await desk.run(spec)).syncs[0]).toMatchObject({ created: 0, updated: 0, deleted: 0 });
    expect(await desk.contacts()).toEqual(before);
  });

  test("leaves what somebody has changed since, and says so", async () => {
    const desk = await open(kind);
    desk.shelf.put(...many(2));
    await desk.run();
    desk.shelf.put(person(1, { name: "Changed", phone: "555-0190" }), person(2, { name: "Changed" }));
    const report = await desk.run();
    await desk.type(1, { name: "A person's own" });
    const engine = await desk.engine();
    const plan = await engine.planRollback(report.run);
    expect(plan.changes).toMatchObject([
      {
        sourceId: "1",
        operation: "update",
        fields: [{ field: "phone", before: "555-0190", after: "555-0101" }],
        kept: [{ field: "name", why: expect.stringContaining("changed again since") }],
      },
      { sourceId: "2", operation: "update" },
    ]);
    await engine.rollback(report.run);
    expect(await desk.contacts()).toMatchObject([{ name: "A person's own", phone: "555-0101" }, { name: "Person 2" }]);
  });

  test("can itself be rolled back, and again", async () => {
    const desk = await open(kind);
    const spec = { when_source_deleted: "remove" };
    desk.shelf.put(...many(3));
    await desk.run(spec);
    desk.shelf.put(person(1, { name: "Changed" }), person(9));
    desk.shelf.records.delete("2");
    const report = await desk.run(spec);
    const after = shown(await desk.contacts());
    const engine = await desk.engine(spec);
    const back = await engine.rollback(report.run);
    const forth = await engine.rollback(back.run);
    const sorted = (rows: readonly Record<string, unknown>[]) => [...rows].sort((a, b) => Number(a.source_id) - Number(b.source_id));
    expect(sorted(shown(await desk.contacts()))).toEqual(sorted(after));
    await engine.rollback(forth.run);
    expect(sorted(shown(await desk.contacts())).map((row) => row.name)).toEqual(["Person 1", "Person 2", "Person 3"]);
    expect((await engine.rollback(report.run)).syncs[0]).toMatchObject({ created: 0, updated: 0, deleted: 0, unchanged: 3 });
  });
});

test("takes back some records only", async () => {
  const desk = await open();
  desk.shelf.put(...many(3));
  const report = await desk.run();
  const engine = await desk.engine();
  expect((await engine.rollback(report.run, { records: ["2"] })).syncs[0]).toMatchObject({ deleted: 1 });
  expect((await desk.contacts()).map((row) => row.name)).toEqual(["Person 1", "Person 3"]);
});

test("goes in reverse order of dependency: what points to a record goes before the record", async () => {
  const pets = new Shelf("pets", { id: { type: "integer" }, name: { type: "text" }, owner: { type: "integer" } });
  const desk = await open("server", [pets]);
  await desk.world.database.run(
    `create table ${desk.world.schema}.pets (id bigint primary key, name text, owner_id bigint references ${desk.world.schema}.contacts)`,
  );
  desk.shelf.put(person(1));
  pets.put({ id: 7, name: "Rex", owner: 1 });
  const engine = await desk.world.engine([
    peopleSpec(),
    copySpec("pets", { name: "name", owner_id: { ref: "people", id: "owner", when_none: "wait" } }),
  ]);
  const report = await engine.run(full);
  expect(report.syncs).toMatchObject([{ created: 1 }, { created: 1 }]);
  expect((await engine.rollback(report.run)).syncs.map((sync) => `${sync.sync} ${sync.deleted}`)).toEqual(["pets 1", "people 1"]);
  expect([...(await desk.contacts()), ...(await desk.world.rows("pets"))]).toEqual([]);
});

test("what a rollback puts back is no person's work: the next change of the source is written", async () => {
  const desk = await open();
  const spec = { protect: { keep_human_edits: ["name"] } };
  desk.shelf.put(person(1));
  await desk.run(spec);
  desk.shelf.put(person(1, { name: "Wrong" }));
  const report = await desk.run(spec);
  await (await desk.engine(spec)).rollback(report.run);
  expect(await desk.contact(1)).toMatchObject({ name: "Person 1" });
  desk.shelf.put(person(1, { name: "Right" }));
  await desk.run(spec);
  expect(await desk.contact(1)).toMatchObject({ name: "Right" });
});

test("a record that waits in line is still in line after a rollback", async () => {
  const desk = await open();
  desk.shelf.put(...many(2));
  const report = await desk.run();
  desk.shelf.put(person(1, { email: null, name: "Changed" }));
  const engine = await desk.engine({ ask_first_if: "always" });
  expect((await engine.run(full)).syncs[0]).toMatchObject({ status: "asks" });
  await engine.rollback(report.run, { records: ["1"] });
  expect(await desk.pending()).toEqual(["1 changed "]);
});

test("finds every record of a long run, behind pages of records that it made and took away again, and steps beyond a page", async () => {
  const desk = await open();
  desk.shelf.put(person(1));
  await desk.run();
  desk.shelf.put(person(1, { name: "Changed" }));
  const report = await desk.run();
  const { database, schema } = desk.world;
  const made = (from: string, operation: string, values: string) =>
    `insert into ${schema}_state.changes (sync, run, source_id, target_id, operation, state, before, after)
     select sync, run, ${from}, 't', '${operation}', 'done', ${values} from ${schema}_state.changes, generate_series(1, 2500) n where run = ${report.run} and source_id = '1'`;
  await database.run(made("'0-' || n", "create", "null, '{}'"));
  await database.run(made("'0-' || n", "delete", "'{}', null"));
  await database.run(made("'00'", "create", "null, '{}'"));
  await database.run(made("'00'", "delete", "'{}', null"));
  const engine = await desk.engine();
  expect((await engine.rollback(report.run)).syncs[0]).toMatchObject({ updated: 1 });
  expect(await desk.contact(1)).toMatchObject({ name: "Person 1" });
});

test("a run that is not there, wrote nothing, or was a plan, is refused with the next step", async () => {
  const desk = await open();
  desk.shelf.put(person(1));
  const engine = await desk.engine();
  await engine.plan(full);
  await expect(engine.rollback("99")).rejects.toMatchObject({ code: "rollback/unknown-run", hint: expect.stringContaining("history") });
  await expect(engine.rollback("x")).rejects.toMatchObject({ code: "rollback/unknown-run" });
  await expect(engine.rollback("1")).rejects.toMatchObject({ code: "rollback/nothing" });
});

describe("through an API", () => {
  const openApi = async (options: Parameters<typeof makeApiWorld>[1], ...shelves: Shelf[]): Promise<ApiWorld> => {
    const world = await makeApiWorld(shelves, options);
    close = () => world.close();
    return world;
  };
  const source = () =>
    new Shelf("people", { id: { type: "integer" }, name: { type: "text" }, email: { type: "text" }, note: { type: "text" } });
  const one = (id: number, more = {}) => ({ id, name: `Person ${id}`, email: `p${id}@example.test`, note: "New.", ...more });
  const contacts = (world: ApiWorld) => world.target.world.holds("contacts").map(({ id: _, created: __, updated: ___, ...rest }) => rest);

  test("a deleted record comes back under its old id where the system can do that", async () => {
    const shelf = source().put(one(1), one(2), one(3));
    const world = await openApi({ oddities: { deletes: "soft" } }, shelf);
    const spec = contactsSpec({ when_source_deleted: "remove" });
    await world.run(spec);
    const before = world.target.world.holds("contacts").map((contact) => contact.id);
    shelf.records.delete("2");
    const report = await world.run(spec);
    expect(report.syncs[0]).toMatchObject({ deleted: 1 });
    const engine = await world.engine(spec);
    expect((await engine.rollback(report.run)).syncs[0]).toMatchObject({ created: 1 });
    expect(
      world.target.world
        .holds("contacts")
        .map((contact) => contact.id)
        .sort(),
    ).toEqual([...before].sort());
    expect(await world.links()).toHaveProperty("2");
  });

  test("and as a new record where it cannot, which the plan says before", async () => {
    const shelf = source().put(one(1), one(2));
    const world = await openApi({}, shelf);
    const spec = contactsSpec({ when_source_deleted: "remove" });
    await world.run(spec);
    const before = contacts(world);
    shelf.records.delete("2");
    const engine = await world.engine(spec);
    const plan = await engine.plan(full);
    expect(plan.syncs[0]?.undo).toMatchObject({ wholly: 0, of: 1, says: [expect.stringContaining("new id")] });
    const report = await engine.apply(plan.id);
    await engine.rollback(report.run);
    expect(contacts(world)).toEqual(before);
  });

  test("what cannot be undone is said before it is written, and told as held afterwards", async () => {
    const shelf = source().put(one(1));
    const world = await openApi({ oddities: { deletes: "never" } }, shelf);
    const engine = await world.engine(contactsSpec());
    const plan = await engine.plan(full);
    expect(plan.syncs[0]?.undo).toEqual({ wholly: 0, of: 1, says: ["1 create: the system cannot delete records"] });
    const report = await engine.apply(plan.id);
    const back = await engine.planRollback(report.run);
    expect(back.changes).toMatchObject([{ operation: "hold", code: "held/cannot-undo" }]);
    expect((await engine.rollback(report.run)).syncs[0]).toMatchObject({ held: 1, deleted: 0 });
    expect(contacts(world)).toHaveLength(1);
    expect(await world.pending()).toEqual([]);
  });
});

describe("whatever happens between", () => {
  type Step =
    | { readonly do: "source"; readonly id: number; readonly name: string; readonly phone: string }
    | { readonly do: "gone"; readonly id: number }
    | { readonly do: "person"; readonly id: number; readonly field: "name" | "phone"; readonly value: string }
    | { readonly do: "run" };
  const id = fc.integer({ min: 1, max: 4 });
  const word = fc.constantFrom("a", "b", "c");
  const step: fc.Arbitrary<Step> = fc.oneof(
    { weight: 4, arbitrary: fc.record({ do: fc.constant("source" as const), id, name: word, phone: word }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant("gone" as const), id }) },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constant("person" as const),
        id,
        field: fc.constantFrom("name" as const, "phone" as const),
        value: word,
      }),
    },
    { weight: 3, arbitrary: fc.record({ do: fc.constant("run" as const) }) },
  );

  test("a rollback restores every field that still holds what the run wrote, and no other; a second one restores nothing", async () => {
    const desk = await open();
    const spec = { when_source_deleted: "remove", protect: { keep_human_edits: ["phone"] } };
    const engine = await desk.world.engine([peopleSpec(spec)]);
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 8 }), fc.array(step, { maxLength: 4 }), async (first, then) => {
        const { database, schema } = desk.world;
        await database.run(`truncate ${schema}.contacts restart identity; truncate ${schema}_state.links, ${schema}_state.pending, ${schema}_state.remembered;
          delete from ${schema}_state.changes; delete from ${schema}_state.streams; update ${schema}_state.syncs set hash = null, version = 0;
          drop schema if exists ${schema}_landing cascade`);
        desk.shelf.records.clear();
        desk.shelf.put(person(99));
        const carryOut = async (one: Step): Promise<void> => {
          if (one.do === "source") desk.shelf.put(person(one.id, { name: one.name, phone: one.phone }));
          else if (one.do === "gone") desk.shelf.records.delete(String(one.id));
          else if (one.do === "person") await desk.type(one.id, { [one.field]: one.value });
          else await engine.run(full);
        };
        for (const one of first) await carryOut(one);
        const before = await desk.contacts();
        const report = await engine.run(full);
        const written = await desk.contacts();
        for (const one of then) if (one.do === "person") await carryOut(one);
        const now = await desk.contacts();
        const wroteAnything = report.syncs.some((sync) => sync.created + sync.updated + sync.deleted > 0);
        if (!wroteAnything) {
          await expect(engine.rollback(report.run)).rejects.toMatchObject({ code: "rollback/nothing" });
          return;
        }
        await engine.rollback(report.run);
        const back = new Map((await desk.contacts()).map((row) => [row.source_id, row]));
        const by = (rows: readonly Record<string, unknown>[]) => new Map(rows.map((row) => [row.source_id, row]));
        const [was, wrote, is] = [by(before), by(written), by(now)];
        for (const key of new Set([...was.keys(), ...wrote.keys()])) {
          const [a, b, c, d] = [was.get(key), wrote.get(key), is.get(key), back.get(key)];
          if (a && b && c) {
            for (const field of ["name", "phone", "email"]) {
              // A field that the run wrote and that nobody touched since is as it was; one that somebody touched is as they left it.
              const expected = b[field] !== a[field] && c[field] === b[field] ? a[field] : c[field];
              expect(d?.[field]).toEqual(expected);
            }
          } else if (!a && b && c) {
            const touched = ["name", "phone", "email"].some((field) => b[field] !== c[field]);
            expect(d !== undefined).toBe(touched);
          } else if (a && !b) expect({ ...d, id: 0 }).toEqual({ ...a, id: 0 });
        }
        expect((await engine.rollback(report.run)).syncs[0]).toMatchObject({ created: 0, updated: 0, deleted: 0 });
      }),
      { numRuns: 60 },
    );
  }, 300_000);
});

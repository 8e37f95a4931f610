import { afterEach, describe, expect, test } from "vitest";
import { type Desk, openDesk, peopleSpec, person } from "./desk.js";
import { Shelf } from "./shelf.js";
import { copySpec } from "./world.js";

let desk: Desk;
afterEach(() => desk.world.close());

const many = (count: number, more: Record<string, unknown> = {}) => Array.from({ length: count }, (_, at) => person(at + 1, more));
const full = { mode: { kind: "full" } } as const;

describe("a run that nobody has approved", () => {
  test("asks before its first write, keeps what it would do as a plan, and counts it as held", async () => {
    desk = await openDesk();
    desk.shelf.put(...many(3));
    const engine = await desk.engine();
    const report = await engine.run(full);
    expect(report).toMatchObject({
      status: "partial",
      plan: expect.any(String),
      syncs: [{ status: "asks", read: 3, created: 0, held: 3, error: expect.stringContaining("first run") }],
    });
    expect(await desk.contacts()).toEqual([]);
    const plan = await engine.planned(report.plan ?? "");
    expect(plan).toMatchObject({ status: "asks", syncs: [{ asks: [{ guard: "first_run" }], totals: { creates: 3 } }] });
    expect(plan.changes.map((change) => `${change.operation} ${change.sourceId}`)).toEqual(["create 1", "create 2", "create 3"]);

    const applied = await engine.apply(plan.id, { by: "a reviewer" });
    expect(applied).toMatchObject({ status: "done", syncs: [{ created: 3, held: 0 }] });
    expect(await desk.contacts()).toHaveLength(3);
    expect(await engine.planned(plan.id)).toMatchObject({ status: "applied", approvedBy: "a reviewer", approvedAt: expect.any(String) });
    expect(await engine.run(full)).toMatchObject({ status: "done", syncs: [{ status: "done", read: 3, unchanged: 3 }] });
    await expect(engine.apply(plan.id)).rejects.toMatchObject({ code: "plan/applied" });
  });

  test("goes on by itself where every limit is kept, and asks where one is passed: both bounds of `50 and 25%`", async () => {
    desk = await openDesk();
    desk.shelf.put(...many(160));
    await desk.run();
    const engine = await desk.engine();
    for (let id = 1; id <= 40; id++) desk.shelf.put(person(id, { name: `Changed ${id}` }));
    expect((await engine.run(full)).syncs[0]).toMatchObject({ status: "done", updated: 40, unchanged: 120 });
    for (let id = 1; id <= 60; id++) desk.shelf.put(person(id, { name: `Again ${id}` }));
    const asks = await engine.run(full);
    expect(asks.syncs[0]).toMatchObject({ status: "asks", updated: 0, held: 60, unchanged: 100 });
    expect(asks.syncs[0]?.error).toContain("60 changes, 37.5 % of the 160 linked records: more than 50 and 25 %");
    expect(await desk.contact(1)).toMatchObject({ name: "Changed 1" });
  });

  test("asks again about all of it when more has changed: the older plan gives way", async () => {
    desk = await openDesk();
    desk.shelf.put(...many(2));
    const engine = await desk.engine();
    const first = await engine.run(full);
    desk.shelf.put(person(3));
    const second = await engine.run(full);
    expect(second.syncs[0]).toMatchObject({ status: "asks", held: 3 });
    await expect(engine.apply(first.plan ?? "")).rejects.toMatchObject({ code: "plan/superseded" });
    expect((await engine.apply(second.plan ?? "")).syncs[0]).toMatchObject({ created: 3 });
  });

  test("asks before it deletes more than it may", async () => {
    desk = await openDesk();
    desk.shelf.put(...many(30));
    await desk.run({ when_source_deleted: "remove" });
    for (let id = 1; id <= 12; id++) desk.shelf.records.delete(String(id));
    const engine = await desk.engine({ when_source_deleted: "remove" });
    const report = await engine.run(full);
    expect(report.syncs[0]).toMatchObject({ status: "asks", deleted: 0, held: 12 });
    expect(await desk.contacts()).toHaveLength(30);
    expect((await engine.apply(report.plan ?? "")).syncs[0]).toMatchObject({ deleted: 12 });
  });

  test("asks when the source is empty all of a sudden, and takes nothing away", async () => {
    desk = await openDesk();
    desk.shelf.put(...many(3));
    await desk.run({ when_source_deleted: "remove" });
    desk.shelf.records.clear();
    const engine = await desk.engine({ when_source_deleted: "remove" });
    const report = await engine.run(full);
    expect(report.syncs[0]).toMatchObject({ status: "asks", error: expect.stringContaining("empty all of a sudden") });
    expect(await desk.contacts()).toHaveLength(3);
  });

  test("stops before the page in which the errors pass their limit, and leaves the rest in line", async () => {
    desk = await openDesk();
    desk.shelf.put(...many(40));
    for (let id = 11; id <= 30; id++) desk.shelf.put(person(id, { name: "x" }));
    const spec = {
      fields: { source_id: "id", email: "email", status: { from: "name", map: { y: "ok" }, unknown: "hold" } },
      ask_first_if: { first_run: false, more_changes_than: "no limit", more_errors_than: 12 },
    };
    for (let id = 1; id <= 10; id++) desk.shelf.put(person(id, { name: "y" }));
    const engine = await desk.engine(spec);
    const report = await engine.run(full);
    expect(report.syncs[0]).toMatchObject({ status: "partial", created: 10, error: expect.stringContaining("20 errors") });
    expect(await desk.contacts()).toHaveLength(10);
    const plan = await engine.plan(full);
    expect(plan.changes.filter((change) => change.operation === "hold")).toHaveLength(20); // ten of the thirty are held already
  });

  test("writes pages as they are read where no guard asks about changes", async () => {
    desk = await openDesk();
    desk.shelf.put(...many(150));
    const engine = await desk.engine({ ask_first_if: { first_run: false, more_changes_than: "no limit" } });
    const written: number[] = [];
    desk.shelf.beforePage = async () => void written.push((await desk.contacts()).length);
    expect((await engine.run(full)).syncs[0]).toMatchObject({ status: "done", created: 150 });
    expect(Math.max(...written)).toBeGreaterThan(0);
  });

  test("`never` asks nothing, `always` asks about a single change and about nothing else", async () => {
    desk = await openDesk();
    desk.shelf.put(...many(3));
    expect((await (await desk.engine({ ask_first_if: "never" })).run(full)).syncs[0]).toMatchObject({ created: 3 });
    const always = await desk.engine({ ask_first_if: "always" });
    expect((await always.run(full)).syncs[0]).toMatchObject({ status: "done", unchanged: 3 });
    desk.shelf.put(person(1, { name: "Changed" }));
    expect((await always.run(full)).syncs[0]).toMatchObject({ status: "asks", held: 1 });
  });

  test("holds with it what refers to what it would create, so that an approved plan leaves no reference behind", async () => {
    const pets = new Shelf("pets", { id: { type: "integer" }, name: { type: "text" }, owner: { type: "integer" } });
    desk = await openDesk("server", [pets]);
    await desk.world.database.run(`create table ${desk.world.schema}.pets (id bigint primary key, name text, owner_id bigint)`);
    desk.shelf.put(person(1));
    pets.put({ id: 7, name: "Rex", owner: 1 });
    const engine = await desk.world.engine(
      [
        peopleSpec(),
        copySpec("pets", { name: "name", owner_id: { ref: "people", id: "owner", when_none: "wait" } }, { ask_first_if: "never" }),
      ],
      { asks: true },
    );
    const report = await engine.run(full);
    expect(report.syncs.map((sync) => `${sync.sync} ${sync.status} ${sync.held}`)).toEqual(["people asks 1", "pets asks 1"]);
    const plan = await engine.planned(report.plan ?? "");
    expect(plan.changes.find((change) => change.sync === "pets")?.fields.find((field) => field.field === "owner_id")?.after).toBe(
      "(the new record)",
    );
    expect((await engine.apply(plan.id)).syncs).toMatchObject([{ created: 1 }, { created: 1 }]);
    const [contact] = await desk.contacts();
    expect(await desk.world.rows("pets")).toMatchObject([{ name: "Rex", owner_id: contact?.id }]);
  });
});

describe("an approval", () => {
  test("that names numbers is a ceiling: the page that would pass it is not written", async () => {
    desk = await openDesk();
    desk.shelf.put(...many(30));
    const engine = await desk.engine();
    const report = await engine.run({ ...full, approve: { creates: 15, updates: 0, deletes: 0, errors: 0 } });
    expect(report.syncs[0]).toMatchObject({ status: "partial", created: 10, error: expect.stringContaining("creates 20, approved 15") });
    expect(await desk.contacts()).toHaveLength(10);
    expect((await engine.run({ ...full, approve: true })).syncs[0]).toMatchObject({ created: 20 });
  });
});

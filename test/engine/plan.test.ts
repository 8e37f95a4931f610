import { afterEach, describe, expect, test } from "vitest";
import { type Desk, openDesk, person } from "./desk.js";
import { kinds } from "./world.js";

let desk: Desk;
afterEach(() => desk.world.close());

const full = { mode: { kind: "full" } } as const;
const many = (count: number) => Array.from({ length: count }, (_, at) => person(at + 1));

describe.each(kinds)("a plan, on %s", (_, kind) => {
  /** Three contacts, of which the source has changed two, and one new person. */
  const open = async (more?: Record<string, unknown>) => {
    desk = await openDesk(kind);
    desk.shelf.put(...many(3));
    await desk.run(more);
    desk.shelf.put(person(1, { name: "Changed 1" }), person(2, { name: "Changed 2", phone: "555-0122" }), person(4));
    return desk.engine(more);
  };

  test("writes to no target, is kept with all its changes, and is carried out as it is", async () => {
    const engine = await open();
    const plan = await engine.plan(full);
    expect(plan).toMatchObject({
      kind: "sync",
      status: "ready",
      syncs: [{ totals: { creates: 1, updates: 2, deletes: 0 }, undo: { wholly: 3, of: 3 } }],
    });
    expect(plan.changes).toMatchObject([
      { n: 1, operation: "update", sourceId: "1", reason: "linked", fields: [{ field: "name", before: "Person 1", after: "Changed 1" }] },
      { n: 2, operation: "update", sourceId: "2" },
      { n: 3, operation: "create", sourceId: "4", targetId: null },
    ]);
    expect((await desk.contacts()).map((row) => row.name)).toEqual(["Person 1", "Person 2", "Person 3"]);
    expect(await engine.plans()).toMatchObject([{ id: plan.id, syncs: ["people"] }]);
    expect(await engine.changes({ plan: plan.id, after: 1, limit: 1 })).toMatchObject([{ n: 2, sourceId: "2" }]);
    expect((await engine.apply(plan.id)).syncs[0]).toMatchObject({ created: 1, updated: 2, held: 0, failed: 0 });
    expect((await desk.contacts()).map((row) => row.name)).toEqual(["Changed 1", "Changed 2", "Person 3", "Person 4"]);
    expect((await engine.plan(full)).changes).toEqual([]);
  });

  test("says by which key a target was found, by which rule a field is kept, and on which line", async () => {
    await open();
    await desk.world.database.run(`delete from ${desk.world.schema}_state.links`);
    await desk.type(1, { phone: "typed" });
    const guarded = await desk.engine({ protect: { only_if_blank: ["phone"] } });
    const plan = await guarded.plan(full);
    expect(plan.changes.find((change) => change.sourceId === "1")).toMatchObject({
      operation: "update",
      matched: { key: "email", value: "p1@example.test" },
      kept: [{ field: "phone", rule: "protect.only_if_blank" }],
    });
  });

  test("puts what it held or let wait in line as well, and counts as carried out all the same", async () => {
    desk = await openDesk(kind);
    desk.shelf.put(person(1), person(2, { email: "no address" }), person(3, { paid: 0 }));
    const spec = {
      fields: { source_id: "id", email: { from: "email", do: ["email"] } },
      create_if: { name: "Person 1", otherwise: "wait" },
    };
    const engine = await desk.engine(spec);
    const plan = await engine.plan(full);
    expect(plan.changes.map((change) => change.operation).sort()).toEqual(["create", "hold", "wait"]);
    expect((await engine.apply(plan.id)).syncs[0]).toMatchObject({ created: 1, held: 1, waiting: 1 });
    expect(await engine.held()).toMatchObject([{ sourceId: "2", code: "held/invalid-value" }]);
    expect(await desk.pending()).toEqual(["2 held held/invalid-value", "3 waiting waiting/create-rule"]);
    expect(await engine.planned(plan.id)).toMatchObject({ status: "applied" });
  });

  test("holds a record whose target a person changed since, names the field, and writes the others", async () => {
    const engine = await open();
    const plan = await engine.plan(full);
    await desk.type(2, { name: "A person was faster" });
    const report = await engine.apply(plan.id);
    expect(report.syncs[0]).toMatchObject({ updated: 1, created: 1, held: 1 });
    expect(await engine.held()).toMatchObject([{ sourceId: "2", code: "held/drifted", reason: expect.stringContaining("name") }]);
    expect(await desk.contact(2)).toMatchObject({ name: "A person was faster", phone: "555-0102" });
    expect(await engine.planned(plan.id)).toMatchObject({ status: "partly applied" });
    await engine.resolve("people", "2", { action: "approve" });
    expect((await engine.run(full)).syncs[0]).toMatchObject({ updated: 1, held: 0 });
    expect(await desk.contact(2)).toMatchObject({ name: "Changed 2" });
  });

  test("holds a record whose source changed since: the plan shows something else than what would be written", async () => {
    const engine = await open();
    const plan = await engine.plan(full);
    desk.shelf.put(person(1, { name: "Changed once more" }));
    await engine.plan(full); // lands the change
    await desk.world.database.run(`update ${desk.world.schema}_state.plans set status = 'ready' where id = $1`, [plan.id]);
    expect((await engine.apply(plan.id)).syncs[0]).toMatchObject({ updated: 1, created: 1, held: 1 });
    expect(await engine.held()).toMatchObject([{ sourceId: "1", code: "held/drifted", reason: expect.stringContaining("source changed") }]);
    expect(await desk.contact(1)).toMatchObject({ name: "Person 1" });
  });

  test("holds a create when somebody has made the record meanwhile", async () => {
    const engine = await open();
    const plan = await engine.plan(full);
    await desk.world.database.run(
      `insert into ${desk.world.schema}.contacts (source_id, name, email) values (99, 'By hand', 'p4@example.test')`,
    );
    expect((await engine.apply(plan.id)).syncs[0]).toMatchObject({ created: 0, held: 1 });
    expect(await desk.contacts()).toHaveLength(4);
  });

  test("is carried out in part, by record or by operation, and the rest stays in line", async () => {
    const engine = await open();
    const plan = await engine.plan(full);
    expect((await engine.apply(plan.id, { only: ["update"], except: ["2"] })).syncs[0]).toMatchObject({ updated: 1, created: 0 });
    expect((await desk.contacts()).map((row) => row.name)).toEqual(["Changed 1", "Person 2", "Person 3"]);
    expect((await engine.apply(plan.id)).syncs[0]).toMatchObject({ updated: 1, created: 1, unchanged: 1 });
  });

  test("is refused when its time is over, when its spec changed, and when there is none of that name", async () => {
    const engine = await open();
    const short = await engine.plan({ ...full, expiresInMs: -1 });
    await expect(engine.apply(short.id)).rejects.toMatchObject({ code: "plan/expired", hint: expect.stringContaining("fieldwright plan") });
    const plan = await engine.plan(full);
    const other = await desk.engine({ fields: { source_id: "id", email: "email" } });
    await expect(other.apply(plan.id)).rejects.toMatchObject({ code: "plan/outdated" });
    await expect(engine.apply("nosuch")).rejects.toMatchObject({ code: "plan/unknown" });
    expect(await desk.contact(1)).toMatchObject({ name: "Person 1" });
  });

  test("flags changes that people mostly did not mean, with an example", async () => {
    desk = await openDesk(kind);
    desk.shelf.put(...many(20));
    await desk.run();
    for (let id = 1; id <= 20; id++) desk.shelf.put(person(id, { name: "Test" }));
    const plan = await (await desk.engine()).plan(full);
    expect(plan.syncs[0]?.suspicions).toMatchObject([{ kind: "same_everywhere", fields: ["name"], count: 20 }]);
  });
});

test("the trail tells who let a write happen, and by which rule it was found", async () => {
  desk = await openDesk();
  desk.shelf.put(person(1));
  await desk.world.database.run(`insert into ${desk.world.schema}.contacts (name, email) values ('Theirs', 'p1@example.test')`);
  const engine = await desk.engine();
  await engine.apply((await engine.plan(full)).id, { by: "a reviewer" });
  const [row] = await desk.world.database.query(`select operation, by, why from ${desk.world.schema}_state.trail`);
  expect(row).toMatchObject({ operation: "update", by: "a reviewer", why: { matched: { key: "email", value: "p1@example.test" } } });
});

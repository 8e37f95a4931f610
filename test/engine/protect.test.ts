import { afterEach, describe, expect, test } from "vitest";
import { type Desk, openDesk, person } from "./desk.js";
import { kinds } from "./world.js";

let desk: Desk;
afterEach(() => desk.world.close());

describe.each(kinds)("protected fields, on %s", (_, kind) => {
  const open = async () => {
    desk = await openDesk(kind);
    return desk;
  };

  test("never_write: the field is not written, not even when the record is created", async () => {
    await open();
    desk.shelf.put(person(1, { secret: "from the source" }));
    const spec = { fields: { source_id: "id", email: "email", secret: "secret" }, protect: { never_write: ["secret"] } };
    await desk.run(spec);
    expect(await desk.contact(1)).toMatchObject({ email: "p1@example.test", secret: null });
    desk.shelf.put(person(1, { secret: "changed" }));
    await desk.run(spec);
    expect(await desk.contact(1)).toMatchObject({ secret: null });
  });

  test("set_once: the first value stays, and the spec's own default gives way to a real one, once", async () => {
    await open();
    desk.shelf.put(person(1, { phone: null }));
    const spec = {
      fields: { source_id: "id", email: "email", phone: { from: "phone", do: [{ default: "unknown" }] } },
      protect: { set_once: ["phone"] },
    };
    await desk.run(spec);
    expect(await desk.contact(1)).toMatchObject({ phone: "unknown" });
    desk.shelf.put(person(1, { phone: "555-0111" }));
    await desk.run(spec);
    expect(await desk.contact(1)).toMatchObject({ phone: "555-0111" });
    desk.shelf.put(person(1, { phone: "555-0122" }));
    expect((await desk.run(spec)).syncs[0]).toMatchObject({ updated: 0, unchanged: 1 });
    expect(await desk.contact(1)).toMatchObject({ phone: "555-0111" });
  });

  test("only_if_blank: fills what is empty, and leaves what somebody has filled", async () => {
    await open();
    desk.shelf.put(person(1), person(2));
    await desk.run({ fields: { source_id: "id", email: "email" } });
    await desk.type(2, { phone: "typed" });
    await desk.run({ protect: { only_if_blank: ["phone"] } });
    expect([await desk.contact(1), await desk.contact(2)]).toMatchObject([{ phone: "555-0101" }, { phone: "typed" }]);
  });

  test("keep_human_edits: what a person changed is theirs until it is released; what nobody touched follows the source", async () => {
    await open();
    const spec = { protect: { keep_human_edits: ["name", "phone"] } };
    desk.shelf.put(person(1));
    await desk.run(spec);
    await desk.type(1, { name: "As the person says" });
    desk.shelf.put(person(1, { name: "Renamed", phone: "555-0199" }));
    await desk.run(spec);
    expect(await desk.contact(1)).toMatchObject({ name: "As the person says", phone: "555-0199" });
    // Even a value that happens to be the source's own again does not give the field back.
    await desk.type(1, { name: "Renamed" });
    desk.shelf.put(person(1, { name: "Renamed twice" }));
    await desk.run(spec);
    expect(await desk.contact(1)).toMatchObject({ name: "Renamed" });
    const engine = await desk.engine(spec);
    expect(await engine.release("people", "1")).toEqual(["name"]);
    await desk.run(spec);
    expect(await desk.contact(1)).toMatchObject({ name: "Renamed twice" });
  });

  test("keep_human_edits on a record that was there before: what differs from the source is a person's, what agrees follows it", async () => {
    await open();
    await desk.world.database.run(
      `insert into ${desk.world.schema}.contacts (source_id, name, email, phone) values (1, 'Their own', 'p1@example.test', '555-0101')`,
    );
    const spec = { protect: { keep_human_edits: ["name", "phone"] } };
    desk.shelf.put(person(1));
    await desk.run(spec);
    desk.shelf.put(person(1, { phone: "555-0155" }));
    await desk.run(spec);
    expect(await desk.contact(1)).toMatchObject({ name: "Their own", phone: "555-0155" });
  });

  test("a blank of the source clears nothing unless the spec says so, and a field that the source does not mention never does", async () => {
    await open();
    desk.shelf.put(person(1), person(2));
    await desk.run();
    const { phone: _, ...without } = person(2);
    desk.shelf.put(person(1, { phone: "  " }), without);
    await desk.run();
    expect(await desk.contacts()).toMatchObject([{ phone: "555-0101" }, { phone: "555-0102" }]);
    await desk.run({ protect: { when_source_blank: "clear" } });
    expect(await desk.contacts()).toMatchObject([{ phone: null }, { phone: "555-0102" }]);
  });

  test("what marks a record as gone goes by the same protection as every other write", async () => {
    await open();
    desk.shelf.put(person(1), person(2), person(3));
    const spec = { when_source_deleted: { mark: "status" } };
    await desk.run(spec);
    desk.shelf.records.delete("1");
    desk.shelf.records.delete("2");
    await desk.type(2, { status: "a person's note" });
    const report = await desk.run({ ...spec, protect: { only_if_blank: ["status"] } });
    expect(report.syncs[0]).toMatchObject({ updated: 1 });
    expect(await desk.contacts()).toMatchObject([{ status: "deleted" }, { status: "a person's note" }, { status: null }]);
  });
});

describe("stages in a run", () => {
  const stages = {
    stage_field: "stage",
    pipelines: {
      sales: {
        forward_only: ["new", "quoted", "won"],
        side_stages: { "on-hold": { only_from: ["quoted"], sync_may_leave: true } },
        protected: ["won"],
      },
    },
    last_match_wins: [
      { to: "sales.new" },
      { to: "sales.quoted", when: { stage: "quoted" } },
      { to: "sales.on-hold", when: { stage: "on-hold" } },
      { to: "sales.won", when: { paid: { over: 0 } }, and_set: { status: "customer" } },
    ],
  };
  const spec = { fields: { source_id: "id", email: "email" }, stages };

  test("go forward, never back, and set what belongs to a stage only with it", async () => {
    desk = await openDesk();
    desk.shelf.put(person(1));
    await desk.run(spec);
    expect(await desk.contact(1)).toMatchObject({ stage: "new", status: null });
    desk.shelf.put(person(1, { stage: "quoted" }));
    await desk.run(spec);
    expect(await desk.contact(1)).toMatchObject({ stage: "quoted" });
    desk.shelf.put(person(1, { stage: "new" }));
    const engine = await desk.engine(spec);
    const plan = await engine.plan({ mode: { kind: "full" } });
    expect(plan.changes).toMatchObject([
      {
        operation: "keep",
        sourceId: "1",
        kept: [{ field: "stage", rule: "stages rule 1", why: expect.stringContaining("quoted would become new") }],
      },
    ]);
    await desk.run(spec);
    expect(await desk.contact(1)).toMatchObject({ stage: "quoted", status: null });
    desk.shelf.put(person(1, { paid: 10 }));
    await desk.run(spec);
    expect(await desk.contact(1)).toMatchObject({ stage: "won", status: "customer" });
    desk.shelf.put(person(1, { stage: "quoted", paid: 0, email: "p1@example.test" }));
    await desk.run(spec);
    expect(await desk.contact(1)).toMatchObject({ stage: "won" });
  });

  test("come back from a side stage no lower than they went in, because the highest stage is remembered", async () => {
    desk = await openDesk();
    desk.shelf.put(person(1, { stage: "quoted" }));
    await desk.run(spec);
    desk.shelf.put(person(1, { stage: "on-hold" }));
    await desk.run(spec);
    expect(await desk.contact(1)).toMatchObject({ stage: "on-hold" });
    desk.shelf.put(person(1, { stage: "new" }));
    await desk.run(spec);
    expect(await desk.contact(1)).toMatchObject({ stage: "quoted" });
  });

  test("a record that a person moved ahead stays ahead, and one in a stage that the spec does not know stays there", async () => {
    desk = await openDesk();
    desk.shelf.put(person(1), person(2));
    await desk.run(spec);
    await desk.type(1, { stage: "won" });
    await desk.type(2, { stage: "somewhere else" });
    desk.shelf.put(person(1, { stage: "quoted" }), person(2, { stage: "quoted" }));
    await desk.run(spec);
    expect(await desk.contacts()).toMatchObject([{ stage: "won" }, { stage: "somewhere else" }]);
  });

  test("a start in a pipeline that lets nothing start is held, with the rule and the next step", async () => {
    desk = await openDesk();
    desk.shelf.put(person(1));
    const install = { ...stages.pipelines.sales, may_start_here: false };
    const report = await desk.run({ ...spec, stages: { ...stages, pipelines: { sales: install } } });
    expect(report.syncs[0]).toMatchObject({ held: 1, created: 0 });
    expect(await desk.pending()).toEqual(["1 held held/stage"]);
  });
});

describe("the rule about creating", () => {
  const rule = (otherwise: string) => ({ create_if: { paid: { over: 0 }, otherwise } });

  test("wait: counted and shown, and created when the record fits", async () => {
    desk = await openDesk();
    desk.shelf.put(person(1), person(2, { paid: 5 }));
    expect((await desk.run(rule("wait"))).syncs[0]).toMatchObject({ read: 2, waiting: 1, created: 1 });
    expect((await desk.run(rule("wait"))).syncs[0]).toMatchObject({ read: 2, waiting: 1, unchanged: 1 });
    desk.shelf.put(person(1, { paid: 1 }));
    expect((await desk.run(rule("wait"))).syncs[0]).toMatchObject({ created: 1, waiting: 0 });
  });

  test("skip: filtered. hold: for a person, whose approval creates it", async () => {
    desk = await openDesk();
    desk.shelf.put(person(1));
    expect((await desk.run(rule("skip"))).syncs[0]).toMatchObject({ filtered: 1, created: 0 });
    expect((await desk.run(rule("hold"))).syncs[0]).toMatchObject({ held: 1 });
    const engine = await desk.engine(rule("hold"));
    expect(await engine.held()).toMatchObject([
      { sync: "people", sourceId: "1", code: "held/create-rule", actions: expect.arrayContaining(["approve"]) },
    ]);
    await engine.resolve("people", "1", { action: "approve", by: "somebody" });
    expect((await desk.run(rule("hold"))).syncs[0]).toMatchObject({ created: 1, held: 0 });
    expect(await desk.pending()).toEqual([]);
  });

  test("an existing record is updated all the same", async () => {
    desk = await openDesk();
    desk.shelf.put(person(1));
    await desk.run();
    desk.shelf.put(person(1, { name: "Changed" }));
    expect((await desk.run(rule("skip"))).syncs[0]).toMatchObject({ updated: 1 });
  });
});

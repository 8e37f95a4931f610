import { afterEach, describe, expect, test } from "vitest";
import { type Desk, openDesk, person } from "./desk.js";
import { kinds } from "./world.js";

let desk: Desk;
afterEach(() => desk.world.close());

const lettered = { fields: { source_id: "id", name: { from: "name", do: ["upper"] }, email: "email", phone: "phone" } };

describe.each(kinds)("a replay, on %s", (_, kind) => {
  /** Three people who are contacts, decided by the plain spec. */
  const open = async (count = 3) => {
    desk = await openDesk(kind);
    desk.shelf.put(...Array.from({ length: count }, (_, at) => person(at + 1)));
    await desk.run();
    desk.shelf.beforePage = () => {
      throw new Error("A replay reads nothing from the source.");
    };
    return desk;
  };

  test("of the spec that decided last changes no decision", async () => {
    await open();
    const engine = await desk.engine();
    const replay = await engine.replay("people");
    expect(replay).toMatchObject({ read: 3, same: 3, changed: 0, inLine: 0, note: null, changes: [], fields: [], records: [] });
    expect(replay.comparedWith).toBe(replay.specHash);
  });

  test("shows whose decisions an edited spec changes, field by field, and does none of it", async () => {
    await open();
    const engine = await desk.engine(lettered);
    const before = await desk.contacts();
    const replay = await engine.replay("people", { limit: 2 });
    expect(replay).toMatchObject({
      read: 3,
      same: 0,
      changed: 3,
      note: null,
      changes: [{ was: "unchanged", becomes: "update", records: 3 }],
      fields: [{ field: "name", records: 3 }],
    });
    expect(replay.comparedWith).not.toBe(replay.specHash);
    expect(replay.records).toEqual([
      {
        sourceId: "1",
        targetId: expect.any(String),
        was: { decision: "unchanged" },
        becomes: { decision: "update" },
        fields: [{ field: "name", holds: "Person 1", was: "Person 1", becomes: "PERSON 1", because: null }],
      },
      expect.objectContaining({ sourceId: "2" }),
    ]);
    expect(await desk.contacts()).toEqual(before);
    expect(await engine.replay("people", { limit: 2 })).toEqual(replay);
  });

  test("puts a person's edit of the target on both sides, because the edited spec is not what changes it", async () => {
    await open();
    await desk.type(1, { phone: "typed" });
    await desk.type(2, { phone: "typed" });
    const replay = await (await desk.engine(lettered)).replay("people");
    expect(replay.changes).toEqual([
      { was: "update", becomes: "update", records: 2 },
      { was: "unchanged", becomes: "update", records: 1 },
    ]);
    expect(replay.fields).toEqual([{ field: "name", records: 3 }]);
  });

  test("tells the rule that now keeps a field which was written before", async () => {
    await open();
    await desk.type(1, { phone: "typed" });
    const replay = await (await desk.engine({ protect: { only_if_blank: ["phone"] } })).replay("people");
    expect(replay.records).toEqual([
      {
        sourceId: "1",
        targetId: expect.any(String),
        was: { decision: "update" },
        becomes: { decision: "unchanged" },
        fields: [
          {
            field: "phone",
            holds: "typed",
            was: "555-0101",
            becomes: "typed",
            because: "kept: it is not blank (protect.only_if_blank)",
          },
        ],
      },
    ]);
  });

  test("tells records that are no longer let through, and those that are now", async () => {
    desk = await openDesk(kind);
    desk.shelf.put(person(1), person(2, { paid: 5 }));
    const paid = (over: number) => ({ from: { connection: "shelf", stream: "people", only: { paid: { over } } } });
    await desk.run(paid(0));
    const all = await (await desk.engine(paid(-1))).replay("people");
    expect(all.records).toMatchObject([
      { sourceId: "1", targetId: null, was: { decision: "filtered" }, becomes: { decision: "create" }, fields: expect.arrayContaining([]) },
    ]);
    expect(all.records[0]?.fields.find((one) => one.field === "name")).toMatchObject({ holds: null, was: null, becomes: "Person 1" });
    const none = await (await desk.engine(paid(9))).replay("people");
    expect(none.records).toMatchObject([{ sourceId: "2", was: { decision: "unchanged" }, becomes: { decision: "filtered" } }]);
  });

  test("tells what would be held, with the reason", async () => {
    await open();
    const strict = { fields: { ...lettered.fields, name: { from: "name", map: { "Person 1": "One" } } } };
    const replay = await (await desk.engine(strict)).replay("people");
    expect(replay.changes).toEqual([
      { was: "unchanged", becomes: "held", records: 2 },
      { was: "unchanged", becomes: "update", records: 1 },
    ]);
    expect(replay.records[1]?.becomes).toMatchObject({
      code: "held/invalid-value",
      reason: expect.stringContaining("is not in the `map`"),
    });
  });

  test("counts what is in line, which the next run decides whatever the spec", async () => {
    await open();
    desk.shelf.beforePage = () => undefined;
    desk.shelf.put(person(1, { name: "Changed" }));
    const engine = await desk.engine({ ...lettered, ask_first_if: "always" });
    await engine.run({ mode: { kind: "full" } });
    const replay = await engine.replay("people");
    // The guard held the edited spec's work: the spec before is still the one that decided last.
    expect(replay).toMatchObject({ changed: 3, inLine: 3, changes: [{ records: 2 }, { was: "update", becomes: "update", records: 1 }] });
    expect(replay.records[0]?.fields).toMatchObject([{ field: "name", holds: "Person 1", was: "Changed", becomes: "CHANGED" }]);
  });

  test("goes by the spec before, where a run by the edited one was stopped before it had decided all", async () => {
    await open();
    desk.shelf.beforePage = () => undefined;
    const engine = await desk.engine(lettered);
    const stop = new AbortController();
    await engine.run({
      approve: true,
      signal: stop.signal,
      onEvent: (event) => {
        if (event.type === "step-started" && event.step === "sync") stop.abort();
      },
    });
    expect(await engine.replay("people")).toMatchObject({
      changed: 3,
      inLine: 3,
      changes: [{ was: "unchanged", becomes: "update", records: 3 }],
    });
    await engine.run({ approve: true });
    expect(await engine.replay("people")).toMatchObject({ changed: 0, inLine: 0 });
  });

  test("compares with how records stand where the spec before is not known, and says so", async () => {
    await open();
    await desk.world.database.run(`update ${desk.world.schema}_state.syncs set spec = null`);
    const engine = await desk.engine(lettered);
    expect(await engine.replay("people")).toMatchObject({
      comparedWith: null,
      note: expect.stringContaining("how they stand"),
      changes: [{ was: "unchanged", becomes: "update", records: 3 }],
    });
    expect(await (await desk.engine()).replay("people")).toMatchObject({ comparedWith: null, changed: 0, same: 3 });
  });

  test("goes through all pages and counts all, however few it shows", async () => {
    await open(25);
    await desk.world.database.run(
      `insert into ${desk.world.schema}_landing.shelf_people select tenant, (1000 + g)::text, data || jsonb_build_object('id', 1000 + g, 'email', 'x' || g), checksum, first_seen, last_seen, changed_at, null, run, version
       from ${desk.world.schema}_landing.shelf_people, generate_series(1, 2500) g where id = '1'`,
    );
    const replay = await (await desk.engine(lettered)).replay("people", { limit: 1 });
    expect(replay).toMatchObject({ read: 2525, changed: 2525, records: [{}] });
    expect(replay.changes.map((one) => [one.was, one.becomes, one.records])).toEqual([
      ["create", "create", 2500],
      ["unchanged", "update", 25],
    ]);
  });

  test("of a sync that is not there names those that are", async () => {
    await open();
    await expect((await desk.engine()).replay("nobody")).rejects.toMatchObject({ code: "run/unknown-sync" });
  });
});

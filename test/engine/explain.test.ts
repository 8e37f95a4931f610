import type { Explanation } from "@fieldwright/core";
import { afterEach, describe, expect, test } from "vitest";
import { contactsSpec } from "./api-engine.js";
import { type ApiWorld, makeApiWorld } from "./api-world.js";
import { type Desk, openDesk, people, person } from "./desk.js";
import { kinds } from "./world.js";

let desk: Desk | undefined;
let api: ApiWorld | undefined;
afterEach(async () => {
  await desk?.world.close();
  await api?.close();
  desk = undefined;
  api = undefined;
});

const field = (explanation: Explanation, name: string) => explanation.fields.find((one) => one.target === name);

describe.each(kinds)("an explanation, on %s", (_, kind) => {
  const open = async () => {
    desk = await openDesk(kind);
    return desk;
  };

  test("follows each field from the source's value through its steps to what becomes of it", async () => {
    const { shelf, run, engine } = await open();
    const spec = {
      fields: {
        source_id: "id",
        name: { from: "name", do: ["trim", "upper", { truncate: 5 }] },
        email: "email",
        status: { value: "synced" },
        secret: "secret",
      },
    };
    shelf.put(person(1, { name: " Person 1" }));
    await run(spec);
    const explanation = await (await engine(spec)).explain("people", "1");
    expect(explanation).toMatchObject({ state: "linked", now: { decision: "unchanged" }, note: null, undecided: null });
    expect(field(explanation, "name")).toMatchObject({
      from: "name",
      source: " Person 1",
      steps: [
        { name: "trim", gives: "Person 1" },
        { name: "upper", gives: "PERSON 1" },
        { name: "truncate", argument: 5, gives: "PERSO" },
      ],
      wanted: "PERSO",
      holds: "PERSO",
      fate: "same",
    });
    expect(field(explanation, "status")).toMatchObject({ from: "a fixed value", source: "synced", fate: "same" });
    expect(field(explanation, "secret")).toMatchObject({ wanted: null, fate: "silent", why: "the source does not mention it" });
  });

  test("tells the rule that keeps a field, the person's fields with their time, and what the next run writes", async () => {
    const { shelf, run, engine, type } = await open();
    const spec = { protect: { keep_human_edits: ["name"], only_if_blank: ["phone"] } };
    shelf.put(person(1));
    await run(spec);
    await type(1, { name: "Typed" });
    shelf.put(person(1, { name: "Renamed" }));
    await run(spec);
    shelf.put(person(1, { name: "Renamed", phone: "555-0177", email: "p1@example.test" }));
    await run(spec);
    const explanation = await (await engine(spec)).explain("people", "1");
    expect(field(explanation, "name")).toMatchObject({
      holds: "Typed",
      wanted: "Renamed",
      fate: "keep",
      rule: "protect.keep_human_edits",
      humanSince: expect.stringMatching(/^\d{4}-\d\d-\d\d/),
    });
    expect(field(explanation, "phone")).toMatchObject({
      holds: "555-0101",
      wanted: "555-0177",
      fate: "keep",
      rule: "protect.only_if_blank",
    });
    expect(explanation.remembered).toMatchObject({ human: ["name"], written: { name: "Person 1" }, wanted: { name: "Renamed" } });
    // The time is that of the first run that saw it, however often it is decided since.
    const since = field(explanation, "name")?.humanSince;
    shelf.put(person(1, { name: "Renamed twice" }));
    await run(spec);
    const later = await (await engine(spec)).explain("people", "1");
    expect(field(later, "name")).toMatchObject({ wanted: "Renamed twice", humanSince: since });
    const loose = await (await engine()).explain("people", "1");
    expect(loose.now).toEqual({ decision: "update" });
    expect(field(loose, "name")).toMatchObject({ fate: "write", rule: null });
  });

  test("tells the stage that the rules want, the rule, and why it is not set", async () => {
    const { shelf, run, engine } = await open();
    const spec = {
      fields: { source_id: "id", email: "email" },
      stages: {
        stage_field: "stage",
        pipelines: { sales: { forward_only: ["new", "won"] } },
        last_match_wins: [{ to: "sales.new" }, { to: "sales.won", when: { paid: { over: 0 } } }],
      },
    };
    shelf.put(person(1, { paid: 5 }));
    await run(spec);
    const won = await (await engine(spec)).explain("people", "1");
    expect(field(won, "stage")).toMatchObject({ from: "stages rule 2", wanted: "won", holds: "won", fate: "same", rule: "stages rule 2" });
    shelf.put(person(1, { paid: 0 }));
    await run(spec);
    const back = await (await engine(spec)).explain("people", "1");
    expect(field(back, "stage")).toMatchObject({ wanted: "new", holds: "won", fate: "keep", why: "won would become new" });
    expect(back.remembered).toMatchObject({ highest: "won" });
  });

  test("tells by which key its target was found, and which keys fit it now", async () => {
    const { shelf, run, engine, world } = await open();
    await world.database.run(`insert into ${world.schema}.contacts (email) values ('p1@example.test')`);
    shelf.put(person(1), person(2, { email: " " }));
    const spec = { match: { try_in_order: [{ phone: "phone" }, { email: "email" }] } };
    await run(spec);
    const explanation = await (await engine(spec)).explain("people", "1");
    expect(explanation).toMatchObject({
      matched: { key: "email", value: "p1@example.test" },
      keys: [
        { key: "phone", value: "555-0101", fits: true },
        { key: "email", value: "p1@example.test", fits: true },
      ],
      history: [{ operation: "update", state: "done", kind: "run", why: { matched: { key: "email" } } }],
    });
    expect((await (await engine(spec)).explain("people", "2")).keys[1]).toEqual({ key: "email", value: null, fits: null });
  });

  test("tells why a record is held, since when, and what can be done; and where its value got stuck", async () => {
    const { shelf, run, engine } = await open();
    const spec = { fields: { source_id: "id", email: "email", gone: { from: "name", do: ["trim", "boolean"] } } };
    shelf.put(person(1));
    await run(spec);
    const opened = await engine(spec);
    const explanation = await opened.explain("people", "1");
    expect(explanation).toMatchObject({
      state: "held",
      undecided: { code: "held/invalid-value", field: "gone", since: expect.any(String), run: "1", actions: ["link", "ignore", "retry"] },
      now: { decision: "held", code: "held/invalid-value" },
    });
    expect(field(explanation, "gone")).toMatchObject({
      fate: "undecided",
      steps: [
        { name: "trim", gives: "Person 1" },
        { name: "boolean", gives: null, trouble: expect.stringContaining("neither yes nor no") },
      ],
    });
    await opened.resolve("people", "1", { action: "ignore", by: "ann" });
    expect(await opened.explain("people", "1")).toMatchObject({ ruling: { ruling: "ignore", by: "ann" }, now: { decision: "filtered" } });
  });

  test("has the record's whole history: each write with its run, who asked for it, and the rules behind it", async () => {
    const { shelf, engine } = await open();
    const opened = await engine();
    shelf.put(person(1));
    await opened.run({ approve: true, by: "ann" });
    shelf.put(person(1, { name: "Renamed" }));
    await opened.run({ approve: true, by: "bob", mode: { kind: "full" } });
    await opened.rollback("2", { by: "cleo" });
    const { history } = await opened.explain("people", "1");
    expect(history).toMatchObject([
      { run: "1", kind: "run", by: "ann", operation: "create", state: "done", before: null },
      { run: "2", kind: "run", by: "bob", operation: "update", before: { name: "Person 1" }, after: { name: "Renamed" } },
      { run: "3", kind: "rollback", by: "cleo", operation: "update", before: { name: "Renamed" }, after: { name: "Person 1" } },
    ]);
  });

  test("of a record that nobody has seen says so", async () => {
    const { engine } = await open();
    expect(await (await engine()).explain("people", "9")).toMatchObject({
      state: "never seen",
      source: null,
      targetId: null,
      now: null,
      keys: [],
      fields: [],
      history: [],
    });
  });
});

describe("an explanation", () => {
  test("is given even while the target's system is away, without what it holds now", async () => {
    const shelf = people().put(person(1));
    api = await makeApiWorld([shelf]);
    const spec = contactsSpec({ fields: { name: "name", email: "email" } });
    await api.run(spec);
    const engine = await api.engine(spec);
    await api.target.close();
    const explanation = await engine.explain("people", "1");
    expect(explanation).toMatchObject({
      state: "linked",
      now: null,
      note: expect.stringContaining("could not be asked what it holds now"),
    });
    expect(field(explanation, "name")).toMatchObject({ wanted: "Person 1", holds: null, fate: "undecided" });
    expect(explanation.history).toHaveLength(1);
  });
});

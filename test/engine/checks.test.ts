import type { RunEvent } from "@fieldwright/core";
import { afterEach, describe, expect, test } from "vitest";
import { deal, dealsShelf, makeTables, places, resultOf, type TableWorld } from "./checks-world.js";
import type { Shelf } from "./shelf.js";

let world: TableWorld;
afterEach(() => world.close());

const open = async (place: (typeof places)[number], shelf: Shelf) => {
  world = await makeTables(place, shelf);
  return world;
};

/** A check, what makes it fail, and what is said then. */
const asked: readonly [string, Record<string, unknown>, string, { about: string; says: string; first: string; found: number }][] = [
  [
    "unique",
    { unique: "email" },
    "update $.deals set email = 'd1@example.test' where id in (3, 4)",
    {
      about: "email is unique in deals",
      says: "1 value stands in several records of deals.",
      first: "d1@example.test stands in 3 records: id 1, 3, 4",
      found: 1,
    },
  ],
  [
    "unique, over several fields",
    { unique: ["title", "owner_id"] },
    "update $.deals set title = 'Deal 1' where id in (2, 3)",
    {
      about: "title and owner_id together are unique in deals",
      says: "1 value stands in several records of deals.",
      first: "Deal 1 + 2 stands in 2 records: id 1, 3",
      found: 1,
    },
  ],
  [
    "not_blank",
    { not_blank: ["title", "email"] },
    "update $.deals set title = ' ', email = null where id = 5; update $.deals set email = '' where id = 6",
    {
      about: "title and email are never blank",
      says: "2 records have blanks, of all 30 linked records looked at.",
      first: "title and email are blank",
      found: 2,
    },
  ],
  [
    "count_close",
    { count_close: "exact" },
    "delete from $.deals where id in (7, 8)",
    {
      about: "both sides have the same records",
      says: "30 in shelf.deals, 28 linked in warehouse.deals. 2 records are on one side only.",
      first: "its target is not there any more",
      found: 2,
    },
  ],
  [
    "sum_close",
    { sum_close: { from: "amount", to: "amount", within: "1%" } },
    "update $.deals set amount = amount - 5 where id = 9",
    {
      about: "amount and amount add up to the same, give or take 1 %",
      says: "amount in shelf.deals adds up to 468, amount in warehouse.deals to 463. They are 5 apart: more than 1 %. 1 linked record differs.",
      first: "9.1 at the source, 4.1 in the target",
      found: 1,
    },
  ],
  [
    "every ... has",
    { every: { amount: { over: 20 } }, has: { owner_id: "present" } },
    "update $.deals set owner_id = null where id in (3, 25)",
    {
      about: "every record of deals that fits a condition fits another",
      says: "1 of 11 records that it is about does not have it, among all 30 linked records.",
      first: "does not have what it should",
      found: 1,
    },
  ],
  [
    "references",
    { references: { owner_id: "owners" } },
    "update $.deals set owner_id = 77 where id = 11",
    {
      about: "owner_id leads to a record of owners",
      says: "1 record points to nothing in owners, of all 30 linked records looked at.",
      first: "owner_id is 77, which is not there",
      found: 1,
    },
  ],
  [
    "sql",
    { about: "no title in capitals", sql: "select id, title from deals where title = upper(title) -- loud" },
    "update $.deals set title = upper(title) where id in (12, 13)",
    { about: "no title in capitals", says: "The query found 2 rows.", first: "id 12, title DEAL 12", found: 2 },
  ],
];

describe.each(places)("a table %s", (place) => {
  test.each(asked)("`%s` passes, and fails by name when the target is not as it should be", async (_, check, damage, expected) => {
    const { engine: make, change } = await open(place, dealsShelf(30));
    const engine = await make([check]);
    const run = await engine.run();
    expect(run).toMatchObject({ status: "done", verified: true, syncs: [{ verified: true, issues: [] }] });
    await change(damage);
    const report = await engine.check();
    const result = resultOf(report, expected.about);
    expect(report.verified).toBe(false);
    expect(result).toMatchObject({ status: "failed", severity: "fail", says: expected.says, found: expected.found });
    expect(result.records[0]?.says).toBe(expected.first);
    const again = await engine.run({ mode: { kind: "full" } });
    expect(again).toMatchObject({ status: "done", verified: false, checks: expect.any(String) });
    expect(again.syncs[0]?.issues).toContainEqual({ check: expected.about, severity: "fail", says: expected.says });
  });

  test("what the built-in checks found is told alike: values lost on their way, twins of a match key, targets that are gone", async () => {
    const shelf = dealsShelf(6);
    const { engine: make, change } = await open(place, shelf);
    await change(`create function $.shorten() returns trigger language plpgsql as $f$
      begin if new.id = 2 then new.title := left(new.title, 4); end if; if new.id = 3 then new.email := null; end if; return new; end $f$`);
    await change("create trigger shorten before insert on $.deals for each row execute function $.shorten()");
    const engine = await make([], { match: { try_in_order: [{ email: "email" }] } });
    const run = await engine.run();
    expect(run).toMatchObject({ status: "done", verified: false });
    expect(run.syncs[0]?.issues).toEqual([
      {
        check: "written values are there",
        severity: "fail",
        says: "Read all 6 written records of run 1 back: 2 do not hold what was written.",
      },
    ]);
    await change("update $.deals set email = 'd1@example.test' where id = 6");
    await change("delete from $.deals where id = 5");
    const report = await engine.check();
    expect(resultOf(report, "match key")).toMatchObject({
      severity: "warn",
      status: "failed",
      says: "1 value stands in several records of deals.",
    });
    expect(resultOf(report, "still there")).toMatchObject({
      severity: "warn",
      status: "failed",
      says: "1 is gone, of all 6 linked records looked for.",
      records: [{ sourceId: "5", targetId: "5", name: "Deal 5" }],
    });
  });
});

describe("the two sides counted", () => {
  const place = "in the store, on a server";

  test("a record without a target is named with why, and a long list is cut while the count is whole", async () => {
    const shelf = dealsShelf(40);
    for (let id = 1; id <= 25; id++) shelf.put(deal(id, { amount: "about ten" }));
    const { engine: make } = await open(place, shelf);
    const engine = await make([{ count_close: "exact" }]);
    const run = await engine.run();
    expect(run).toMatchObject({ status: "partial", verified: false });
    const result = resultOf(await engine.check(), "both sides");
    expect(result).toMatchObject({ found: 25, sides: { source: "40", target: "15", mismatch: "25" } });
    expect(result.records).toHaveLength(20);
    expect(result.records[0]).toMatchObject({ sourceId: "1", targetId: null, name: "Deal 1" });
    expect(result.records[0]?.says).toMatch(/^held for a person: The value for `amount`/);
  });

  test("what the spec leaves out does not count, and what it no longer lets through does, because it is still linked", async () => {
    const shelf = dealsShelf(10).put(deal(1, { kind: "small" }), deal(2, { kind: "small" }), deal(3, { owner: null }));
    const { engine: make } = await open(place, shelf);
    const engine = await make([{ count_close: "exact" }, { sum_close: { from: "amount", to: "amount" } }], {
      from: { connection: "shelf", stream: "deals", only: { kind: "big" } },
      create_if: { owner: "present", otherwise: "skip" },
    });
    expect(await engine.run()).toMatchObject({ verified: true });
    expect(resultOf(await engine.check(), "both sides").says).toBe(
      "7 in shelf.deals (3 more are left out by the spec), 7 linked in warehouse.deals.",
    );
    shelf.put(deal(4, { kind: "small" }), deal(2));
    await engine.run({ mode: { kind: "full" } });
    const result = resultOf(await engine.check(), "both sides");
    expect(result).toMatchObject({ status: "failed", sides: { source: "7", target: "8", mismatch: "1" } });
    expect(result.records).toEqual([
      { sourceId: "4", targetId: "4", name: "Deal 4", says: "is linked, but `only` does not let it through any more" },
    ]);
  });

  test("a target that is kept on purpose when its source is gone is no mismatch", async () => {
    const shelf = dealsShelf(5);
    const { engine: make } = await open(place, shelf);
    const engine = await make([{ count_close: "exact" }, { sum_close: { from: "amount", to: "amount" } }]);
    await engine.run();
    shelf.records.delete("5");
    expect(await engine.run({ mode: { kind: "full" } })).toMatchObject({ verified: true });
  });

  test("a distance within the limit passes, and is told", async () => {
    const { engine: make, change } = await open(place, dealsShelf(100));
    const engine = await make([{ count_close: "5 and 1%" }]);
    await engine.run();
    await change("delete from $.deals where id <= 5");
    expect(resultOf(await engine.check(), "both sides")).toMatchObject({
      status: "passed",
      says: "100 in shelf.deals, 95 linked in warehouse.deals. 5 records are on one side only, within 5 and 1 %.",
    });
    await change("delete from $.deals where id = 6");
    expect(resultOf(await engine.check(), "both sides").status).toBe("failed");
  });

  test("a sum over related records and a value that is no number", async () => {
    const shelf = dealsShelf(3).put(deal(2, { amount: "2.10", kind: "eleven" }));
    const { engine: make } = await open(place, shelf);
    const engine = await make([{ sum_close: { from: "kin.amount", to: "amount" } }], {
      from: { connection: "shelf", stream: "deals", with: { kin: { many: "deals", where: { id: "id" } } } },
    });
    await engine.run();
    expect(resultOf(await engine.check(), "add up")).toMatchObject({
      status: "passed",
      sides: { source: "6.3", target: "6.3", mismatch: "0" },
    });
    shelf.put(deal(4, { amount: "ten" }));
    await engine.run({ mode: { kind: "full" } });
    const result = resultOf(await engine.check(), "add up");
    expect(result.status).toBe("failed");
    expect(result.says).toContain("1 value is no number");
  });
});

describe("what a verdict is", () => {
  const place = "in the store, on a server";

  test("a check of severity `warn` only tells", async () => {
    const { engine: make, change } = await open(place, dealsShelf(3));
    const engine = await make([{ not_blank: "title", severity: "warn" }]);
    await engine.run();
    await change("update $.deals set title = null where id = 2");
    const events: RunEvent[] = [];
    const run = await engine.run({ mode: { kind: "full" }, onEvent: (event) => void events.push(event) });
    const issue = { check: "title is never blank", severity: "warn", says: "1 record has a blank, of all 3 linked records looked at." };
    expect(run).toMatchObject({ status: "done", verified: true, syncs: [{ verified: true, issues: [issue] }] });
    expect(events.filter((event) => event.type === "checked")).toEqual([
      { type: "checked", run: run.run, sync: "deals", verified: true, issues: [issue] },
    ]);
  });

  test("the report is kept, after a run and alone", async () => {
    const { engine: make } = await open(place, dealsShelf(3));
    const engine = await make([{ unique: "email" }]);
    const run = await engine.run();
    const alone = await engine.check();
    const kept = await engine.sql(
      `select report, run, status, says from ${world.name}_state.check_results where about = 'email is unique in deals' order by report`,
    );
    const result = { status: "passed", says: "No two records of deals have the same email." };
    expect(kept).toEqual([
      { report: Number(run.checks), run: Number(run.run), ...result },
      { report: Number(alone.id), run: null, ...result },
    ]);
  });

  test("counts that do not balance, and links that are not one to one, are found", async () => {
    const { engine: make, store } = await open(place, dealsShelf(3));
    const engine = await make([]);
    await engine.run();
    const state = `${world.name}_state`;
    await store.run(`update ${state}.run_syncs set unchanged = 2`);
    await store.run(`alter table ${state}.links drop constraint links_sync_target_id_key`);
    await store.run(`update ${state}.links set target_id = '1' where source_id = '2'`);
    const report = await engine.check();
    expect(report.verified).toBe(false);
    expect(resultOf(report, "balance")).toMatchObject({
      status: "failed",
      says: "3 records read, but 5 accounted for: 2 unchanged, 3 created.",
    });
    expect(resultOf(report, "one to one")).toMatchObject({
      status: "failed",
      found: 1,
      records: [{ targetId: "1", says: "is linked to 1, 2" }],
    });
  });

  test("a plan checks nothing, and a run that wrote nothing looks at nothing of its own", async () => {
    const { engine: make } = await open(place, dealsShelf(3));
    const engine = await make([]);
    await engine.plan();
    expect(await engine.sql(`select count(*)::int as n from ${world.name}_state.checks`)).toEqual([{ n: 0 }]);
    await engine.run();
    const idle = await engine.run();
    const kept = await engine.sql(`select about from ${world.name}_state.check_results where run = $1`.replace("$1", idle.run));
    expect(kept).toEqual([{ about: "the counts balance" }]);
  });

  test("a rollback is read back, and not asked whether both sides have the same records", async () => {
    const { engine: make } = await open(place, dealsShelf(3));
    const engine = await make([{ count_close: "exact" }]);
    const run = await engine.run();
    const back = await engine.rollback(run.run);
    expect(back).toMatchObject({ status: "done", verified: true });
    const kept = await engine.sql(`select about, says from ${world.name}_state.check_results where run = ${back.run} order by about`);
    expect(kept.map((row) => row.about)).not.toContain("both sides have the same records");
    expect(kept).toContainEqual({
      about: "written values are there",
      says: `Read all 3 written records of run ${back.run} back: all hold what was written.`,
    });
  });
});

describe("values read back", () => {
  const place = "in the store, on a server";

  test("what people changed since the run is theirs, and no mismatch; a value put back to what it was is", async () => {
    const shelf = dealsShelf(3);
    const { engine: make, change } = await open(place, shelf);
    const engine = await make([]);
    await engine.run();
    shelf.put(deal(1, { title: "New 1" }), deal(2, { title: "New 2" }));
    await engine.run({ mode: { kind: "full" } });
    await change("update $.deals set title = 'typed' where id = 1");
    expect(resultOf(await engine.check(), "written values")).toMatchObject({
      status: "passed",
      says: "Read all 2 written records of run 2 back: all hold what was written. 1 was changed or deleted since by somebody else.",
    });
    await change("update $.deals set title = 'Deal 2' where id = 2");
    const result = resultOf(await engine.check(), "written values");
    expect(result).toMatchObject({ status: "failed", found: 1 });
    expect(result.records[0]).toEqual({
      sourceId: "2",
      targetId: "2",
      name: "Deal 2",
      says: "title was written as New 2, and is Deal 2",
    });
  });

  test("a protected field belongs to people once it is written", async () => {
    const { engine: make, change } = await open(place, dealsShelf(3));
    const engine = await make([], { protect: { set_once: ["title"], keep_human_edits: ["email"] } });
    await engine.run();
    await change("update $.deals set title = null, email = null where id = 1");
    expect(resultOf(await engine.check(), "written values").status).toBe("passed");
  });

  test("a protected field that the target dropped as it was written is a mismatch all the same", async () => {
    const { engine: make, change } = await open(place, dealsShelf(2));
    await change(
      "create function $.drop() returns trigger language plpgsql as $f$ begin new.title := null; return new; end $f$; create trigger lose before insert on $.deals for each row execute function $.drop()",
    );
    const engine = await make([], { protect: { set_once: ["title"] } });
    expect(await engine.run()).toMatchObject({ status: "done", verified: false });
  });
});

describe("a check that cannot be carried out is an issue, and never a pass", () => {
  const place = "in another Postgres";

  test.each([
    ["is wrong", "select nothing_such from deals", /no column|does not exist|not what it was/],
    ["would write", "select setval('counter', 5)", /read-only/],
    ["takes too long", "select pg_sleep(20)", /^It could not be checked: the database stopped the query: it took longer than 0.1 s\.$/],
  ])("a query that %s", async (_, sql, why) => {
    const { engine: make, change } = await open(place, dealsShelf(3));
    await change("create sequence $.counter");
    const engine = await make([{ about: "the query", sql }, { not_blank: "title" }]);
    await (await make([])).run();
    const report = await engine.check({ sqlTimeoutMs: 100 });
    expect(report.verified).toBe(false);
    const result = resultOf(report, "the query");
    expect(result.status).toBe("not checked");
    expect(result.says).toMatch(why);
    expect(resultOf(report, "title").status).toBe("passed");
    expect(await world.database.query(`select last_value from ${world.name}.counter`)).toEqual([{ last_value: 1 }]);
  });

  test("a column whose values cannot be compared", async () => {
    const { engine: make, change } = await open(place, dealsShelf(3));
    await change("alter table $.deals add column extra json default '{}'");
    const engine = await make([{ unique: "extra" }]);
    const run = await engine.run();
    expect(run).toMatchObject({ status: "done", verified: false });
    expect(run.syncs[0]?.issues?.[0]?.says).toMatch(/^It could not be checked: .*json/);
  });

  test("a sync that has never run is not said to be right", async () => {
    const { engine: make } = await open(place, dealsShelf(3));
    const engine = await make([]);
    expect(resultOf(await engine.check(), "balance")).toMatchObject({
      status: "not checked",
      severity: "warn",
      says: "It could not be checked: this sync has not run yet.",
    });
  });
});

import type { RunEvent } from "@fieldwright/core";
import { afterEach, describe, expect, test } from "vitest";
import { outage, Shelf } from "./shelf.js";
import { copySpec, kinds, makeWorld, type World } from "./world.js";

const people = () =>
  new Shelf(
    "people",
    { id: { type: "integer" }, name: { type: "text" }, office: { type: "text" }, boss: { type: "integer" }, updated: { type: "datetime" } },
    { pageSize: 10, cursor: true },
  );
const person = (id: number, more: Record<string, unknown> = {}) => ({
  id,
  name: `Person ${id}`,
  office: `O${id % 3}`,
  updated: `2026-01-01T00:00:${String(id % 60).padStart(2, "0")}.000Z`,
  ...more,
});
const many = (count: number) => Array.from({ length: count }, (_, index) => person(index + 1));
const peopleTable = "id bigint primary key, name text, office text, boss_id bigint, seen boolean, office_name text";

describe.each(kinds)("on %s", (_, kind) => {
  let world: World;
  afterEach(() => world.close());

  const open = async (...shelves: Shelf[]) => {
    world = await makeWorld(kind, shelves);
    await world.database.run(`create table ${world.schema}.people (${peopleTable})`);
    return world;
  };

  test("a first run creates every record, and a second finds all unchanged", async () => {
    const shelf = people().put(...many(25));
    await open(shelf);
    const engine = await world.engine([copySpec("people", { name: "name", office: "office" })]);
    const first = await engine.run();
    expect(first).toMatchObject({
      status: "done",
      streams: [{ fetched: 25, inserted: 25, unchanged: 0 }],
      syncs: [{ read: 25, created: 25 }],
    });
    const second = await engine.run({ mode: { kind: "full" } });
    expect(second).toMatchObject({
      status: "done",
      streams: [{ fetched: 25, inserted: 0, updated: 0, unchanged: 25 }],
      syncs: [{ read: 25, unchanged: 25, created: 0 }],
    });
    expect((await world.rows("people")).map((row) => row.name)).toEqual(many(25).map((one) => one.name));
  });

  test("a changed record is updated in its changed fields only, and the trail has before and after", async () => {
    const shelf = people().put(...many(3));
    await open(shelf);
    const engine = await world.engine([copySpec("people", { name: "name", office: "office" })]);
    await engine.run();
    await world.database.run(`update ${world.schema}.people set office = 'typed by a person' where id = 2`);
    shelf.put(person(2, { name: "Renamed", updated: "2026-02-01T00:00:00.000Z" }));
    const report = await engine.run();
    expect(report.syncs[0]).toMatchObject({ read: 2, updated: 1, unchanged: 1 });
    const explained = await engine.explain("people", "2");
    expect(explained.history.at(-1)).toMatchObject({
      operation: "update",
      before: { name: "Person 2", office: "typed by a person" },
      after: { name: "Renamed", office: "O2" },
    });
  });

  test("the cursor takes the boundary again and never moves back", async () => {
    const shelf = people().put(...many(5));
    await open(shelf);
    const engine = await world.engine([copySpec("people", { name: "name" })]);
    await engine.run();
    await engine.run();
    expect(shelf.requests[1]?.since).toBe("2026-01-01T00:00:04.000Z"); // the highest value less a second of overlap
    await engine.run();
    expect(shelf.requests[2]?.since).toBe("2026-01-01T00:00:04.000Z");
  });

  test("a window of days does not move the cursor", async () => {
    const shelf = people().put(...many(5));
    await open(shelf);
    const engine = await world.engine([copySpec("people", { name: "name" })]);
    await engine.run();
    shelf.put(person(9, { updated: "2026-03-05T00:00:00.000Z" }));
    await engine.run({ mode: { kind: "window", from: "2026-03-01", to: "2026-03-31" } });
    await engine.run();
    expect(shelf.requests.at(-1)?.since).toBe("2026-01-01T00:00:04.000Z");
  });

  test("a page that fails is written down, the run goes on as partial, and the next run reads it again", async () => {
    const shelf = people().put(...many(35));
    shelf.beforePage = (page) => {
      if (page === 1) throw outage();
    };
    await open(shelf);
    const engine = await world.engine([copySpec("people", { name: "name" })]);
    const events: RunEvent[] = [];
    const first = await engine.run({ onEvent: (event) => events.push(event) });
    expect(first).toMatchObject({ status: "partial", streams: [{ status: "partial", fetched: 25 }] });
    expect(events.filter((event) => event.type === "page-failed")).toHaveLength(1);
    shelf.beforePage = () => undefined;
    const second = await engine.run();
    expect(second).toMatchObject({ status: "done", streams: [{ fetched: 35, inserted: 10 }] });
    expect(await world.rows("people")).toHaveLength(35);
  });

  test("a stream that fails does not stop the others", async () => {
    const shelf = people().put(...many(5));
    const pets = new Shelf("pets", { id: { type: "integer" }, name: { type: "text" } }).put({ id: 1, name: "Rex" });
    shelf.beforePage = () => {
      throw outage("stop-stream");
    };
    await open(shelf, pets);
    await world.database.run(`create table ${world.schema}.pets (id bigint primary key, name text)`);
    const engine = await world.engine([copySpec("people", { name: "name" }), copySpec("pets", { name: "name" })]);
    const report = await engine.run();
    expect(report.status).toBe("partial");
    expect(report.streams).toMatchObject([
      { stream: "shelf.people", status: "failed", error: "The shelf is out of reach." },
      { stream: "shelf.pets", status: "done", inserted: 1 },
    ]);
    expect(await world.rows("pets")).toHaveLength(1);
  });

  test("a missing reference waits, and comes back by itself when what it waits for is linked", async () => {
    const shelf = people().put(person(1, { boss: 2 }), person(2));
    const pets = new Shelf("pets", { id: { type: "integer" }, owner: { type: "integer" } }).put({ id: 1, owner: 1 }, { id: 2, owner: 77 });
    await open(shelf, pets);
    await world.database.run(
      `create table ${world.schema}.pets (id bigint primary key, owner_id bigint references ${world.schema}.people)`,
    );
    const specs = [
      copySpec("pets", { owner_id: { ref: "people", id: "owner", when_none: "wait" } }),
      copySpec("people", { name: "name", boss_id: { ref: "people", id: "boss", when_none: "wait" } }),
    ];
    const engine = await world.engine(specs);
    const first = await engine.run();
    expect(first.syncs).toMatchObject(
      [
        { sync: "people", read: 3, waiting: 1, created: 2 },
        { sync: "pets", read: 2, created: 1, waiting: 1 },
      ].map(({ read: _, ...rest }) => rest),
    );
    expect(await world.rows("people")).toMatchObject([
      { id: 1, boss_id: 2 },
      { id: 2, boss_id: null },
    ]);
    shelf.put(person(77, { updated: "2026-02-01T00:00:00.000Z" }));
    const second = await engine.run();
    expect(second.syncs.find((one) => one.sync === "pets")).toMatchObject({ created: 1, waiting: 0 });
    expect(await world.rows("pets")).toHaveLength(2);
  });

  test("a related record that changes has its parents mapped again", async () => {
    const shelf = people().put(...many(6));
    const offices = new Shelf("offices", { id: { type: "text" }, title: { type: "text" } }).put(
      { id: "O0", title: "North" },
      { id: "O1", title: "East" },
      { id: "O2", title: "West" },
    );
    await open(shelf, offices);
    const spec = copySpec("people", { name: "name", office_name: "place.title" });
    const engine = await world.engine([
      { ...spec, from: { connection: "shelf", stream: "people", with: { place: { one: "offices", where: { id: "office" } } } } },
    ]);
    await engine.run();
    offices.put({ id: "O1", title: "Far East" });
    const report = await engine.run();
    expect(report.syncs[0]).toMatchObject({ updated: 2 });
    expect((await world.rows("people")).map((row) => row.office_name)).toEqual(["Far East", "West", "North", "Far East", "West", "North"]);
  });

  test("a related record that a run of another sync alone has landed is not overlooked", async () => {
    const shelf = people().put(...many(6));
    const offices = new Shelf("offices", { id: { type: "text" }, title: { type: "text" } }).put(
      { id: "O0", title: "North" },
      { id: "O1", title: "East" },
    );
    await open(shelf, offices);
    await world.database.run(`create table ${world.schema}.offices (id text primary key, title text)`);
    const spec = copySpec("people", { name: "name", office_name: "place.title" });
    const from = { connection: "shelf", stream: "people", with: { place: { one: "offices", where: { id: "office" } } } };
    const engine = await world.engine([{ ...spec, from }, copySpec("offices", { title: "title" })]);
    await engine.run();
    offices.put({ id: "O1", title: "Far East" });
    await engine.run({ syncs: ["offices"] });
    expect((await engine.run({ syncs: ["people"] })).syncs[0]).toMatchObject({ updated: 2 });
  });

  test("a related record is found by a field within a field", async () => {
    const shelf = people().put(...many(2));
    const pets = new Shelf("pets", {
      id: { type: "integer" },
      of: { type: "object", fields: { owner: { type: "integer" } } },
      name: { type: "text" },
    });
    pets.put({ id: 1, of: { owner: 2 }, name: "Rex" });
    await open(shelf, pets);
    const spec = copySpec("people", { name: "name", office_name: { join: ["pets.name"], with: "+" } });
    const from = { connection: "shelf", stream: "people", with: { pets: { many: "pets", where: { "of.owner": "id" } } } };
    const engine = await world.engine([{ ...spec, from }]);
    await engine.run();
    expect((await world.rows("people")).map((row) => row.office_name)).toEqual([null, "Rex"]);
    pets.put({ id: 1, of: { owner: 1 }, name: "Rex" });
    await engine.run();
    expect((await world.rows("people"))[0]?.office_name).toBe("Rex");
  });

  test("a related record that moved to another parent, or is gone, has both parents mapped again", async () => {
    const shelf = people().put(...many(3));
    const pets = new Shelf("pets", { id: { type: "integer" }, owner: { type: "integer" }, name: { type: "text" } });
    pets.put({ id: 1, owner: 1, name: "Rex" }, { id: 2, owner: 2, name: "Tom" });
    await open(shelf, pets);
    const spec = copySpec("people", { name: "name", office_name: { join: ["pets.name"], with: "+" } });
    const from = { connection: "shelf", stream: "people", with: { pets: { many: "pets", where: { owner: "id" } } } };
    const engine = await world.engine([{ ...spec, from }]);
    const names = async () => (await world.rows("people")).map((row) => row.office_name);
    await engine.run();
    expect(await names()).toEqual(["Rex", "Tom", null]);
    pets.put({ id: 1, owner: 3, name: "Rex" });
    const moved = await engine.run();
    expect(moved.syncs[0]).toMatchObject({ read: 3 }); // each once: the two parents, and the boundary of the cursor
    expect(await names()).toEqual(["Rex", "Tom", "Rex"]); // a blank clears nothing, so the old value stays
    pets.records.delete("2");
    const gone = await engine.run({ mode: { kind: "full" } });
    expect(gone.streams.find((one) => one.stream === "shelf.pets")).toMatchObject({ deleted: 1 });
    expect(gone.syncs[0]).toMatchObject({ read: 3 }); // all three, with the one who lost a pet
  });

  test("a changed spec decides the landed records again, without asking the vendor", async () => {
    const shelf = people().put(...many(12));
    await open(shelf);
    await (await world.engine([copySpec("people", { name: "name" })])).run();
    const pages = shelf.pagesRead;
    shelf.records.clear();
    shelf.beforePage = () => {
      throw outage("stop-stream");
    };
    const report = await (await world.engine([copySpec("people", { name: { from: "name", do: ["upper"] } })])).run();
    expect(report.syncs[0]).toMatchObject({ updated: 12 });
    expect(shelf.pagesRead).toBe(pages);
    expect((await world.rows("people"))[0]?.name).toBe("PERSON 1");
  });

  test("absence means deletion only after a full listing that proves complete", async () => {
    const shelf = people().put(...many(25));
    await open(shelf);
    const engine = await world.engine([copySpec("people", { name: "name" }, { when_source_deleted: "remove" })]);
    await engine.run();
    shelf.records.delete("7");
    shelf.provesComplete = false;
    expect((await engine.run({ mode: { kind: "full" } })).streams[0]).toMatchObject({ deleted: 0 });
    shelf.provesComplete = true;
    shelf.beforePage = (page) => {
      if (page === 0) throw outage();
    };
    expect((await engine.run({ mode: { kind: "full" } })).streams[0]).toMatchObject({ deleted: 0, status: "partial" });
    shelf.beforePage = () => undefined;
    const proved = await engine.run({ mode: { kind: "full" } });
    expect(proved).toMatchObject({ streams: [{ deleted: 1 }], syncs: [{ deleted: 1 }] });
    expect((await world.rows("people")).some((row) => row.id === 7)).toBe(false);
  });

  test("a source that is suddenly empty deletes nothing", async () => {
    const shelf = people().put(...many(5));
    await open(shelf);
    const engine = await world.engine([copySpec("people", { name: "name" }, { when_source_deleted: "remove" })]);
    await engine.run();
    shelf.records.clear();
    expect(await engine.run({ mode: { kind: "full" } })).toMatchObject({ streams: [{ deleted: 0 }], syncs: [{ deleted: 0 }] });
    expect(await world.rows("people")).toHaveLength(5);
  });

  test("a record that came back is taken up again under its old link", async () => {
    const shelf = people().put(...many(5));
    await open(shelf);
    const engine = await world.engine([copySpec("people", { name: "name" }, { when_source_deleted: "keep" })]);
    await engine.run();
    const kept = shelf.records.get("3");
    shelf.records.delete("3");
    await engine.run({ mode: { kind: "full" } });
    shelf.put({ ...kept, id: 3, name: "Back" });
    expect((await engine.run({ mode: { kind: "full" } })).syncs[0]).toMatchObject({ updated: 1, created: 0 });
    expect(await world.rows("people")).toHaveLength(5);
  });

  test("a plan tells what a run would do, writes to no target, and the run then does it", async () => {
    const shelf = people().put(...many(12), person(13, { boss: 1 }));
    await open(shelf);
    const engine = await world.engine([copySpec("people", { name: "name", boss_id: { ref: "people", id: "boss", when_none: "blank" } })]);
    const plan = await engine.plan();
    expect(plan.report.syncs[0]).toMatchObject({ created: 13 });
    expect(plan.changes[0]).toMatchObject({ operation: "create", fields: [{ field: "id", before: null }, { field: "name" }] });
    expect(await world.rows("people")).toEqual([]);
    const run = await engine.run();
    expect(run.syncs[0]).toMatchObject({ created: 13 });
    expect(await world.rows("people")).toHaveLength(13);
  });

  test("two records that fit one target: the second is held, and the counts balance", async () => {
    const shelf = people().put(person(1, { name: "Same" }), person(2, { name: "Same" }), person(3, { name: "Other" }));
    await open(shelf);
    const spec = { ...copySpec("people", { name: "name" }), match: { try_in_order: [{ name: "name" }] } };
    const engine = await world.engine([spec]);
    const report = await engine.run();
    expect(report.syncs[0]).toMatchObject({ read: 3, created: 2, held: 1 });
    expect((await engine.explain("people", "2")).reason).toContain("Source record 1");
  });

  test("a run that is asked to stop finishes its page and the next goes on there", async () => {
    const shelf = people().put(...many(95));
    await open(shelf);
    const stop = new AbortController();
    shelf.beforePage = (page) => {
      if (page === 4) stop.abort();
    };
    const engine = await world.engine([copySpec("people", { name: "name" })]);
    const first = await engine.run({ signal: stop.signal });
    expect(first.status).toBe("stopped");
    const read = shelf.pagesRead;
    const second = await engine.run();
    expect(second.status).toBe("done");
    expect(shelf.pagesRead - read).toBeLessThan(10);
    expect(await world.rows("people")).toHaveLength(95);
    expect((await world.database.query(`select count(*) as n from ${world.schema}_state.links`))[0]).toEqual({ n: 95 });
  });

  test("one run of a sync at a time", async () => {
    const shelf = people().put(...many(30));
    await open(shelf);
    const engine = await world.engine([copySpec("people", { name: "name" })]);
    let second: unknown;
    shelf.beforePage = async (page) => {
      if (page === 1) second = await engine.run().catch((error: unknown) => error);
    };
    expect((await engine.run()).status).toBe("done");
    expect(second).toMatchObject({ code: "run/busy", hint: expect.stringContaining("Wait") });
  });

  test("two first runs at once do not stumble over each other's tables", async () => {
    const shelf = people().put(...many(30));
    const pets = new Shelf("pets", { id: { type: "integer" }, name: { type: "text" } }).put({ id: 1, name: "Rex" });
    await open(shelf, pets);
    await world.database.run(`create table ${world.schema}.pets (id bigint primary key, name text)`);
    const engine = await world.engine([copySpec("people", { name: "name" }), copySpec("pets", { name: "name" })]);
    const both = await Promise.all([engine.run({ syncs: ["people"] }), engine.run({ syncs: ["pets"] })]);
    expect(both.map((one) => one.status)).toEqual(["done", "done"]);
  });

  test("a process that slept past its lease cannot write", async () => {
    const shelf = people().put(...many(30));
    await open(shelf);
    shelf.beforePage = (page) => {
      if (page === 2) taken = world.database.run(`update ${world.schema}_state.leases set token = token + 1, owner = 'elsewhere:1:x'`);
    };
    let taken: Promise<number> | undefined;
    const engine = await world.engine([copySpec("people", { name: "name" })]);
    await expect(engine.run()).rejects.toMatchObject({ code: "run/fenced" });
    await taken;
    expect((await world.rows("people")).length).toBeLessThan(30);
  });

  test("ids with quotes, a megabyte of text and a value that does not fit each keep to themselves", async () => {
    const odd = new Shelf("odd", { id: { type: "text" }, note: { type: "text" }, size: { type: "text" } });
    odd.put(
      { id: `it's "odd" \\ {x},`, note: "x".repeat(1_000_000), size: "5" },
      { id: "b", note: "fine", size: "not a number" },
      { id: "c", note: "a note that is too long for its column" },
    );
    await open(odd);
    await world.database.run(
      `create table ${world.schema}.odd (id text primary key, note text check (note not like 'a note that%'), size integer)`,
    );
    const engine = await world.engine([copySpec("odd", { note: "note", size: { from: "size", do: ["integer"] } })]);
    const report = await engine.run();
    expect(report.syncs[0]).toMatchObject({ read: 3, created: 1, held: 1, failed: 1 });
    expect(await world.rows("odd")).toMatchObject([{ id: `it's "odd" \\ {x},`, size: 5 }]);
    expect((await engine.explain("odd", "b")).reason).toMatch(/size|number/);
    expect((await engine.status())[0]).toMatchObject({ linked: 1, held: 1, failed: 1 });
  });

  test("a schema that drifted lands as it is, and says so when the target cannot take it", async () => {
    const shelf = people().put(...many(3));
    await open(shelf);
    const engine = await world.engine([copySpec("people", { name: "name", boss_id: "boss" })]);
    await engine.run();
    shelf.put(person(2, { boss: { id: 1, was: "a number once" }, updated: "2026-02-01T00:00:00.000Z" }));
    const report = await engine.run();
    expect(report.syncs[0]).toMatchObject({ held: 1 });
    expect((await engine.explain("people", "2")).reason).toContain("boss");
  });
});

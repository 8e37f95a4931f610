import { afterEach, expect, test } from "vitest";
import { type Desk, openDesk, person } from "./desk.js";

let desk: Desk;
afterEach(() => desk.world.close());

const insert = (id: number, email: string, name = `By hand ${id}`) =>
  desk.world.database.run(`insert into ${desk.world.schema}.contacts (id, name, email) values ($1, $2, $3)`, [id, name, email]);

/** One person, whom two contacts fit. */
async function twoFit(): Promise<void> {
  desk = await openDesk();
  await insert(101, "p1@example.test");
  await insert(102, "p1@example.test");
  desk.shelf.put(person(1));
  expect((await desk.run()).syncs[0]).toMatchObject({ held: 1, updated: 0 });
}

test("two that fit are held with both named, and linking to one is remembered: nobody is asked again", async () => {
  await twoFit();
  const engine = await desk.engine();
  expect(await engine.held()).toMatchObject([
    {
      sync: "people",
      sourceId: "1",
      code: "held/several-matches",
      reason: expect.stringMatching(/101.*102/),
      actions: ["approve", "link", "ignore", "retry"],
    },
  ]);
  await engine.resolve("people", "1", { action: "link", targetId: "102" });
  expect((await desk.run()).syncs[0]).toMatchObject({ updated: 1, held: 0 });
  expect((await desk.contacts()).map((row) => row.name)).toEqual(["By hand 101", "Person 1"]);
  desk.shelf.put(person(1, { name: "Changed" }));
  expect((await desk.run()).syncs[0]).toMatchObject({ updated: 1, held: 0 });
});

test("an approval makes a new record, whatever seems to fit", async () => {
  await twoFit();
  const engine = await desk.engine();
  await engine.resolve("people", "1", { action: "approve", by: "somebody" });
  expect((await desk.run()).syncs[0]).toMatchObject({ created: 1, held: 0 });
  expect(await desk.contacts()).toHaveLength(3);
});

test("an ignored record is left alone, even when it changes, until it is tried again", async () => {
  await twoFit();
  const engine = await desk.engine();
  await engine.resolve("people", "1", { action: "ignore", by: "somebody" });
  expect(await engine.held()).toEqual([]);
  desk.shelf.put(person(1, { email: "only-me@example.test" }));
  expect((await desk.run()).syncs[0]).toMatchObject({ filtered: 1, created: 0, held: 0 });
  expect(await desk.world.database.query(`select source_id, ruling, by from ${desk.world.schema}_state.resolved`)).toEqual([
    { source_id: "1", ruling: "ignore", by: "somebody" },
  ]);
  await engine.resolve("people", "1", { action: "retry" });
  expect((await desk.run()).syncs[0]).toMatchObject({ created: 1 });
});

test("a link whose target is gone is held; it can be linked anew, or made anew", async () => {
  desk = await openDesk();
  desk.shelf.put(person(1), person(2));
  await desk.run();
  await desk.world.database.run(`delete from ${desk.world.schema}.contacts`);
  await insert(50, "other@example.test");
  desk.shelf.put(person(1, { name: "A" }), person(2, { name: "B" }));
  expect((await desk.run()).syncs[0]).toMatchObject({ held: 2 });
  const engine = await desk.engine();
  expect((await engine.held()).map((one) => one.code)).toEqual(["held/link-broken", "held/link-broken"]);
  await engine.resolve("people", "1", { action: "link", targetId: "50" });
  await engine.resolve("people", "2", { action: "approve" });
  expect((await desk.run()).syncs[0]).toMatchObject({ updated: 1, created: 1, held: 0 });
  expect((await desk.contacts()).map((row) => row.name).sort()).toEqual(["A", "B"]);
});

test("a second source record for one target is held, and can be linked to another", async () => {
  desk = await openDesk();
  await insert(7, "p1@example.test");
  await insert(8, "spare@example.test");
  desk.shelf.put(person(1), person(2, { email: "P1@Example.test " }));
  const spec = { fields: { source_id: "id", name: "name", email: { from: "email", do: ["email"] } } };
  expect((await desk.run(spec)).syncs[0]).toMatchObject({ updated: 1, held: 1 });
  const engine = await desk.engine(spec);
  const [held] = await engine.held();
  expect(held).toMatchObject({ code: "held/target-taken" });
  await expect(engine.resolve("people", held?.sourceId ?? "", { action: "link", targetId: "7" })).rejects.toMatchObject({
    code: "held/target-taken",
  });
  await expect(engine.resolve("people", held?.sourceId ?? "", { action: "link", targetId: "999" })).rejects.toMatchObject({
    code: "held/no-target",
  });
  await expect(engine.resolve("people", held?.sourceId ?? "", { action: "approve" })).rejects.toMatchObject({
    code: "held/not-approvable",
  });
  await engine.resolve("people", held?.sourceId ?? "", { action: "link", targetId: "8" });
  expect((await desk.run(spec)).syncs[0]).toMatchObject({ updated: 1, held: 0 });
});

test("a value that cannot be converted holds its record, and the mended value releases it by itself", async () => {
  desk = await openDesk();
  desk.shelf.put(person(1, { email: "not an address" }));
  const spec = { fields: { source_id: "id", email: { from: "email", do: ["email"] } } };
  expect((await desk.run(spec)).syncs[0]).toMatchObject({ held: 1 });
  const engine = await desk.engine(spec);
  expect(await engine.held()).toMatchObject([{ code: "held/invalid-value", field: "email" }]);
  await expect(engine.resolve("people", "1", { action: "approve" })).rejects.toMatchObject({ code: "held/not-approvable" });
  desk.shelf.put(person(1));
  expect((await desk.run(spec)).syncs[0]).toMatchObject({ created: 1, held: 0 });
  await expect(engine.resolve("people", "77", { action: "retry" })).rejects.toMatchObject({ code: "held/unknown-record" });
});

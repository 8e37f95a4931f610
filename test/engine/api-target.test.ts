import type { MemoryTargetOptions } from "@fieldwright/connector-kit/testing";
import { afterEach, describe, expect, test } from "vitest";
import { contactsSpec } from "./api-engine.js";
import { type ApiWorld, makeApiWorld } from "./api-world.js";
import { Shelf } from "./shelf.js";

let world: ApiWorld;
afterEach(() => world.close());

const shelf = (pageSize = 20) =>
  new Shelf("people", { id: { type: "integer" }, name: { type: "text" }, email: { type: "text" }, note: { type: "text" } }, { pageSize });
const person = (id: number, more: Record<string, unknown> = {}) => ({
  id,
  name: `Person ${id}`,
  email: `p${id}@example.test`,
  note: null,
  ...more,
});
const many = (count: number, more: Record<string, unknown> = {}) => Array.from({ length: count }, (_, index) => person(index + 1, more));

async function start(people: Shelf, options: MemoryTargetOptions = {}): Promise<ApiWorld> {
  world = await makeApiWorld([people], options);
  return world;
}
const names = () => world.target.world.holds("contacts").map((contact) => contact.name);
/** The request goes lost on its way, so nothing was done; the client sees what it sees when the answer goes lost. */
const loseRequest = (operation: string) => world.target.faults.next("reset", 1, (path) => path.endsWith(`/${operation}`));

describe("a create without an answer", () => {
  test("is found again by its key, linked, and in the trail as done", async () => {
    await start(shelf().put(...many(3)));
    world.target.loseAnswers();
    expect((await world.run(contactsSpec())).syncs).toMatchObject([{ failed: 3, created: 0 }]);
    expect(await world.trail()).toEqual(["create 1 intended", "create 2 intended", "create 3 intended"]);
    const again = await world.run(contactsSpec());
    expect(again).toMatchObject({ status: "done", syncs: [{ created: 0, failed: 0 }] });
    expect(names()).toEqual(["Person 1", "Person 2", "Person 3"]);
    expect(await world.trail()).toEqual(["create 1 done c1", "create 2 done c2", "create 3 done c3"]);
    expect(await world.links()).toEqual({ 1: "c1", 2: "c2", 3: "c3" });
    expect(await world.pending()).toEqual([]);
  });

  test("that never arrived is refused in the trail and sent again, where the target shows writes at once", async () => {
    await start(shelf().put(person(1)));
    loseRequest("create");
    await world.run(contactsSpec());
    expect((await world.run(contactsSpec())).syncs).toMatchObject([{ created: 1 }]);
    expect(await world.trail()).toEqual(["create 1 refused", "create 1 done c1"]);
    expect(names()).toEqual(["Person 1"]);
  });

  test("is not sent again while the target may not show it yet", async () => {
    await start(shelf().put(person(1)), { oddities: { lag: 3 } });
    world.target.loseAnswers();
    await world.run(contactsSpec());
    for (let look = 1; look <= 3; look++) {
      expect((await world.run(contactsSpec())).syncs).toMatchObject([{ created: 0, failed: 1 }]);
      expect(await world.pending()).toEqual(["1 failed doubt/not-shown-yet"]);
    }
    expect((await world.run(contactsSpec())).syncs).toMatchObject([{ created: 0, failed: 0 }]);
    expect([names(), await world.trail(), await world.links()]).toEqual([["Person 1"], ["create 1 done c1"], { 1: "c1" }]);
  });

  test("that never arrived is sent again once the target would show it", async () => {
    await start(shelf().put(person(1)), { oddities: { lag: 1 } });
    loseRequest("create");
    await world.run(contactsSpec());
    expect((await world.run(contactsSpec())).syncs).toMatchObject([{ created: 0, failed: 1 }]);
    await world.anHourPasses();
    expect((await world.run(contactsSpec())).syncs).toMatchObject([{ created: 1 }]);
    expect([names(), await world.trail()]).toEqual([["Person 1"], ["create 1 refused", "create 1 done c1"]]);
  });

  test("is held for a person where it has no key to be found by, and stays so whatever changes", async () => {
    const people = shelf().put(person(1, { email: null }));
    await start(people);
    world.target.loseAnswers();
    await world.run(contactsSpec());
    expect((await world.run(contactsSpec())).syncs).toMatchObject([{ created: 0, held: 1 }]);
    await world.anHourPasses();
    people.put(person(1, { email: null, name: "Renamed" }));
    expect((await world.run(contactsSpec())).syncs).toMatchObject([{ created: 0, held: 1 }]);
    people.put(person(1, { email: "at-last@example.test" }));
    expect((await world.run(contactsSpec())).syncs).toMatchObject([{ created: 0, held: 1 }]);
    expect(await world.pending()).toEqual(["1 held held/may-be-created"]);
    expect(names()).toEqual(["Person 1"]);
    const [{ reason } = { reason: "" }] = await world.database.query<{ reason: string }>(`select reason from ${world.name}_state.held`);
    expect(reason).toContain("look for it");
  });

  test("is found by what was sent, though its key has changed at the source since", async () => {
    const people = shelf().put(person(1));
    await start(people);
    world.target.loseAnswers();
    await world.run(contactsSpec());
    people.put(person(1, { email: "new@example.test" }));
    expect((await world.run(contactsSpec())).syncs).toMatchObject([{ created: 0, updated: 1 }]);
    expect(world.target.world.holds("contacts")).toMatchObject([{ id: "c1", email: "new@example.test" }]);
    expect(await world.trail()).toEqual(["create 1 done c1", "update 1 done c1"]);
  });

  test("is removed again when its source is gone by then", async () => {
    const people = shelf().put(...many(3));
    await start(people);
    world.target.loseAnswers();
    const spec = contactsSpec({ when_source_deleted: "remove" });
    await world.run(spec);
    people.records.delete("2");
    await world.run(spec);
    await world.run(spec);
    expect(names()).toEqual(["Person 1", "Person 3"]);
    expect(await world.trail()).toEqual(["create 1 done c1", "create 2 done c2", "create 3 done c3", "delete 2 done c2"]);
  });

  test("is not sent again when its source changes within the same run", async () => {
    const people = shelf(2).put(...many(6));
    await start(people, { oddities: { lag: 9 } });
    world.target.loseAnswers();
    // The record moves to the end of the listing while it is read, as after a change: it is read twice.
    people.beforePage = (page) => {
      if (page !== 2) return;
      people.records.delete("1");
      people.put(person(1, { name: "Changed" }), person(7), person(8));
      people.beforePage = () => undefined;
    };
    await world.run(contactsSpec());
    expect(names().filter((name) => name === "Person 1" || name === "Changed")).toEqual(["Person 1"]);
    for (let look = 0; look < 9; look++) await world.run(contactsSpec());
    expect(names().filter((name) => name === "Person 1" || name === "Changed")).toEqual(["Changed"]);
    expect(new Set(names()).size).toBe(names().length);
  });

  test("leaves its record to itself where several fit by now", async () => {
    await start(shelf().put(person(1)));
    world.target.loseAnswers();
    await world.run(contactsSpec());
    world.target.add("contacts", { id: "c90", name: "Person 1", email: "p1@example.test" });
    expect((await world.run(contactsSpec())).syncs).toMatchObject([{ created: 0, held: 1 }]);
    expect(await world.pending()).toEqual(["1 held held/several-matches"]);
  });

  test("finds each its own where the key is shared and takes only what nobody has", async () => {
    const people = shelf().put(...many(3, { email: "shared@example.test", name: "Same" }));
    await start(people, { batchSize: 2 });
    const spec = contactsSpec({ match: { try_in_order: [{ email: "email", unlinked_only: true }] } });
    world.target.loseAnswers();
    await world.run(spec);
    await world.run(spec);
    expect(names()).toHaveLength(3);
    expect(new Set(Object.values(await world.links())).size).toBe(3);
  });

  test("passes over records that belong to others", async () => {
    const people = shelf().put(person(1, { email: "shared@example.test", name: "Same" }));
    await start(people);
    const spec = contactsSpec({ match: { try_in_order: [{ email: "email", unlinked_only: true }] } });
    await world.run(spec);
    people.put(person(2, { email: "shared@example.test", name: "Same" }));
    loseRequest("create");
    await world.run(spec);
    await world.run(spec);
    expect(await world.links()).toEqual({ 1: "c1", 2: "c2" });
  });

  test("is settled even when its record was taken out of the line", async () => {
    await start(shelf().put(person(1)));
    world.target.loseAnswers();
    await world.run(contactsSpec());
    await world.database.run(`delete from ${world.name}_state.pending`);
    await world.run(contactsSpec());
    expect([await world.trail(), await world.links()]).toEqual([["create 1 done c1"], { 1: "c1" }]);
  });

  test("is linked but not claimed as ours where the target has values of its own", async () => {
    await start(shelf().put(person(1, { name: "  Person 1  " })), { oddities: { normalises: true } });
    world.target.loseAnswers();
    await world.run(contactsSpec({ fields: { name: "name", email: "email" } }));
    await world.run(contactsSpec({ fields: { name: "name", email: "email" } }));
    expect(names()).toEqual(["Person 1"]);
    expect((await world.trail())[0]).toBe("create 1 settled c1");
    expect(await world.links()).toEqual({ 1: "c1" });
  });
});

describe("an update or delete without an answer", () => {
  const linked = async (options: MemoryTargetOptions = {}) => {
    const people = shelf().put(...many(2));
    await start(people, options);
    await world.run(contactsSpec());
    return people;
  };

  test("is done in the trail when the target shows it", async () => {
    const people = await linked();
    people.put(person(1, { note: "Called." }));
    world.target.loseAnswers();
    await world.run(contactsSpec());
    expect((await world.run(contactsSpec())).syncs).toMatchObject([{ updated: 0, failed: 0 }]);
    expect((await world.trail()).slice(2)).toEqual(["update 1 done c1"]);
    expect(world.target.world.log.filter((entry) => entry.operation === "update")).toHaveLength(1);
  });

  test("is refused in the trail and sent again when the target shows what was there before", async () => {
    const people = await linked();
    people.put(person(1, { note: "Called." }));
    loseRequest("update");
    await world.run(contactsSpec());
    expect((await world.run(contactsSpec())).syncs).toMatchObject([{ updated: 1 }]);
    expect((await world.trail()).slice(2)).toEqual(["update 1 refused c1", "update 1 done c1"]);
  });

  test("is settled, as nobody can tell, when the target shows neither", async () => {
    const people = await linked();
    people.put(person(1, { note: "Called." }));
    loseRequest("update");
    await world.run(contactsSpec());
    world.target.change("contacts", "c1", { note: "Written by a person." });
    expect((await world.run(contactsSpec())).syncs).toMatchObject([{ updated: 1 }]);
    expect((await world.trail()).slice(2)).toEqual(["update 1 settled c1", "update 1 done c1"]);
  });

  test("removes the link when the target is gone", async () => {
    const people = await linked();
    people.records.delete("1");
    world.target.loseAnswers();
    const spec = contactsSpec({ when_source_deleted: "remove" });
    await world.run(spec);
    await world.run(spec);
    expect([names(), await world.links()]).toEqual([["Person 2"], { 2: "c2" }]);
    expect((await world.trail()).slice(2)).toEqual(["delete 1 done c1"]);
    expect(await world.pending()).toEqual([]);
  });

  test("lets a source that came back be created anew, when its target is gone", async () => {
    const people = await linked();
    people.records.delete("1");
    world.target.loseAnswers();
    await world.run(contactsSpec({ when_source_deleted: "remove" }));
    await world.run(contactsSpec()); // which keeps from now on
    people.put(person(1, { name: "Back" }));
    await world.run(contactsSpec());
    expect([names(), await world.links(), await world.pending()]).toEqual([["Person 2", "Back"], { 1: "c3", 2: "c2" }, []]);
  });

  test("is sent again when the target is still there", async () => {
    const people = await linked();
    people.records.delete("1");
    loseRequest("delete");
    const spec = contactsSpec({ when_source_deleted: "remove" });
    await world.run(spec);
    await world.run(spec);
    expect([names(), await world.links()]).toEqual([["Person 2"], { 2: "c2" }]);
    expect((await world.trail()).slice(2)).toEqual(["delete 1 refused c1", "delete 1 done c1"]);
  });
});

test("a page that is stopped in its middle keeps what was done of it, and doubts nothing that was never sent", async () => {
  await start(shelf(40).put(...many(35, { email: null })), { oddities: { lag: 9 } });
  let creates = 0;
  // The key is revoked before the third batch of ten.
  world.target.world.afterCommit = () => {
    if (++creates === 2) world.target.faults.next("expired-token", 9);
  };
  await expect(world.run(contactsSpec())).rejects.toMatchObject({ code: "http/401" });
  world.target.faults.clear();
  expect(Object.keys(await world.links())).toHaveLength(20);
  expect((await world.trail()).filter((line) => line.includes("refused"))).toHaveLength(10);
  expect((await world.run(contactsSpec())).syncs).toMatchObject([{ created: 15, held: 0 }]);
  expect(new Set(names()).size).toBe(35);
  expect(names()).toHaveLength(35);
});

test("a batch without an answer leaves the other batches of its page alone", async () => {
  await start(shelf(40).put(...many(35)));
  let creates = 0;
  world.target.world.afterCommit = () => {
    if (++creates === 1) world.target.loseAnswers();
  };
  expect((await world.run(contactsSpec())).syncs).toMatchObject([{ created: 25, failed: 10 }]);
  expect((await world.run(contactsSpec())).syncs).toMatchObject([{ created: 0, failed: 0 }]);
  expect(names()).toHaveLength(35);
  expect((await world.trail()).filter((line) => !line.includes(" done c"))).toEqual([]);
});

import { defineProject } from "@fieldwright/core";
import { afterEach, expect, test } from "vitest";
import { type Desk, openDesk, person } from "./desk.js";

let desk: Desk | undefined;
afterEach(async () => {
  await desk?.world.close();
  desk = undefined;
});

const keep = { trail: "10 days", plans: "1 week", runs: "4 weeks" };
const full = { mode: { kind: "full" } } as const;

test("what is older than the project keeps is deleted at the end of a run; a write in doubt and a plan that asks stay", async () => {
  const own = await openDesk("server", [], keep);
  desk = own;
  own.shelf.put(person(1), person(2));
  const { database, schema } = own.world;
  await own.run();
  const engine = await own.engine();
  own.shelf.put(person(3));
  await engine.plan(full);
  const asks = await (await own.engine({ ask_first_if: "always" })).run(full);
  const months = "interval '3 months'";
  await database.run(`update ${schema}_state.changes set at = at - ${months}; update ${schema}_state.changes set state = 'intended' where source_id = '2';
    update ${schema}_state.plans set created = created - ${months}; update ${schema}_state.runs set started = started - ${months};
    update ${schema}_state.checks set at = at - ${months}`);
  expect((await engine.plan(full)).status).toBe("ready");
  const left = async (table: string, column: string) =>
    (await database.query(`select ${column} from ${schema}_state.${table} order by 1`)).map((row) => row[column]);
  expect(await left("changes", "source_id")).toEqual(["2"]);
  expect(await left("plans", "status")).toEqual(["ready", "superseded"]);
  expect(asks.plan).toBeDefined();
  expect((await engine.history()).length).toBe(1);
});

test("without a word about it everything is kept", async () => {
  const own = await openDesk();
  desk = own;
  own.shelf.put(person(1));
  await own.run();
  await own.world.database.run(`update ${own.world.schema}_state.changes set at = at - interval '30 years'`);
  await own.run();
  expect((await (await own.engine()).explain("people", "1")).history).toHaveLength(1);
});

test("a span that is none is refused with how it is written", () => {
  const make = () => defineProject({ version: 1, project: "p", connections: {}, store: { keep: { trail: "ages" } }, syncs: [] });
  expect(make).toThrow(/span of time/);
});

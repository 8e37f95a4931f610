import { openPg } from "@fieldwright/connector-kit/sql";
import { tcpProxy } from "@fieldwright/connector-kit/testing";
import { afterEach, expect, inject, test } from "vitest";
import { Shelf } from "./shelf.js";
import { copySpec, makeWorld, type World } from "./world.js";

let world: World;
afterEach(() => world.close());

const shelfOf = (count: number) => {
  const shelf = new Shelf("things", { id: { type: "integer" }, name: { type: "text" } }, { pageSize: 10 });
  for (let id = 1; id <= count; id++) shelf.put({ id, name: `Thing ${id}` });
  return shelf;
};

test("a database that goes away in mid-run stops the run with the next step named, and loses nothing", async () => {
  const shelf = shelfOf(60);
  world = await makeWorld("server", [shelf]);
  await world.database.run(`create table ${world.schema}.things (id bigint primary key, name text)`);
  const address = new URL(inject("databaseUrl"));
  const proxy = await tcpProxy({ host: address.hostname, port: Number(address.port) });
  address.port = String(proxy.port);
  address.hostname = "127.0.0.1";
  const away = openPg({ url: address.href });
  shelf.beforePage = (page) => {
    if (page === 3) proxy.cut();
  };
  const engine = await world.engine([copySpec("things", { name: "name" })], { database: away });
  await expect(engine.run()).rejects.toMatchObject({ code: "store/unreachable", hint: expect.stringContaining("Nothing is lost") });
  await away.close();
  await proxy.close();
  shelf.beforePage = () => undefined;
  const again = await world.engine([copySpec("things", { name: "name" })]);
  expect((await again.run()).status).toBe("done");
  expect(await world.rows("things")).toHaveLength(60);
  expect((await again.history()).map((run) => run.status)).toEqual(["done", "interrupted"]);
});

test("a full disk stops the run with a plain message, and the next run goes on", async () => {
  const shelf = shelfOf(40);
  world = await makeWorld("server", [shelf]);
  const { schema } = world;
  await world.database.run(`create table ${schema}.things (id bigint primary key, name text)`);
  await world.database.run(
    `create function ${schema}.full() returns trigger language plpgsql as $$ begin if new.id > 20 then raise exception 'could not extend file: No space left on device' using errcode = '53100'; end if; return new; end $$`,
  );
  await world.database.run(`create trigger full_disk before insert on ${schema}.things for each row execute function ${schema}.full()`);
  const engine = await world.engine([copySpec("things", { name: "name" })]);
  await expect(engine.run()).rejects.toThrow(/no room|disk is full|No space left/i);
  expect(await world.rows("things")).toHaveLength(20);
  await world.database.run(`drop trigger full_disk on ${schema}.things`);
  expect((await engine.run()).status).toBe("done");
  expect(await world.rows("things")).toHaveLength(40);
});

test("a store that cannot be reached says so before anything is done", async () => {
  world = await makeWorld("embedded", []);
  const nowhere = openPg({ url: "postgres://nobody@127.0.0.1:1/nothing" });
  await expect(world.engine([], { database: nowhere })).rejects.toMatchObject({ code: "store/unreachable" });
  await nowhere.close();
});

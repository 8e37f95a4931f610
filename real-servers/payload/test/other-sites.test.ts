import { createClock } from "@fieldwright/connector-kit/testing";
import pg from "pg";
import { afterAll, expect, inject, test } from "vitest";
import { crmCollections } from "../../../packages/connector-payload/simulator/collections.js";
import { connect, errorsOf, recordOf } from "../../../packages/connector-payload/test/connect.js";
import { startRealServer } from "./real-server.js";

const user = { email: "sync@example.test", password: "demo-password", apiKey: "demo-key-0001-0002-0003" };
const server = await startRealServer({ postgresUrl: inject("databaseUrl"), collections: crmCollections, user, idType: "uuid" });
const door = { options: { baseUrl: server.url, apiKey: user.apiKey }, clock: createClock() };
afterAll(() => server.stop());

const records = (count: number, name: string) => Array.from({ length: count }, (_, n) => ({ lastName: name, externalId: `${name}-${n}` }));

test("ids that are UUIDs, as a site may have them, are recognised and every record is read once in their order", async () => {
  const { stream, read, create, find, call } = await connect(door);
  // No record tells yet, but our own user has an id of the same kind.
  const contacts = await stream("contacts");
  expect(errorsOf(await create("contacts", ...records(40, "uuid")))).toEqual(Array(40).fill(undefined));
  expect(contacts.fields.id).toMatchObject({ type: "uuid" });
  const ids = (await read("contacts", { pageSize: 7 })).map((record) => String(record.id));
  expect(new Set(ids).size).toBe(40);
  expect(ids).toHaveLength(40);
  const [one = ""] = ids;
  expect(await contacts.get?.([one, "00000000-0000-4000-8000-000000000000", "17"], call)).toMatchObject([{ id: one }]);
  expect(recordOf(await create("opportunities", { name: "O", contact: one }))).toMatchObject({ contact: one });
  expect(await find("opportunities", "contact", one)).toHaveLength(1);
  expect(errorsOf(await create("opportunities", { name: "P", contact: "00000000-0000-4000-8000-000000000000" }))).toMatchObject([
    { code: "payload/no-such-relation", field: "contact" },
  ]);
});

test("a login that the site has ended is renewed in the middle of a read", async () => {
  const { create, pages } = await connect({ ...door, options: { baseUrl: server.url, email: user.email, password: user.password } });
  await create("pipelines", ...Array.from({ length: 9 }, (_, n) => ({ name: `P ${n}` })));
  const database = new pg.Client({ connectionString: server.databaseUrl });
  await database.connect();
  const seen = new Set<unknown>();
  for await (const page of pages("pipelines", { pageSize: 4 })) {
    for (const record of page.records) seen.add(record.id);
    await database.query("delete from users_sessions");
  }
  await database.end();
  expect(seen.size).toBe(9);
});

test("a server that goes down among the records of a batch leaves none that is told as neither done, in doubt nor untried", async () => {
  const { create, stream } = await connect(door, { attempts: 1, assumptions: { parallel: 4 } });
  await stream("contacts");
  const batch = create("contacts", ...records(200, "down"));
  const database = new pg.Client({ connectionString: server.databaseUrl });
  await database.connect();
  const count = async (): Promise<number> =>
    (await database.query("select count(*)::int as n from contacts where last_name = 'down'")).rows[0].n;
  while ((await count()) < 20);
  server.kill();
  const outcomes = await batch;
  const done = outcomes.filter((outcome) => outcome.ok).length;
  const errors = errorsOf(outcomes).filter((error) => error !== undefined);
  const inDoubt = errors.filter((error) => error.inDoubt).length;
  expect(outcomes).toHaveLength(200);
  expect(errors.some((error) => error.next === "stop-run")).toBe(true);
  const there = await count();
  expect(there).toBeGreaterThanOrEqual(done);
  expect(there).toBeLessThanOrEqual(done + inDoubt);
  await database.end();
});

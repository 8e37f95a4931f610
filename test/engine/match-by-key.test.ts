import { type Connector, defineConnector } from "@fieldwright/connector-kit";
import { openPg, type SqlDatabase } from "@fieldwright/connector-kit/sql";
import { type MemoryTarget, memoryTarget, startMemoryTarget } from "@fieldwright/connector-kit/testing";
import { createEngine, defineProject, defineSync } from "@fieldwright/core";
import { afterEach, beforeEach, expect, inject, test } from "vitest";
import { Shelf, shelfConnector } from "./shelf.js";

const name = `bykey${process.pid}`;
let database: SqlDatabase;
let target: MemoryTarget;

beforeEach(async () => {
  database = openPg({ url: inject("databaseUrl") });
  target = await startMemoryTarget();
});
afterEach(async () => {
  await target.close();
  for (const schema of [`${name}_state`, `${name}_landing`]) await database.run(`drop schema if exists ${schema} cascade`);
  await database.close();
});

/** The memory target without a search, as the pricebooks and lists of some vendors are. */
const searchless = defineConnector({
  ...memoryTarget,
  open: async (options, world) => {
    const connection = await memoryTarget.open(options, world);
    const streams: typeof connection.streams = async (call) => (await connection.streams(call)).map(({ find: _, ...stream }) => stream);
    return { ...connection, streams };
  },
});

test("a record is found by the target's own key where the target has no search, so that no twin is made", async () => {
  target.world.carryOut({ stream: "contacts", operation: "create", records: [{ name: "Old", email: "ada@example.test" }] });
  const [before] = target.world.holds("contacts");
  const people = new Shelf("people", { id: { type: "integer" }, crmId: { type: "text" }, name: { type: "text" }, email: { type: "text" } });
  people.put(
    { id: 1, crmId: before?.id, name: "Ada", email: "ada@example.test" },
    { id: 2, crmId: null, name: "Ben", email: "ben@example.test" },
  );
  const engine = await createEngine({
    project: defineProject({
      version: 1,
      project: name,
      store: { schema: `${name}_state`, landing_schema: `${name}_landing` },
      connections: { shelf: { package: "shelf", options: {} }, crm: { package: "memory-target", options: target.options } },
      syncs: [
        defineSync({
          version: 1,
          sync: "people",
          from: { connection: "shelf", stream: "people" },
          to: { connection: "crm", stream: "contacts" },
          match: { try_in_order: [{ id: "crmId" }, { email: "email" }] },
          fields: { name: "name", email: "email" },
        }),
      ],
    }),
    connectors: { shelf: shelfConnector([people]) as unknown as Connector<never>, crm: searchless as unknown as Connector<never> },
    store: database,
  });
  try {
    expect((await engine.run({ approve: true })).syncs).toMatchObject([{ created: 1, updated: 1 }]);
  } finally {
    await engine.close();
  }
  expect(target.world.holds("contacts").map((contact) => contact.name)).toEqual(["Ada", "Ben"]);
});

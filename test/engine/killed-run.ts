/** A run that kills its own process with SIGKILL just before its n-th statement; run by kill.test.ts. Arguments: JSON { url, name, killAt, target }. */
import type { Connector } from "@fieldwright/connector-kit";
import { openPg } from "@fieldwright/connector-kit/sql";
import postgres from "@fieldwright/connector-postgres";
import { createEngine, defineProject, defineSync } from "@fieldwright/core";
import { mortalDatabase } from "./mortal-database.js";
import { Shelf, shelfConnector } from "./shelf.js";

const task = JSON.parse(process.argv[2] ?? "{}") as { url: string; name: string; killAt: number; target: "in the store" | "elsewhere" };
const database = openPg({ url: task.url });
const mortal = mortalDatabase(database, task.killAt);

const things = new Shelf("things", { id: { type: "integer" }, name: { type: "text" }, kind: { type: "integer" } }, { pageSize: 20 });
const kinds = new Shelf("kinds", { id: { type: "integer" }, title: { type: "text" } }, { pageSize: 20 });
for (let id = 1; id <= 30; id++) kinds.put({ id, title: `Kind ${id}` });
for (let id = 1; id <= 90; id++) things.put({ id, name: `Thing ${id}`, kind: (id % 30) + 1 });

const warehouse = task.target === "in the store" ? { database: "store", schema: task.name } : { url: task.url, schema: task.name };
const engine = await createEngine({
  project: defineProject({
    version: 1,
    project: "killed",
    store: { schema: `${task.name}_state`, landing_schema: `${task.name}_landing` },
    connections: {
      shelf: { package: "shelf", options: {} },
      warehouse: { package: "@fieldwright/connector-postgres", options: warehouse },
    },
    syncs: [
      defineSync({
        version: 1,
        sync: "things",
        from: { connection: "shelf", stream: "things" },
        to: { connection: "warehouse", stream: "things" },
        match: { try_in_order: [{ code: "id" }] },
        fields: { code: "id", name: "name", kind_id: { ref: "kinds", id: "kind", when_none: "wait" } },
      }),
      defineSync({
        version: 1,
        sync: "kinds",
        from: { connection: "shelf", stream: "kinds" },
        to: { connection: "warehouse", stream: "kinds" },
        match: { try_in_order: [{ id: "id" }] },
        fields: { id: "id", title: "title" },
      }),
    ],
  }),
  connectors: { shelf: shelfConnector([things, kinds]) as unknown as Connector<never>, warehouse: postgres as unknown as Connector<never> },
  store: mortal.database,
});
const report = await engine.run({ approve: true });
await engine.close();
await database.close();
process.stdout.write(JSON.stringify({ statements: mortal.statements(), status: report.status }));

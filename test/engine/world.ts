import type { Connector } from "@fieldwright/connector-kit";
import { openPg, openPglite, type SqlDatabase } from "@fieldwright/connector-kit/sql";
import postgres from "@fieldwright/connector-postgres";
import { createEngine, defineProject, defineSync, type Engine } from "@fieldwright/core";
import { inject } from "vitest";
import { type Shelf, shelfConnector } from "./shelf.js";

let made = 0;

export interface World {
  readonly database: SqlDatabase;
  /** Schema of the target tables. */
  readonly schema: string;
  /** An engine on these specs; closes with the world. */
  engine(
    specs: readonly Record<string, unknown>[],
    options?: { readonly database?: SqlDatabase; readonly asks?: boolean },
  ): Promise<Engine>;
  rows(table: string, order?: string): Promise<readonly Record<string, unknown>[]>;
  close(): Promise<void>;
}

export const kinds = [["a Postgres server", "server"] as const, ["the embedded Postgres", "embedded"] as const];

/** A store of its own, with schemas of its own, on a server or embedded. */
export async function makeWorld(
  kind: "server" | "embedded",
  shelves: readonly Shelf[],
  more: { readonly keep?: Readonly<Record<string, string>> | undefined } = {},
): Promise<World> {
  const database = kind === "server" ? openPg({ url: inject("databaseUrl") }) : await openPglite();
  const name = `w${process.pid}_${Date.now().toString(36)}_${++made}`;
  await database.run(`create schema ${name}`);
  const engines: Engine[] = [];
  return {
    database,
    schema: name,
    engine: async (specs, options = {}) => {
      const engine = await createEngine({
        project: projectOf(name, specs, more.keep),
        connectors: { shelf: shelfConnector(shelves) as unknown as Connector<never>, warehouse: postgres as unknown as Connector<never> },
        store: options.database ?? database,
      });
      engines.push(engine);
      // Most tests are not about the guards, which would hold every first run.
      return options.asks ? engine : { ...engine, run: (run = {}) => engine.run({ approve: true, ...run }) };
    },
    rows: (table, order = "id") => database.query(`select * from ${name}.${table} order by ${order}`),
    close: async () => {
      for (const engine of engines) await engine.close();
      for (const schema of [name, `${name}_state`, `${name}_landing`]) await database.run(`drop schema if exists ${schema} cascade`);
      await database.close();
    },
  };
}

export function projectOf(name: string, specs: readonly Record<string, unknown>[], keep?: Readonly<Record<string, string>>) {
  return defineProject({
    version: 1,
    project: name,
    store: { schema: `${name}_state`, landing_schema: `${name}_landing`, ...(keep ? { keep } : {}) },
    connections: {
      shelf: { package: "shelf", options: {} },
      warehouse: { package: "@fieldwright/connector-postgres", options: { database: "store", schema: name } },
    },
    syncs: specs.map((spec) => defineSync(spec as never)),
  });
}

/** A sync of a shelf into the table of the same name, field by field. */
export function copySpec(stream: string, fields: Record<string, unknown>, more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    version: 1,
    sync: stream,
    from: { connection: "shelf", stream },
    to: { connection: "warehouse", stream },
    match: { try_in_order: [{ id: "id" }] },
    fields: { id: "id", ...fields },
    ...more,
  };
}

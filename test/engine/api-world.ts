import type { Connector } from "@fieldwright/connector-kit";
import { openPg, type SqlDatabase } from "@fieldwright/connector-kit/sql";
import { type MemoryTarget, type MemoryTargetOptions, memoryTarget, startMemoryTarget } from "@fieldwright/connector-kit/testing";
import { createEngine, defineProject, defineSync, type Engine, type RunReport } from "@fieldwright/core";
import { inject } from "vitest";
import { type Shelf, shelfConnector } from "./shelf.js";

let made = 0;

/** A shelf as the source, an API as the target, and a store on the server. */
export interface ApiWorld {
  readonly target: MemoryTarget;
  /** A run by an engine of its own, as after a restart. */
  run(...specs: readonly Record<string, unknown>[]): Promise<RunReport>;
  /** One write a line: "create 7 done c1". */
  trail(): Promise<readonly string[]>;
  /** "7 held held/may-be-created". */
  pending(): Promise<readonly string[]>;
  /** Source id -> target id. */
  links(): Promise<Readonly<Record<string, string>>>;
  /** Lets the store believe that everything in it was written an hour earlier. */
  anHourPasses(): Promise<void>;
  readonly database: SqlDatabase;
  readonly name: string;
  close(): Promise<void>;
}

export async function makeApiWorld(shelves: readonly Shelf[], options: MemoryTargetOptions = {}): Promise<ApiWorld> {
  const database = openPg({ url: inject("databaseUrl") });
  const target = await startMemoryTarget(options);
  const name = `api${process.pid}_${Date.now().toString(36)}_${++made}`;
  const changes = `${name}_state.changes`;
  const lines = async (sql: string): Promise<readonly string[]> => (await database.query<{ line: string }>(sql)).map((row) => row.line);
  return {
    target,
    database,
    name,
    run: async (...specs) => {
      const engine = await openEngine({ name, shelves, target: target.options, database }, specs);
      try {
        return await engine.run({ mode: { kind: "full" } });
      } finally {
        await engine.close();
      }
    },
    trail: () =>
      lines(`select operation || ' ' || source_id || ' ' || state || coalesce(' ' || target_id, '') as line from ${changes} order by id`),
    pending: () =>
      lines(`select source_id || ' ' || state || ' ' || coalesce(code, '') as line from ${name}_state.pending order by source_id`),
    links: async () =>
      Object.fromEntries(
        (
          await database.query<{ source_id: string; target_id: string }>(`select source_id, target_id from ${name}_state.links order by 1`)
        ).map((row) => [row.source_id, row.target_id]),
      ),
    anHourPasses: async () => void (await database.run(`update ${changes} set at = at - interval '1 hour'`)),
    close: async () => {
      await target.close();
      for (const schema of [`${name}_state`, `${name}_landing`]) await database.run(`drop schema if exists ${schema} cascade`);
      await database.close();
    },
  };
}

export interface ApiEngine {
  readonly name: string;
  readonly shelves: readonly Shelf[];
  readonly target: Readonly<Record<string, unknown>>;
  readonly database: SqlDatabase;
}

export function openEngine({ name, shelves, target, database }: ApiEngine, specs: readonly Record<string, unknown>[]): Promise<Engine> {
  return createEngine({
    project: defineProject({
      version: 1,
      project: name,
      store: { schema: `${name}_state`, landing_schema: `${name}_landing` },
      connections: { shelf: { package: "shelf", options: {} }, crm: { package: "memory-target", options: target } },
      syncs: specs.map((spec) => defineSync(spec as never)),
    }),
    connectors: {
      shelf: shelfConnector(shelves) as unknown as Connector<never>,
      "memory-target": memoryTarget as unknown as Connector<never>,
    },
    store: database,
  });
}

/** People into contacts, by their e-mail address. */
export function contactsSpec(more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    version: 1,
    sync: "people",
    from: { connection: "shelf", stream: "people" },
    to: { connection: "crm", stream: "contacts" },
    match: { try_in_order: [{ email: "email" }] },
    fields: { name: "name", email: "email", note: "note" },
    ...more,
  };
}

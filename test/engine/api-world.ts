import { openPg, type SqlDatabase } from "@fieldwright/connector-kit/sql";
import { type MemoryTarget, type MemoryTargetOptions, startMemoryTarget } from "@fieldwright/connector-kit/testing";
import type { Engine, RunReport } from "@fieldwright/core";
import { inject } from "vitest";
import { openEngine } from "./api-engine.js";
import type { Shelf } from "./shelf.js";

let made = 0;

/** A shelf as the source, an API as the target, and a store on the server. */
export interface ApiWorld {
  readonly target: MemoryTarget;
  /** An engine on these specs, whose guards ask; closes with the world. */
  engine(...specs: readonly Record<string, unknown>[]): Promise<Engine>;
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
  const engines: Engine[] = [];
  return {
    target,
    database,
    name,
    engine: async (...specs) => {
      const engine = await openEngine({ name, shelves, target: target.options, database }, specs);
      engines.push(engine);
      return engine;
    },
    run: async (...specs) => {
      const engine = await openEngine({ name, shelves, target: target.options, database }, specs);
      try {
        return await engine.run({ approve: true, mode: { kind: "full" } });
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
      for (const engine of engines) await engine.close();
      await target.close();
      for (const schema of [`${name}_state`, `${name}_landing`]) await database.run(`drop schema if exists ${schema} cascade`);
      await database.close();
    },
  };
}

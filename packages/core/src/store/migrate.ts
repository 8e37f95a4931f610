import type { SqlDatabase } from "@fieldwright/connector-kit/sql";
import { quoteName } from "@fieldwright/connector-kit/sql";
import type { Knex } from "knex";
import { knexOnSession } from "./knex-on-session.js";
import { inSchemaLock } from "./lock-schema.js";
import { spine } from "./migrations/001-spine.js";
import { doubts } from "./migrations/002-doubts.js";
import { safety } from "./migrations/003-safety.js";
import { checks } from "./migrations/004-checks.js";
import { keptSpecs } from "./migrations/005-kept-specs.js";
import { humanSince } from "./migrations/006-human-since.js";

/** By name, in order; each is a list of statements. */
const migrations: Readonly<Record<string, readonly string[]>> = {
  "001-spine": spine,
  "002-doubts": doubts,
  "003-safety": safety,
  "004-checks": checks,
  "005-kept-specs": keptSpecs,
  "006-human-since": humanSince,
};

/** Brings the store's schema up to this version, in one transaction. A store that is newer than this version is refused. */
export async function migrateStore(database: SqlDatabase, schema: string): Promise<void> {
  await inSchemaLock({ database }, async (session) => {
    await session.run(`create schema if not exists ${quoteName(schema)}`);
    const knex = knexOnSession(session);
    try {
      await knex.migrate.latest({
        schemaName: schema,
        tableName: "migrations",
        disableTransactions: true,
        migrationSource: {
          getMigrations: async () => Object.keys(migrations),
          getMigrationName: (name: string) => name,
          getMigration: async (name: string) => ({
            up: async (knex: Knex) => {
              for (const statement of migrations[name] ?? []) await knex.raw(statement.replaceAll("$.", `${quoteName(schema)}.`));
            },
            down: () => Promise.reject(new Error("The store's migrations only go forward.")),
          }),
        },
      });
    } finally {
      // Its pool would keep the process alive for half a minute.
      await knex.destroy();
    }
  });
}

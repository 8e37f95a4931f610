import type { Call, Connection, World } from "@fieldwright/connector-kit";
import { VendorError } from "@fieldwright/connector-kit";
import { arrayLiteral, openPg, type SqlDatabase } from "@fieldwright/connector-kit/sql";
import { applySchema } from "./apply-schema.js";
import { readCatalog, schemasOf } from "./catalog.js";
import { checkDatabase } from "./check.js";
import { cursorColumn, cursorOf } from "./cursor.js";
import { type Door, reading } from "./door.js";
import { missingKeyColumn } from "./key.js";
import type { PostgresOptions } from "./options.js";
import { plannedSchema } from "./planned-schema.js";
import { readOnly } from "./read-only.js";
import type { Table } from "./table.js";
import { tableStream } from "./table-stream.js";

export function openConnection(options: PostgresOptions, world: World): Connection {
  const door = doorOf(options, world);
  const schemas = schemasOf(options);
  const catalog = (call: Call, wanted: PostgresOptions = options) => reading(door, call, (session) => readCatalog(session, wanted));
  return {
    inStore: door.inStore,
    check: (call) => checkDatabase({ door, schemas, world, ...(options.url === undefined ? {} : { url: options.url }) }, call),
    streams: async (call) => {
      const tables = await catalog(call);
      checkNames(options, tables);
      return tables.map((table) => tableStream(table, { door, options, tables }));
    },
    query: (query, call) => readOnly(door, { query, schemas }, call),
    plannedSchema: async (stream, wanted, call) => {
      const tables = await catalog(call, { ...options, only: undefined, except: undefined, views: true });
      const table = tables.find((one) => one.stream === stream);
      const existing = await existingSchemas(door, schemas, call);
      return plannedSchema({ stream, wanted, schemas, existing, ...(table ? { table } : {}) });
    },
    applySchema: (statements, call) => applySchema(door, statements, call),
    close: async () => {
      if (!door.inStore) await door.database.close();
    },
  };
}

function doorOf(options: PostgresOptions, world: World): Door {
  const timeout = options.statementTimeoutMs === undefined ? {} : { statementTimeoutMs: options.statementTimeoutMs };
  if (options.url === undefined) {
    if (world.store) return { database: world.store, inStore: true, ...timeout };
    throw new VendorError("`database: store` was asked for, but there is no store here.", {
      code: "sql/no-store",
      next: "stop-run",
      hint: "Give the connection a `url`.",
    });
  }
  return { database: openUrl(options.url, options, world), inStore: false, ...timeout };
}

function openUrl(url: string, { ssl }: PostgresOptions, world: World): SqlDatabase {
  world.secret(url);
  try {
    const { password } = new URL(url);
    for (const secret of [password, decodeURIComponent(password)]) if (secret !== "") world.secret(secret);
  } catch {
    throw new VendorError("The `url` of the connection is no Postgres address.", {
      code: "sql/bad-url",
      next: "stop-run",
      hint: "It looks like postgres://user:password@host:5432/database; write @ / : in a password as %40 %2F %3A.",
    });
  }
  return openPg({ url, ...(ssl === undefined ? {} : { ssl: sslOf(ssl) }) });
}

function sslOf(ssl: NonNullable<PostgresOptions["ssl"]>): boolean | { readonly rejectUnauthorized?: boolean; readonly ca?: string } {
  if (typeof ssl === "boolean") return ssl;
  return {
    ...(ssl.rejectUnauthorized === undefined ? {} : { rejectUnauthorized: ssl.rejectUnauthorized }),
    ...(ssl.ca === undefined ? {} : { ca: ssl.ca }),
  };
}

async function existingSchemas(door: Door, schemas: readonly string[], call: Call): Promise<readonly string[]> {
  const rows = await reading(door, call, (session) =>
    session.query<{ name: string }>("select nspname::text as name from pg_catalog.pg_namespace where nspname = any($1::text[])", [
      arrayLiteral(schemas),
    ]),
  );
  return rows.map((row) => row.name);
}

/** A misspelt column in the options would quietly mean another key or none at all. */
function checkNames(options: PostgresOptions, tables: readonly Table[]): void {
  for (const table of tables) {
    const missing = missingKeyColumn(table, options);
    if (missing !== undefined) throw optionError(`\`keys\` names the column "${missing}", which ${table.stream} does not have.`);
    const cursor = options.cursor[table.stream];
    if (cursor === undefined) continue;
    const column = cursorColumn(table, options);
    if (!column) throw optionError(`\`cursor\` names the column "${cursor}", which ${table.stream} does not have.`);
    if (!cursorOf(column))
      throw optionError(
        `\`cursor\` names the column "${cursor}" of ${table.stream}, but a ${column.typeText} does not tell what changed since.`,
      );
  }
}

function optionError(message: string): VendorError {
  return new VendorError(message, {
    code: "sql/bad-option",
    next: "stop-run",
    hint: "Correct the connection's options in fieldwright.yaml.",
  });
}

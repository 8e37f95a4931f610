import { mkdir } from "node:fs/promises";
import { openPg, openPglite, quotePath, type SqlDatabase, sqlState, sqlTrouble } from "@fieldwright/connector-kit/sql";
import { FieldwrightError } from "../problem.js";
import type { StoreSettings } from "../project/model.js";
import { lockFolder } from "./lock-folder.js";
import { migrateStore } from "./migrate.js";

/** The database that holds Fieldwright's state, and the names of its tables. */
export interface Store {
  readonly database: SqlDatabase;
  readonly tenant: string;
  readonly schema: string;
  readonly landingSchema: string;
  /** A state table, quoted. */
  table(name: string): string;
  /** The landing table of "connection.stream", quoted. */
  landing(stream: string): string;
  close(): Promise<void>;
}

export interface OpenStoreOptions {
  readonly settings: StoreSettings;
  readonly tenant: string;
  /** An open database of the app's own: it stays open when the store closes. */
  readonly database?: SqlDatabase;
}

export async function openStore(options: OpenStoreOptions): Promise<Store> {
  const { settings, tenant } = options;
  const opened = options.database ? { database: options.database, close: async () => undefined } : await openDatabase(settings);
  try {
    await migrateStore(opened.database, settings.schema);
  } catch (error) {
    await opened.close();
    throw storeError(error, opened.database.name);
  }
  return {
    database: opened.database,
    tenant,
    schema: settings.schema,
    landingSchema: settings.landingSchema,
    table: (name) => quotePath(settings.schema, name),
    landing: (stream) => quotePath(settings.landingSchema, landingName(stream)),
    close: opened.close,
  };
}

/** "crm.users" as `crm_users`, within the 63 bytes of a Postgres name. */
export function landingName(stream: string): string {
  return stream.replaceAll(/[^\p{L}\p{N}]+/gu, "_").slice(0, 60);
}

async function openDatabase(settings: StoreSettings): Promise<{ database: SqlDatabase; close(): Promise<void> }> {
  if (settings.url !== undefined) {
    const database = openPg({ url: settings.url });
    return { database, close: () => database.close() };
  }
  await mkdir(settings.path, { recursive: true });
  const unlock = await lockFolder(settings.path);
  try {
    const database = await openPglite({ path: settings.path });
    return { database, close: () => database.close().finally(unlock) };
  } catch (error) {
    await unlock();
    throw storeError(error, `the embedded store in ${settings.path}`);
  }
}

/** A database's error as a sentence with the next step. */
export function storeError(error: unknown, name: string): Error {
  if (error instanceof FieldwrightError) return error;
  const said = error instanceof Error && error.message !== "" ? error.message : sqlState(error);
  const trouble = sqlTrouble(error);
  if (trouble === "connection") {
    return new FieldwrightError("store/unreachable", `The store (${name}) cannot be reached: ${said}.`, {
      hint: "Check the address in DATABASE_URL and that the server runs. Nothing is lost: the next run goes on from the last committed page.",
      cause: error,
    });
  }
  if (trouble === "disk") {
    return new FieldwrightError("store/full", `The store (${name}) has no room left: ${said}.`, {
      hint: "Make room on its disk and run again. Nothing is lost: the next run goes on from the last committed page.",
      cause: error,
    });
  }
  if (trouble === "rights") {
    return new FieldwrightError("store/rights", `The store (${name}) refuses: ${said}.`, {
      hint: "Let its user create schemas and tables, or create them once as an administrator.",
      cause: error,
    });
  }
  return error instanceof Error ? error : new Error(said);
}

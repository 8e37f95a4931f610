import { finished } from "node:stream/promises";
import pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { streamRows } from "./cursor.js";
import { quoteName } from "./quote.js";
import type { SqlDatabase, SqlSession } from "./session.js";
import { arrayParsers, parsers } from "./values.js";

export interface OpenPgOptions {
  readonly url?: string;
  /** The app's own pool; it is not closed with the database. */
  readonly pool?: pg.Pool;
  readonly ssl?: boolean | { readonly rejectUnauthorized?: boolean; readonly ca?: string };
  /** 10 if not given. */
  readonly maxConnections?: number;
  /** 10 seconds if not given. */
  readonly connectTimeoutMs?: number;
}

/** A Postgres server. Nothing is connected before the first query; no session state is left behind, so transaction poolers are fine. */
export function openPg(options: OpenPgOptions): SqlDatabase {
  const pool = options.pool ?? newPool(options);
  const withClient = async <T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> => {
    const client = await pool.connect();
    // The query in hand tells of a lost connection; unheard, the client's own event would end the process as well.
    if (!client.listeners("error").includes(heard)) client.on("error", heard);
    let broken = true;
    try {
      const result = await work(client);
      broken = false;
      return result;
    } catch (error) {
      // An error of the server leaves a usable connection; one of the socket does not.
      broken = !(error instanceof pg.DatabaseError);
      throw error;
    } finally {
      client.release(broken);
    }
  };
  return {
    name: databaseName(options),
    kind: "server",
    query: (text, values) => withClient((client) => sessionOf(client).query(text, values)),
    run: (text, values) => withClient((client) => sessionOf(client).run(text, values)),
    copyIn: (target, columns, lines) => withClient((client) => sessionOf(client).copyIn(target, columns, lines)),
    stream: () => {
      throw new RangeError("A streamed result needs a transaction.");
    },
    transaction: (work) => withClient((client) => inTransaction(client, work)),
    close: async () => {
      if (!options.pool) await pool.end();
    },
  };
}

function heard(): void {}

async function inTransaction<T>(client: pg.PoolClient, work: (session: SqlSession) => Promise<T>): Promise<T> {
  // A process stopped inside its transaction must not hold its locks for as long as it sleeps.
  await client.query("begin; set local idle_in_transaction_session_timeout = '60s'");
  try {
    const result = await work(sessionOf(client));
    await client.query("commit");
    return result;
  } catch (error) {
    await client.query("rollback").catch(() => undefined); // the first error is the one to tell
    throw error;
  }
}

function sessionOf(client: pg.PoolClient): SqlSession {
  const send = (text: string, values: readonly unknown[] | undefined) =>
    client.query({ text, values: values as unknown[] | undefined, types: { getTypeParser } } as pg.QueryConfig);
  const session: SqlSession = {
    query: async <Row>(text: string, values?: readonly unknown[]) => (await send(text, values)).rows as Row[],
    run: async (text, values) => (await send(text, values)).rowCount ?? 0,
    copyIn: async (target, columns, lines) => {
      const copy = client.query(copyFrom(`copy ${target} (${columns.map(quoteName).join(", ")}) from stdin`));
      copy.end(lines);
      await finished(copy);
      return copy.rowCount;
    },
    stream: (text, values, size) => streamRows(session, { text, values, size }),
  };
  return session;
}

function getTypeParser(oid: number, format?: string): (text: string) => unknown {
  if (format === "binary") return pg.types.getTypeParser(oid, "binary") as (text: string) => unknown;
  return parsers[oid] ?? arrayParsers[oid] ?? (pg.types.getTypeParser(oid, "text") as (text: string) => unknown);
}

function newPool(options: OpenPgOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.maxConnections ?? 10,
    connectionTimeoutMillis: options.connectTimeoutMs ?? 10_000,
    allowExitOnIdle: true,
    ...(options.ssl === undefined ? {} : { ssl: options.ssl }),
  });
  // A connection that dies while nobody uses it is replaced on the next call; unheard, the event would end the process.
  pool.on("error", () => undefined);
  return pool;
}

function databaseName(options: OpenPgOptions): string {
  if (options.url === undefined) return "the app's Postgres pool";
  try {
    const { hostname, port, pathname } = new URL(options.url);
    return `Postgres ${hostname}${port === "" ? "" : `:${port}`}${pathname}`;
  } catch {
    return "Postgres";
  }
}

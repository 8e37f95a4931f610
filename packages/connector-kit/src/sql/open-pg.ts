import { finished } from "node:stream/promises";
import pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { streamRows } from "./cursor.js";
import { canInline, inlined } from "./inlined.js";
import { type LateStatement, LateStatements, prefix } from "./late-statements.js";
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
    later: () => {
      throw new RangeError("A statement that goes along with the next one needs a transaction.");
    },
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
  const late = new LateStatements();
  const session = sessionOf(client, late);
  // A process stopped inside its transaction must not hold its locks for as long as it sleeps.
  late.add("begin");
  late.add("set local idle_in_transaction_session_timeout = '60s'");
  try {
    const result = await work(session);
    // What is checked is checked before it is committed.
    if (late.anyChecked) await session.run("select");
    await session.run("commit");
    return result;
  } catch (error) {
    late.take();
    await client.query("rollback").catch(() => undefined); // the first error is the one to tell
    throw error;
  }
}

function sessionOf(client: pg.PoolClient, late = new LateStatements()): SqlSession {
  const types = { getTypeParser };
  const send = async (text: string, values: readonly unknown[] | undefined): Promise<pg.QueryResult> => {
    if (late.any && !canInline(values)) await send("select", undefined);
    if (!late.any) return client.query({ text, values: values as unknown[] | undefined, types } as pg.QueryConfig);
    const before = late.take();
    const several = { text: `${prefix(before)}${inlined(text, values)}`, types } as pg.QueryConfig;
    // Several statements give several results.
    const results = (await client.query(several)) as unknown as readonly pg.QueryResult[];
    for (const [index, one] of before.entries()) one.check?.(results[index]?.rowCount ?? 0);
    return results.at(-1) as pg.QueryResult;
  };
  const session: SqlSession = {
    query: async <Row>(text: string, values?: readonly unknown[]) => (await send(text, values)).rows as Row[],
    run: async (text, values) => (await send(text, values)).rowCount ?? 0,
    later: (text, values, check) => late.add(text, values, check),
    copyIn: (target, columns, lines) =>
      copyAlong(client, { before: late.take(), copy: `copy ${target} (${columns.map(quoteName).join(", ")}) from stdin`, lines }),
    stream: (text, values, size) => streamRows(session, { text, values, size }),
  };
  return session;
}

/** A COPY behind the statements that waited for it, in one message. Rows copied. */
async function copyAlong(
  client: pg.PoolClient,
  { before, copy: statement, lines }: { before: readonly LateStatement[]; copy: string; lines: string },
): Promise<number> {
  const copy = copyFrom(`${prefix(before)}${statement}`);
  const touched: number[] = [];
  const completed = copy as unknown as { handleCommandComplete(message: { text: string }): void };
  const handle = completed.handleCommandComplete.bind(copy);
  completed.handleCommandComplete = (message) => {
    touched.push(Number(/(\d+)$/.exec(message.text)?.[1] ?? 0));
    handle(message);
  };
  client.query(copy);
  copy.end(lines);
  await finished(copy);
  for (const [index, one] of before.entries()) one.check?.(touched[index] ?? 0);
  return copy.rowCount;
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

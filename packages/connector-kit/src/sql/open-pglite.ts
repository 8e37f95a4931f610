import type { PGlite, Transaction } from "@electric-sql/pglite";
import { streamRows } from "./cursor.js";
import { quoteName } from "./quote.js";
import type { SqlDatabase, SqlSession } from "./session.js";
import { parsers } from "./values.js";

/** The embedded Postgres: in memory, or on disk at `path`. One process and one connection: calls wait for each other. */
export async function openPglite(options: { readonly path?: string } = {}): Promise<SqlDatabase> {
  const { PGlite } = await import("@electric-sql/pglite");
  const database = await PGlite.create({
    ...(options.path === undefined ? {} : { dataDir: options.path }),
    parsers: { ...parsers },
  });
  return {
    name: options.path === undefined ? "the embedded Postgres in memory" : `the embedded Postgres in ${options.path}`,
    kind: "embedded",
    ...sessionOf(database),
    stream: () => {
      throw new RangeError("A streamed result needs a transaction.");
    },
    transaction: (work) => database.transaction((transaction) => work(sessionOf(transaction))),
    close: () => database.close(),
  };
}

function sessionOf(database: PGlite | Transaction): SqlSession {
  const session: SqlSession = {
    query: async <Row>(text: string, values?: readonly unknown[]) => {
      const result = await database.query<Row>(text, values as unknown[] | undefined);
      return result.rows;
    },
    run: async (text, values) => {
      // Several statements at once come only without values, and only the simple protocol takes them.
      if (values === undefined) return (await database.exec(text)).at(-1)?.affectedRows ?? 0;
      return (await database.query(text, values as unknown[])).affectedRows ?? 0;
    },
    copyIn: async (target, columns, lines) => {
      const statement = `copy ${target} (${columns.map(quoteName).join(", ")}) from '/dev/blob'`;
      return (await database.query(statement, [], { blob: new Blob([lines]) })).affectedRows ?? 0;
    },
    stream: (text, values, size) => streamRows(session, { text, values, size }),
  };
  return session;
}

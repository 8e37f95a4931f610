import type { PGlite, Transaction } from "@electric-sql/pglite";
import { streamRows } from "./cursor.js";
import { LateStatements } from "./late-statements.js";
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
    later: () => {
      throw new RangeError("A statement that goes along with the next one needs a transaction.");
    },
    stream: () => {
      throw new RangeError("A streamed result needs a transaction.");
    },
    transaction: (work) =>
      database.transaction(async (transaction) => {
        const late = new LateStatements();
        const result = await work(sessionOf(transaction, late));
        await carryOut(transaction, late);
        return result;
      }),
    close: () => database.close(),
  };
}

/** In one process there is no round trip to save: they are only carried out in their order. */
async function carryOut(database: PGlite | Transaction, late: LateStatements): Promise<void> {
  // One by one: of several at once it does not tell the rows of each.
  for (const { text, check } of late.take()) {
    const [result] = await database.exec(text);
    check?.(result?.affectedRows ?? 0);
  }
}

function sessionOf(database: PGlite | Transaction, late = new LateStatements()): SqlSession {
  const session: SqlSession = {
    later: (text, values, check) => late.add(text, values, check),
    query: async <Row>(text: string, values?: readonly unknown[]) => {
      await carryOut(database, late);
      const result = await database.query<Row>(text, values as unknown[] | undefined);
      return result.rows;
    },
    run: async (text, values) => {
      await carryOut(database, late);
      // Several statements at once come only without values, and only the simple protocol takes them.
      if (values === undefined) return (await database.exec(text)).at(-1)?.affectedRows ?? 0;
      return (await database.query(text, values as unknown[])).affectedRows ?? 0;
    },
    copyIn: async (target, columns, lines) => {
      await carryOut(database, late);
      const statement = `copy ${target} (${columns.map(quoteName).join(", ")}) from '/dev/blob'`;
      return (await database.query(statement, [], { blob: new Blob([lines]) })).affectedRows ?? 0;
    },
    stream: (text, values, size) => streamRows(session, { text, values, size }),
  };
  return session;
}

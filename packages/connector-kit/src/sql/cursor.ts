import type { SqlSession } from "./session.js";

let opened = 0;

/** Rows of a query through a server-side cursor, so that memory holds one batch. The session must be inside a transaction. */
export async function* streamRows(
  session: SqlSession,
  query: { readonly text: string; readonly values: readonly unknown[]; readonly size: number },
): AsyncGenerator<readonly Record<string, unknown>[]> {
  const name = `fieldwright_cursor_${++opened}`;
  await session.run(`declare ${name} no scroll cursor for ${query.text}`, query.values);
  try {
    for (;;) {
      const rows = await session.query(`fetch ${Math.floor(query.size)} from ${name}`);
      if (rows.length === 0) return;
      yield rows;
    }
  } finally {
    await session.run(`close ${name}`).catch(() => undefined); // gone already when the transaction failed
  }
}

import type { Call, Outcome } from "@fieldwright/connector-kit";
import { VendorError } from "@fieldwright/connector-kit";
import { quoteName, type SqlSession } from "@fieldwright/connector-kit/sql";
import { checkDeferred } from "./deferred.js";
import { writing } from "./door.js";
import { fits } from "./fits.js";
import { joinKey, splitKey } from "./key.js";
import { refusalOf } from "./refusal.js";
import { type RowSource, withRows } from "./row-source.js";
import type { Table } from "./table.js";
import type { Target } from "./target.js";
import { writeHalving } from "./write-halving.js";

/** Deletes rows by key. A row that is not there is as good as deleted. */
export async function deleteRows(target: Target, keys: readonly string[], call: Call): Promise<readonly Outcome[]> {
  const { table } = target;
  return writing(target.door, call, (session) =>
    writeHalving(session, keys, {
      write: (part) => remove(session, target, part),
      refused: (_key, error) => refusalOf(error, { table, record: {}, operation: "delete" }),
    }),
  );
}

async function remove(session: SqlSession, { table, key }: Target, keys: readonly string[]): Promise<readonly Outcome[]> {
  const rows = keys.flatMap((text) => {
    const parts = splitKey(key, text);
    return parts && key.columns.every((column, part) => fits(column, parts[part] ?? "")) ? [parts] : [];
  });
  const left = rows.length === 0 ? new Set<string>() : await removeRows(session, { table, key }, rows);
  await checkDeferred(session, table);
  return keys.map((text) => (left.has(text) ? { ok: false, error: stayed(table) } : { ok: true, key: text, created: false }));
}

/** Deletes, and gives the keys of rows that are still there. */
async function removeRows(
  session: SqlSession,
  { table, key }: Pick<Target, "table" | "key">,
  rows: readonly (readonly string[])[],
): Promise<ReadonlySet<string>> {
  const same = (source: RowSource) =>
    key.columns.map((column, index) => `t.${quoteName(column.name)} = ${source.column(index)}`).join(" and ");
  return withRows(session, { table, columns: key.columns, rows, stage: false }, async (source) => {
    const gone = await session.run(`delete from ${table.path} as t using ${source.from} where ${same(source)}`, source.values);
    if (gone >= rows.length) return new Set();
    const left = await session.query<{ n: number }>(
      `select s.n::pg_catalog.int4 as n from ${source.from} join ${table.path} t on ${same(source)}`,
      source.values,
    );
    return new Set(left.map(({ n }) => joinKey(rows[n] ?? [])));
  });
}

function stayed(table: Table): VendorError {
  return new VendorError(`The row of ${table.stream} is still there after it was deleted.`, {
    code: "sql/not-deleted",
    next: "hold-record",
    hint: "A trigger or a policy of the database keeps it.",
  });
}

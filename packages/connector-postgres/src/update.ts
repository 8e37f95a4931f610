import type { Call, Outcome, Update } from "@fieldwright/connector-kit";
import { VendorError } from "@fieldwright/connector-kit";
import { quoteName, type SqlSession } from "@fieldwright/connector-kit/sql";
import { writing } from "./door.js";
import { fits } from "./fits.js";
import { inOrder } from "./in-order.js";
import { keyText, splitKey } from "./key.js";
import { roundsBy } from "./rounds.js";
import { withRows } from "./row-source.js";
import { stageFrom } from "./sizes.js";
import type { Table } from "./table.js";
import { type Group, groupsOf, keyList, type Row, type Target } from "./target.js";
import { writeGroups } from "./write-groups.js";

/** Changes the given columns of rows, and no others. */
export async function updateRows(target: Target, updates: readonly Update[], call: Call): Promise<readonly Outcome[]> {
  const outcomes = new Map<number, Outcome>();
  const entries = updates.flatMap(({ key, set }, index) => {
    const keyParts = splitKey(target.key, key);
    if (keyParts && target.key.columns.every((column, part) => fits(column, keyParts[part] ?? "")))
      return [{ index, record: set, keyParts, id: key }];
    outcomes.set(index, { ok: false, error: notFound(target.table) });
    return [];
  });
  await writing(target.door, call, async (session) => {
    // One statement takes a row once: what comes second for the same key waits for the next round.
    for (const round of roundsBy(entries, (entry) => entry.id)) {
      const written = await writeGroups(session, target, {
        groups: groupsOf(target, round),
        operation: "update",
        write: (rows, group) => update(session, target, { columns: group.columns, rows }),
      });
      for (const [index, outcome] of written) outcomes.set(index, outcome);
    }
  });
  return inOrder(outcomes, updates.length);
}

async function update(
  session: SqlSession,
  { table, key }: Target,
  { columns, rows }: Pick<Group, "columns"> & { readonly rows: readonly Row[] },
): Promise<readonly Outcome[]> {
  const width = key.columns.length;
  const stage = table.mayStage && rows.length >= stageFrom;
  const sent = { table, columns: [...key.columns, ...columns], rows: rows.map((row) => [...(row.keyParts ?? []), ...row.texts]), stage };
  const found = await withRows(session, sent, (source) => {
    const same = key.columns.map((column, index) => `t.${quoteName(column.name)} = ${source.column(index)}`).join(" and ");
    if (columns.length === 0)
      return session.query(
        `select s.n::pg_catalog.int4 as "fieldwright_n", ${keyList(key)} from ${source.from} join ${table.path} t on ${same}`,
        source.values,
      );
    const set = columns.map((column, index) => `${quoteName(column.name)} = ${source.column(width + index)}`).join(", ");
    return session.query(
      `update ${table.path} as t set ${set} from ${source.from} where ${same} returning s.n::pg_catalog.int4 as "fieldwright_n", ${keyList(key)}`,
      source.values,
    );
  });
  const keys = new Map(found.map((row) => [Number(row.fieldwright_n), keyText(key, row)]));
  return rows.map((_, place) => {
    const written = keys.get(place);
    return written === undefined ? { ok: false, error: notFound(table) } : { ok: true, key: written, created: false };
  });
}

function notFound(table: Table): VendorError {
  return new VendorError(`No row of ${table.stream} with this key took the change.`, {
    code: "sql/not-found",
    next: "hold-record",
    hint: "It was deleted meanwhile, or a trigger or policy of the database keeps it as it is.",
  });
}

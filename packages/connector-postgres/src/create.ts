import type { Call, DataRecord, Outcome } from "@fieldwright/connector-kit";
import { quoteName, type SqlSession } from "@fieldwright/connector-kit/sql";
import { writing } from "./door.js";
import { inOrder } from "./in-order.js";
import { keyText } from "./key.js";
import { copyRows, withRows } from "./row-source.js";
import { copyFrom, stageFrom } from "./sizes.js";
import type { Column } from "./table.js";
import { type Group, groupsOfNew, keyList, type Row, type Target } from "./target.js";
import { writeGroups } from "./write-groups.js";
import { RowsDropped } from "./write-halving.js";

/** Inserts records; keys that the database makes come back in the outcomes. */
export async function createRows(target: Target, records: readonly DataRecord[], call: Call): Promise<readonly Outcome[]> {
  const groups = groupsOfNew(
    target,
    records.map((record, index) => ({ index, record })),
  );
  const outcomes = await writing(target.door, call, (session) =>
    writeGroups(session, target, {
      groups,
      operation: "create",
      write: (rows, { columns }) =>
        mayCopy(target, { columns, rows }) ? copyIntoTable(session, target, { columns, rows }) : insert(session, target, { columns, rows }),
    }),
  );
  return inOrder(outcomes, records.length);
}

type Part = Pick<Group, "columns"> & { readonly rows: readonly Row[] };

/** COPY returns nothing, so it serves where each row's key is known beforehand, letter by letter as the database will keep it. */
function mayCopy({ table, key }: Target, { columns, rows }: Part): boolean {
  if (rows.length < copyFrom || !table.plainInsert) return false;
  const places = key.columns.map((column) => columns.indexOf(column));
  return (
    places.every((place) => place >= 0) &&
    rows.every((row) => places.every((place, index) => isCanonical(key.columns[index], row.texts[place])))
  );
}

function isCanonical(column: Column | undefined, text: string | null | undefined): boolean {
  if (column === undefined || text === null || text === undefined) return false;
  switch (column.typeName) {
    case "text":
      return true;
    case "varchar":
      return column.field.maxLength === undefined || text.length <= column.field.maxLength;
    case "int2":
    case "int4":
    case "int8":
      return /^(?:0|-?[1-9]\d*)$/.test(text);
    case "uuid":
      return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
    default:
      return false;
  }
}

async function copyIntoTable(session: SqlSession, { table, key }: Target, { columns, rows }: Part): Promise<readonly Outcome[]> {
  const copied = await copyRows(session, {
    target: table.path,
    names: columns.map((column) => column.name),
    rows: rows.map((row) => row.texts),
  });
  if (copied !== rows.length) throw new RowsDropped();
  return rows.map((row) => ({ ok: true, key: keyText(key, row.record), created: true }));
}

async function insert(session: SqlSession, { table, key }: Target, { columns, rows }: Part): Promise<readonly Outcome[]> {
  const stage = table.mayStage && columns.length > 0 && rows.length >= stageFrom;
  const names = columns.map((column) => quoteName(column.name)).join(", ");
  const inserted = await withRows(session, { table, columns, rows: rows.map((row) => row.texts), stage }, (source) =>
    session.query(
      `insert into ${table.path} as t ${columns.length === 0 ? "" : `(${names}) `}select ${columns.map((_, index) => source.column(index)).join(", ")} from ${source.from} order by s.n returning ${keyList(key)}`,
      source.values,
    ),
  );
  // Rows come back in the order in which they went in, unless one was dropped on the way.
  if (inserted.length !== rows.length) throw new RowsDropped();
  return inserted.map((row) => ({ ok: true, key: keyText(key, row), created: true }));
}

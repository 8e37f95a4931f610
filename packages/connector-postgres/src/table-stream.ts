import type { Field, SqlName, Stream } from "@fieldwright/connector-kit";
import { quoteName } from "@fieldwright/connector-kit/sql";
import { createRows } from "./create.js";
import { cursorColumn, cursorOf } from "./cursor.js";
import { deleteRows } from "./delete.js";
import type { Door } from "./door.js";
import { findRows, getRows } from "./find.js";
import { contentField, keyOf } from "./key.js";
import type { Listed } from "./listed.js";
import type { PostgresOptions } from "./options.js";
import { pagesByCursor } from "./pages-by-cursor.js";
import { pagesByKey } from "./pages-by-key.js";
import { selectOf } from "./select.js";
import type { Key, Table } from "./table.js";
import { updateRows } from "./update.js";
import { upsertRows } from "./upsert.js";

export interface Offered {
  readonly door: Door;
  readonly options: PostgresOptions;
  /** All the tables there are, for references. */
  readonly tables: readonly Table[];
}

/** A table or view as a stream, with the operations that its key and the user's rights allow. */
export function tableStream(table: Table, { door, options, tables }: Offered): Stream {
  const key = keyOf(table, options);
  const column = cursorColumn(table, options);
  const cursor = column && cursorOf(column);
  const listed: Listed = { door, table, key, select: selectOf(table, key), ...(cursor && column ? { cursor: column } : {}) };
  const keyed = key.columns.length > 0;
  const about = aboutOf(table, key);
  return {
    name: table.stream,
    ...(about === "" ? {} : { about }),
    fields: fieldsOf(table, key),
    key: key.field,
    ...(cursor ? { cursor } : {}),
    references: referencesOf(table, { tables, options }),
    sql: sqlName(table, key),
    listing: { maxPageSize: 10_000, complete: "by-page", total: table.kind === "table" },
    batchSize: 5_000,
    settlesWithinMs: 0, // a row shows as soon as it is committed
    read: (request, call) => (keyed ? pagesByKey(listed, request, call) : pagesByCursor(listed, request, call)),
    find: (field, values, call) => findRows(listed, { field, values }, call),
    ...(keyed ? { get: (keys, call) => getRows(listed, keys, call) } : {}),
    ...(keyed && table.kind === "table" ? writesOf({ door, table, key }) : {}),
  };
}

/** Types whose text is one and the same wherever it is made. */
const plainTypes = new Set(["int2", "int4", "int8", "text", "varchar", "uuid"]);

function sqlName({ path }: Table, { columns: [column, ...more] }: Key): SqlName {
  if (!column || more.length > 0 || !plainTypes.has(column.typeName)) return { table: path };
  return { table: path, key: { column: quoteName(column.name), type: column.type } };
}

function writesOf(target: {
  readonly door: Door;
  readonly table: Table;
  readonly key: Key;
}): Pick<Stream, "create" | "update" | "upsert" | "delete"> {
  const { rights } = target.table;
  return {
    ...(rights.insert ? { create: (records, call) => createRows(target, records, call) } : {}),
    ...(rights.update ? { update: (updates, call) => updateRows(target, updates, call) } : {}),
    ...(rights.insert && rights.update ? { upsert: (records, on, call) => upsertRows(target, { records, on }, call) } : {}),
    ...(rights.delete ? { delete: (keys, call) => deleteRows(target, keys, call) } : {}),
  };
}

function fieldsOf(table: Table, key: Key): Readonly<Record<string, Field>> {
  const isKey = (name: string) => key.columns.some((column) => column.name === name);
  const own = table.columns.map((column): [string, Field] => [
    column.name,
    isKey(column.name) && column.field.readOnly === undefined ? { ...column.field, readOnly: "after-create" } : column.field,
  ]);
  if (key.columns.length === 1) return Object.fromEntries(own);
  const about =
    key.field === contentField
      ? "A digest of the whole row: this table has no key."
      : `The key in one text: ${key.columns.map((column) => column.name).join(", ")} between slashes.`;
  return Object.fromEntries([[key.field, { type: "text", readOnly: true, about }], ...own]);
}

/** Foreign keys over one column that point to what is the key of its stream. */
function referencesOf(table: Table, { tables, options }: Pick<Offered, "tables" | "options">): Readonly<Record<string, string>> {
  return Object.fromEntries(
    table.foreignKeys.flatMap((foreign) => {
      const [column, ...more] = foreign.columns;
      const there = tables.find((one) => one.schema === foreign.schema && one.name === foreign.table);
      if (column === undefined || more.length > 0 || !there) return [];
      return keyOf(there, options).field === foreign.targets[0] ? [[column, there.stream]] : [];
    }),
  );
}

/** The table's own comment, and what it cannot do and why. */
function aboutOf(table: Table, key: Key): string {
  const notes = table.about === undefined ? [] : [table.about];
  if (table.kind === "view") notes.push("A view: it is read, and not written.");
  else if (key.columns.length === 0)
    notes.push(
      "It has no primary key and no unique index over columns that are never blank, so it cannot be a target: a row could not be found again. Give it one, or name its columns under `keys` in the connection's options.",
    );
  else {
    const missing = (["insert", "update", "delete"] as const).filter((right) => !table.rights[right]);
    if (missing.length > 0) notes.push(`The database user may not ${missing.join(", ")} here.`);
  }
  if (key.columns.length === 0)
    notes.push("Rows are told apart by their content: a changed row looks like a new one, and equal rows count as one.");
  return notes.join(" ");
}

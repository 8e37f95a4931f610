import type { DataRecord } from "@fieldwright/connector-kit";
import { VendorError } from "@fieldwright/connector-kit";
import type { Door } from "./door.js";
import { outExpression } from "./select.js";
import type { Column, Key, Table } from "./table.js";
import { valueText } from "./value-text.js";

/** What it takes to write to a table. */
export interface Target {
  readonly door: Door;
  readonly table: Table;
  readonly key: Key;
}

/** A record on its way in. */
export interface Row {
  /** Its place in the batch that was given. */
  readonly index: number;
  readonly record: DataRecord;
  /** By the columns of its group. */
  readonly texts: readonly (string | null)[];
  /** The key's parts, where it is known before the write. */
  readonly keyParts?: readonly string[];
}

/** Rows that give the same columns: one statement writes them all, and a column that is not given keeps its default. */
export interface Group {
  readonly columns: readonly Column[];
  readonly rows: Row[];
}

interface Entry {
  readonly index: number;
  readonly record: DataRecord;
  readonly keyParts?: readonly string[];
}

/** Records by the set of columns that they give. */
export function groupsOf(target: Target, entries: readonly Entry[]): readonly Group[] {
  return grouped(target, entries, (record) => givenNames(target, record));
}

/** The same for new rows: a column without a default is null whether it is given so or not given, so it splits no group. */
export function groupsOfNew(target: Target, entries: readonly Entry[]): readonly Group[] {
  const filled = new Set(target.table.columns.filter((column) => column.filled).map((column) => column.name));
  const plain = new Set<string>();
  for (const { record } of entries)
    for (const name in record) if (!plain.has(name) && !filled.has(name) && isGiven(target, record, name)) plain.add(name);
  const all = [...plain];
  if (filled.size === 0) return grouped(target, entries, () => all);
  return grouped(target, entries, (record) => [...all, ...givenNames(target, record).filter((name) => filled.has(name))]);
}

function givenNames(target: Target, record: DataRecord): readonly string[] {
  return Object.keys(record).filter((name) => isGiven(target, record, name));
}

function isGiven({ key }: Target, record: DataRecord, name: string): boolean {
  return record[name] !== undefined && (name !== key.field || key.columns.length === 1);
}

function grouped({ table }: Target, entries: readonly Entry[], namesOf: (record: DataRecord) => readonly string[]): readonly Group[] {
  const bySignature = new Map<string, Group>();
  let last: { readonly names: readonly string[]; readonly group: Group } | undefined;
  for (const entry of entries) {
    const names = namesOf(entry.record);
    const signature = last?.names === names ? "" : JSON.stringify(names);
    let group = last?.names === names ? last.group : bySignature.get(signature);
    if (!group) {
      const sorted = JSON.stringify(names.toSorted());
      group = bySignature.get(sorted) ?? { columns: names.toSorted().map((name) => columnNamed(table, name)), rows: [] };
      bySignature.set(sorted, group);
      bySignature.set(signature, group);
    }
    last = { names, group };
    const { columns } = group;
    const { index, record, keyParts } = entry;
    const texts = columns.map((column) => valueText(column, record[column.name]));
    group.rows.push(keyParts === undefined ? { index, record, texts } : { index, record, texts, keyParts });
  }
  return [...new Set(bySignature.values())];
}

export function columnNamed(table: Table, name: string): Column {
  const column = table.columns.find((one) => one.name === name);
  if (!column)
    throw new VendorError(`${table.stream} has no column "${name}".`, {
      code: "sql/unknown-column",
      next: "stop-stream",
      field: name,
      hint: "See what is missing with `fieldwright migrate`, or take the field out of the spec.",
    });
  if (column.fixed)
    throw new VendorError(`The database fills the column "${name}" of ${table.stream} by itself; it takes no value.`, {
      code: "sql/read-only-column",
      next: "stop-stream",
      field: name,
      hint: "Take the field out of the spec.",
    });
  return column;
}

/** The key's columns of the alias `t`, for `returning`. */
export function keyList(key: Key): string {
  return key.columns.map(outExpression).join(", ");
}

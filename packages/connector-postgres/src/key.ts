import type { PostgresOptions } from "./options.js";
import type { Column, Key, Table } from "./table.js";
import { valueText } from "./value-text.js";

/** The field by which rows without any key are told apart: a digest of their content. */
export const contentField = "row_digest";

/** What names a row: the options' word, the primary key, a unique index without blanks, or the row's content. */
export function keyOf(table: Table, options: PostgresOptions): Key {
  const given = options.keys[table.stream];
  const names = given === undefined ? indexedKey(table) : typeof given === "string" ? [given] : given;
  const columns = names.map((name) => table.columns.find((column) => column.name === name));
  if (columns.length === 0 || columns.includes(undefined)) return { field: contentField, columns: [] };
  return { field: names.join("+"), columns: columns as readonly Column[] };
}

/** The first column named in the options that the table does not have. */
export function missingKeyColumn(table: Table, options: PostgresOptions): string | undefined {
  const given = options.keys[table.stream] ?? [];
  return [given].flat().find((name) => !table.columns.some((column) => column.name === name));
}

function indexedKey(table: Table): readonly string[] {
  const neverBlank = (name: string) => table.columns.some((column) => column.name === name && column.notNull);
  return table.uniques.find((unique) => unique.primary || unique.columns.every(neverBlank))?.columns ?? [];
}

/** One text for the key of a row, from its record. Parts of a key over several columns stand between slashes. */
export function keyText(key: Key, record: Readonly<Record<string, unknown>>): string {
  const parts = key.columns.map((column) => valueText(column, record[column.name]) ?? "");
  return joinKey(parts);
}

export function joinKey(parts: readonly string[]): string {
  if (parts.length === 1) return parts[0] ?? "";
  return parts.map((part) => part.replaceAll("%", "%25").replaceAll("/", "%2F")).join("/");
}

/** The columns' values in a key's text; `undefined` when it has another number of parts. */
export function splitKey(key: Key, text: string): readonly string[] | undefined {
  if (key.columns.length === 1) return [text];
  const parts = text.split("/").map((part) => part.replaceAll("%2F", "/").replaceAll("%25", "%"));
  return parts.length === key.columns.length ? parts : undefined;
}

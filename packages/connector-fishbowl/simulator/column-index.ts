import type { DataRecord } from "@fieldwright/connector-kit";
import type { Table } from "@fieldwright/connector-kit/testing";

export type Value = string | number;

/** A column's values in order, as a database keeps them: built when first asked for, then kept up. */
export interface ColumnIndex {
  /** Keys of the rows with this value. */
  equal(value: Value): readonly Value[];
  /** Keys from this value on, in order of value and key. */
  from(value: Value | undefined): Iterable<Value>;
  move(before: DataRecord | undefined, after: DataRecord | undefined): void;
}

/** Texts compare without regard to case and to blanks at the end. */
export function comparable(value: unknown): Value | undefined {
  if (value === null || value === undefined) return undefined;
  if (typeof value === "boolean") return value ? 1 : 0;
  return typeof value === "number" ? value : String(value).trimEnd().toLowerCase();
}

export function createColumnIndex(table: Table, column: string): ColumnIndex {
  const entries: { readonly value: Value; readonly key: Value }[] = [];
  const keyOf = (row: DataRecord): Value => row[table.key] as Value;
  for (const row of table) {
    const value = comparable(row[column]);
    if (value !== undefined) entries.push({ value, key: keyOf(row) });
  }
  const order = (a: { value: Value; key: Value }, b: { value: Value; key: Value }): number =>
    compare(a.value, b.value) || compare(a.key, b.key);
  entries.sort(order);
  const place = (before: (entry: { value: Value; key: Value }) => boolean): number => {
    let [low, high] = [0, entries.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const entry = entries[middle];
      if (entry !== undefined && before(entry)) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return {
    equal(value) {
      const keys: Value[] = [];
      for (let index = place((entry) => compare(entry.value, value) < 0); entries[index]?.value === value; index += 1)
        keys.push((entries[index] as { key: Value }).key);
      return keys;
    },
    *from(value) {
      const start = value === undefined ? 0 : place((entry) => compare(entry.value, value) < 0);
      for (let index = start; index < entries.length; index += 1) yield (entries[index] as { key: Value }).key;
    },
    move(before, after) {
      const old = before === undefined ? undefined : comparable(before[column]);
      if (before !== undefined && old !== undefined) {
        const entry = { value: old, key: keyOf(before) };
        entries.splice(
          place((other) => order(other, entry) < 0),
          1,
        );
      }
      const value = after === undefined ? undefined : comparable(after[column]);
      if (after === undefined || value === undefined) return;
      const entry = { value, key: keyOf(after) };
      entries.splice(
        place((other) => order(other, entry) < 0),
        0,
        entry,
      );
    },
  };
}

/** Numbers before texts, so that any two have an order. */
export function compare(a: Value, b: Value): number {
  if (typeof a === typeof b) return a < b ? -1 : a > b ? 1 : 0;
  return typeof a === "number" ? -1 : 1;
}

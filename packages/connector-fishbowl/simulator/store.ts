import type { DataRecord } from "@fieldwright/connector-kit";
import { createTable, type Table } from "@fieldwright/connector-kit/testing";
import { type ColumnIndex, createColumnIndex, type Value } from "./column-index.js";

/** A table of the database with indexes on whatever is asked by. */
export interface Store extends Table {
  readonly columns: Readonly<Record<string, string>>;
  /** Rows whose column has one of these values. */
  equal(column: string, values: readonly Value[]): readonly DataRecord[];
  /** Rows from a value on, by value and key. */
  from(column: string, value: Value | undefined): Iterable<DataRecord>;
}

export interface StoreSetup {
  readonly key?: string;
  readonly columns: Readonly<Record<string, string>>;
  readonly count: number;
  readonly at: (index: number) => DataRecord;
  readonly touch?: (record: DataRecord, now: Date) => DataRecord;
  /** Told every change. */
  readonly changed?: (before: DataRecord | undefined, after: DataRecord | undefined) => void;
}

/** Keys of generated rows are 1, 2, 3 and so on. */
export function createStore({ key = "id", columns, count, at, touch, changed }: StoreSetup): Store {
  const blank = Object.fromEntries(Object.keys(columns).map((name) => [name, null]));
  const whole = (row: DataRecord): DataRecord => ({ ...blank, ...row });
  const table = createTable({
    key,
    records: { count, at: (index) => whole(at(index)) },
    indexOf: (id) => Number(id) - 1,
    ...(touch ? { touch } : {}),
  });
  const indexes = new Map<string, ColumnIndex>();
  const index = (column: string): ColumnIndex => {
    const found = indexes.get(column) ?? createColumnIndex(table, column);
    indexes.set(column, found);
    return found;
  };
  const note = (before: DataRecord | undefined, after: DataRecord | undefined): void => {
    for (const one of indexes.values()) one.move(before, after);
    changed?.(before, after);
  };
  const rows = function* (keys: Iterable<Value>): Generator<DataRecord> {
    for (const one of keys) {
      const row = table.get(one);
      if (row) yield row;
    }
  };
  return {
    columns,
    key,
    get size() {
      return table.size;
    },
    get: (id) => table.get(id),
    has: (id) => table.has(id),
    slice: (offset, limit) => table.slice(offset, limit),
    filter: (test) => table.filter(test),
    useClock: (now) => table.useClock(now),
    [Symbol.iterator]: () => table[Symbol.iterator](),
    equal: (column, values) => (column === key ? [...rows(values)] : [...rows(values.flatMap((value) => index(column).equal(value)))]),
    from: (column, value) => (column === key ? byKey(table, Number(value ?? 0)) : rows(index(column).from(value))),
    add(record) {
      const added = table.add(whole(record));
      note(undefined, added);
      return added;
    },
    change(id, set) {
      const before = table.get(id);
      const after = table.change(id, set);
      note(before, after);
      return after;
    },
    remove(id) {
      const before = table.get(id);
      table.remove(id);
      note(before, undefined);
    },
  };
}

/** Keys ascend, so the first one that is large enough is found by halving. */
function* byKey(table: Table, value: number): Generator<DataRecord> {
  const keyAt = (offset: number): number => Number(table.slice(offset, 1)[0]?.[table.key]);
  let [low, high] = [0, table.size];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (keyAt(middle) < value) low = middle + 1;
    else high = middle;
  }
  for (let offset = low; offset < table.size; offset += 100) yield* table.slice(offset, 100);
}

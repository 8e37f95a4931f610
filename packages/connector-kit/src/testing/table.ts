import type { DataRecord } from "../contract.js";
import { type Base, createRows } from "./rows.js";

/** A stream's truth in memory, in order of creation. */
export interface Table extends Iterable<DataRecord> {
  readonly key: string;
  readonly size: number;
  get(key: string | number): DataRecord | undefined;
  has(key: string | number): boolean;
  /** At most `limit` records from `offset` on; costs only these. */
  slice(offset: number, limit: number): readonly DataRecord[];
  /** Walks all records. */
  filter(test: (record: DataRecord) => boolean): readonly DataRecord[];
  /** @throws when the key is taken or missing. */
  add(record: DataRecord): DataRecord;
  /** Sets only the fields of `set`. @throws when there is no such record. */
  change(key: string | number, set: DataRecord): DataRecord;
  /** @throws when there is no such record. */
  remove(key: string | number): void;
  /** Called by the simulator that owns the table. */
  useClock(now: () => Date): void;
}

export type Tables = Readonly<Record<string, Table>>;

export interface TableSetup {
  /** The field that names a record. */
  readonly key: string;
  /** Ready records, or a count and a pure generator: then a record costs memory only while it is asked for. */
  readonly records: readonly DataRecord[] | { readonly count: number; readonly at: (index: number) => DataRecord };
  /** Where a generated record with this key is: saves an index of all keys. Keys that are `index + 1` need none. */
  readonly indexOf?: (key: string) => number | undefined;
  /** Set by the clock on every `add` and `change`. */
  readonly updatedField?: string;
  /** What a change does to a record instead of setting `updatedField`. */
  readonly touch?: (record: DataRecord, now: Date) => DataRecord;
}

export function createTable(setup: TableSetup): Table {
  const { key: keyField } = setup;
  const base = "at" in setup.records && "count" in setup.records ? setup.records : ready(setup.records as readonly DataRecord[]);
  const rows = createRows(base);
  const added = new Map<string, number>();
  const indexOf = keyIndex(setup, base);
  let now = (): Date => new Date();

  const find = (key: string | number): number | undefined => {
    const index = added.get(String(key)) ?? indexOf(String(key));
    return index === undefined || !rows.has(index) ? undefined : index;
  };
  const sure = (key: string | number): number => {
    const index = find(key);
    if (index === undefined) throw new Error(`There is no record with ${keyField} ${key}.`);
    return index;
  };
  const touched = (record: DataRecord): DataRecord => {
    if (setup.touch) return setup.touch(record, now());
    return setup.updatedField === undefined ? record : { ...record, [setup.updatedField]: now().toISOString() };
  };

  return {
    key: keyField,
    get size() {
      return rows.size;
    },
    get: (key) => {
      const index = find(key);
      return index === undefined ? undefined : rows.at(index);
    },
    has: (key) => find(key) !== undefined,
    slice(offset, limit) {
      const records: DataRecord[] = [];
      if (limit <= 0) return records;
      for (const record of rows.from(Math.max(0, offset))) if (records.push(record) >= limit) break;
      return records;
    },
    filter: (test) => [...rows.from(0)].filter(test),
    add(record) {
      const key = record[keyField];
      if (key === undefined || key === null) throw new Error(`The record has no ${keyField}.`);
      if (find(String(key)) !== undefined) throw new Error(`There is a record with ${keyField} ${key} already.`);
      const whole = touched(record);
      added.set(String(key), rows.push(whole));
      return whole;
    },
    change(key, set) {
      const index = sure(key);
      return rows.set(index, touched({ ...rows.at(index), ...set }));
    },
    remove(key) {
      rows.drop(sure(key));
      added.delete(String(key));
    },
    useClock(clock) {
      now = clock;
    },
    [Symbol.iterator]: () => rows.from(0),
  };
}

function ready(records: readonly DataRecord[]): Base {
  return { count: records.length, at: (index) => records[index] as DataRecord };
}

/** From key to index: by the setup's own rule, else `key - 1` where that holds, else by an index built when first needed. */
function keyIndex(setup: TableSetup, base: Base): (key: string) => number | undefined {
  let known: Map<string, number> | undefined;
  const holds = (index: number, key: string): boolean => index >= 0 && index < base.count && String(base.at(index)[setup.key]) === key;
  const own = setup.indexOf ?? ((key: string) => (/^[0-9]{1,15}$/.test(key) ? Number(key) - 1 : undefined));
  return (key) => {
    const guess = own(key);
    if (guess !== undefined && Number.isInteger(guess) && holds(guess, key)) return guess;
    if (setup.indexOf) return undefined;
    if (!known) {
      known = new Map();
      for (let index = 0; index < base.count; index += 1) known.set(String(base.at(index)[setup.key]), index);
    }
    return known.get(key);
  };
}

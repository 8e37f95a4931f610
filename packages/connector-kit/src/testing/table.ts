import type { DataRecord } from "../contract.js";

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

export function createTable(_setup: TableSetup): Table {
  throw new Error("not yet");
}

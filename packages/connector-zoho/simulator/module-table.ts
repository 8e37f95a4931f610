import type { DataRecord } from "@fieldwright/connector-kit";
import { createTable, type Table } from "@fieldwright/connector-kit/testing";
import { type Ground, generatedRecord, idAt, indexOf, type Stored, userId } from "./generated-record.js";
import type { Module } from "./modules.js";
import { momentOf, wholeSecond } from "./moments.js";

/** A module's records, with what the routes need to know of them. */
export interface ModuleTable extends Table {
  readonly module: Module;
  /** Rises with every write, so that orders that were kept are known to be old. */
  readonly version: number;
  record(id: string): Stored | undefined;
  /** The id of the record whose unique field has this value. */
  holderOf(field: string, value: unknown): string | undefined;
  /** Brings a record back that was taken away, as it was. */
  putBack(record: Stored): void;
}

export interface TableParts {
  readonly ground: Ground;
  readonly module: Module;
  readonly nowMs: () => number;
  readonly onRemove: (record: Stored) => void;
}

export function createModuleTable({ ground, module, nowMs, onRemove }: TableParts): ModuleTable {
  const count = ground.count(module.name);
  const table = createTable({
    key: "id",
    records: { count, at: (index) => generatedRecord(ground, module, index) },
    indexOf: (key) => indexOf(module.number, key),
  });
  const holders = new Map<string, Map<string, string>>();
  let version = 0;
  let nextIndex = count;
  const index = (field: string): Map<string, string> => {
    let known = holders.get(field);
    if (known === undefined) {
      known = new Map();
      // The first one wins: generated people may share a mail address.
      for (const record of table)
        if (isGiven(record[field]) && !known.has(word(record[field]))) known.set(word(record[field]), String(record.id));
      holders.set(field, known);
    }
    return known;
  };
  const changed = (before: DataRecord | undefined, after: DataRecord | undefined) => {
    version += 1;
    for (const [field, known] of holders) {
      if (before !== undefined && known.get(word(before[field])) === before.id) known.delete(word(before[field]));
      if (after !== undefined && isGiven(after[field])) known.set(word(after[field]), String(after.id));
    }
  };
  const times = () => ({ Modified_Time: wholeSecond(nowMs()) });
  const insert = (record: DataRecord): DataRecord => {
    const whole = table.add(record);
    changed(undefined, whole);
    return whole;
  };
  return {
    ...table,
    module,
    get size() {
      return table.size;
    },
    get version() {
      return version;
    },
    record: (id) => table.get(id) as Stored | undefined,
    holderOf: (field, value) => (isGiven(value) ? index(field).get(word(value)) : undefined),
    putBack: (record) => void insert(record),
    add(set) {
      const blank = Object.fromEntries(module.fields.map((field) => [field.name, blankOf(field.json)]));
      const id = String(set.id ?? idAt(module.number, nextIndex++));
      const by = { Owner: userId(0), Created_By: userId(0), Modified_By: userId(0) };
      return insert(withFullName(module, { ...blank, ...by, ...stored(set), id, Created_Time: wholeSecond(nowMs()), ...times() }));
    },
    change(key, set) {
      const before = table.get(key);
      const after = table.change(key, withFullName(module, { ...before, ...stored(set), ...times() }));
      changed(before, after);
      return after;
    },
    remove(key) {
      const before = table.get(key) as Stored | undefined;
      table.remove(key);
      changed(before, undefined);
      if (before !== undefined) onRemove(before);
    },
    [Symbol.iterator]: () => table[Symbol.iterator](),
  };
}

/** Moments and lookups may be given as they are read. */
function stored(set: DataRecord): DataRecord {
  return Object.fromEntries(
    Object.entries(set).map(([name, value]) => {
      if (name === "Modified_Time" || name === "Created_Time") return [name, momentOf(value) ?? value];
      return [name, isLookup(value) ? value.id : value];
    }),
  );
}

function isLookup(value: unknown): value is { id: string } {
  return typeof value === "object" && value !== null && !Array.isArray(value) && "id" in value;
}

function withFullName(module: Module, record: DataRecord): DataRecord {
  if (!module.byName.has("Full_Name")) return record;
  return { ...record, Full_Name: [record.First_Name, record.Last_Name].filter(isGiven).join(" ") };
}

function blankOf(json: string): unknown {
  return json === "jsonarray" ? [] : json === "boolean" ? false : null;
}

/** Unique fields ignore case. */
function word(value: unknown): string {
  return String(value).toLowerCase();
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "";
}

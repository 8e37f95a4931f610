import type { DataRecord } from "@fieldwright/connector-kit";
import { createTable, type Table } from "@fieldwright/connector-kit/testing";
import { drawAt, type Ground } from "./draw.js";
import type { Kind, Stored } from "./kind.js";
import { kinds } from "./kinds/index.js";
import type { Settings } from "./options.js";
import { roll } from "./roll.js";

/** All that the account holds; both faces show the same rows. */
export interface Account {
  readonly settings: Settings;
  readonly tables: Readonly<Record<string, Table>>;
  /** Rises with every change of any row. */
  readonly version: () => number;
  /** Where the bytes of files lie, known once the server runs. */
  filesUrl: () => string;
  kind(path: string): Kind | undefined;
  /** When rows last changed (milliseconds), by index, of those that were there from the start; made without making the rows. */
  stamps(path: string): { readonly times: Float64Array; readonly idAt: (index: number) => string; readonly touched: ReadonlySet<string> };
  /** A new row, with its id. */
  create(path: string, row: Omit<Stored, "id">): Stored;
  /** The row of any job, whichever of the three paths it was asked by. */
  find(path: string, id: string): { readonly path: string; readonly row: Stored } | undefined;
}

const historyBegins = Date.parse("2023-01-02T08:00:00Z");
const historyMs = 3 * 365 * 86_400_000;
/** All jobs lie in one table of the vendor's, so their ids are never the same. */
export const jobPaths: readonly string[] = ["services", "opportunities", "productions"];

export function createAccount(settings: Settings): Account {
  const { sizes, seed } = settings;
  const byPath = new Map(kinds.map((kind) => [kind.path, kind]));
  const ground: Ground = { seed, sizes, idAt, createdMs: (path, index) => createdMs(path, index, sizes[path] ?? 1) };
  let version = 0;
  const tables: Record<string, Table> = {};
  const touched = new Map<string, Set<string>>();
  const times = new Map<string, Float64Array>();
  for (const kind of kinds) {
    const count = sizes[kind.path] ?? 0;
    const ids = new Set<string>();
    touched.set(kind.path, ids);
    tables[kind.path] = watched(tableOf(kind, { ground, count }), (id) => {
      version += 1;
      ids.add(id);
    });
  }
  const added = new Map<string, number>();
  return {
    settings,
    tables,
    version: () => version,
    filesUrl: () => "",
    kind: (path) => byPath.get(path),
    stamps(path) {
      const known = times.get(path) ?? Float64Array.from({ length: sizes[path] ?? 0 }, (_, index) => updatedMs(ground, path, index));
      times.set(path, known);
      return { times: known, idAt: (index) => String(idAt(path, index)), touched: touched.get(path) ?? new Set() };
    },
    create(path, row) {
      const nth = added.get(path) ?? sizes[path] ?? 0;
      added.set(path, nth + 1);
      const createdAt = moment(settings.clock.now().getTime());
      return tables[path]?.add({ createdAt, ...row, id: String(idAt(path, nth)) }) as Stored;
    },
    find(path, id) {
      for (const candidate of jobPaths.includes(path) ? jobPaths : [path]) {
        const row = tables[candidate]?.get(id);
        if (row) return { path: candidate, row: row as Stored };
      }
      return undefined;
    },
  };
}

function tableOf(kind: Kind, { ground, count }: { readonly ground: Ground; readonly count: number }): Table {
  const { path } = kind;
  return createTable({
    key: "id",
    records: { count, at: (index) => rowAt(kind, ground, index) },
    indexOf: (id) => (/^[0-9]{1,15}$/.test(id) ? indexOf(path, Number(id)) : undefined),
    touch: (record, now) => ({ ...record, updatedAt: moment(now.getTime()) }),
  });
}

function rowAt(kind: Kind, ground: Ground, index: number): Stored {
  const { attributes, relations } = kind.row(drawAt(ground, kind.path, index));
  return Object.assign({ id: String(idAt(kind.path, index)) }, attributes, {
    createdAt: moment(ground.createdMs(kind.path, index)),
    updatedAt: moment(updatedMs(ground, kind.path, index)),
    deletedAt: null,
    relations,
  });
}

/** Some rows were touched again long after, so that the order of ids is not the order of changes. */
function updatedMs(ground: Ground, path: string, index: number): number {
  const later = roll(ground.seed, 900, index) % 5 === 0 ? roll(ground.seed, 901, index) % 2_000_000_000 : 3_600_000;
  return Math.floor(Math.min(ground.createdMs(path, index) + later, historyBegins + historyMs) / 1000) * 1000;
}

/** The framework's own spelling: whole seconds, six noughts behind them. */
export function moment(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}.000000Z`;
}

function createdMs(path: string, index: number, count: number): number {
  const step = historyMs / Math.max(1, count);
  return historyBegins + Math.floor(index * step) + (roll(7, path.length, index) % Math.max(1, Math.floor(step / 2)));
}

const firstJob = 9_001;
const firstOther = 1_001;

function idAt(path: string, index: number): number {
  const job = jobPaths.indexOf(path);
  if (path === "workflow_stages") return index + 4;
  return job === -1 ? firstOther + index : firstJob + 3 * index + job;
}

function indexOf(path: string, id: number): number | undefined {
  const job = jobPaths.indexOf(path);
  if (path === "workflow_stages") return id - 4;
  if (job === -1) return id - firstOther;
  const index = (id - firstJob - job) / 3;
  return Number.isInteger(index) ? index : undefined;
}

function watched(table: Table, changed: (id: string) => void): Table {
  const after = <T>(id: string, value: T): T => {
    changed(id);
    return value;
  };
  const add = (record: DataRecord): DataRecord => after(String(record.id), table.add(record));
  return {
    key: table.key,
    get size() {
      return table.size;
    },
    get: (key) => table.get(key),
    has: (key) => table.has(key),
    slice: (offset, limit) => table.slice(offset, limit),
    filter: (test) => table.filter(test),
    add: (record) => add(whole(record, table)),
    change: (key, set) => after(String(key), table.change(key, set)),
    remove: (key) => after(String(key), table.remove(key)),
    useClock: (now) => table.useClock(now),
    [Symbol.iterator]: () => table[Symbol.iterator](),
  };
}

/** A row that a test adds by hand names no relationships. */
function whole(record: DataRecord, table: Table): DataRecord {
  return { relations: {}, deletedAt: null, id: String(1_000_000_000 + table.size), ...record };
}

import type { DataRecord } from "../../contract.js";
import { createClock, type SimulatorClock } from "../clock.js";
import type { Table } from "../table.js";
import { memoryTables } from "./memory-records.js";
import { type MemoryStream, memoryFields } from "./memory-streams.js";
import type { Oddities } from "./oddities.js";
import { takeRecord } from "./take-record.js";
import type { VendorAnswer, VendorListing, VendorOutcome, VendorRequest, VendorWrite } from "./vendor-request.js";

export interface VendorWorldOptions {
  /** Records of each stream at the start. None if not given. */
  readonly size?: number;
  /** The most records a write takes. 10 if not given. */
  readonly batchSize?: number;
  readonly oddities?: Oddities;
  /** Real time if not given. */
  readonly clock?: SimulatorClock;
}

/** A request that was carried out. */
export interface LogEntry {
  readonly stream: MemoryStream;
  readonly operation: VendorRequest["operation"];
  /** Of the records that a write changed or a read gave. */
  readonly keys: readonly string[];
  /** Records of a write that were refused. */
  readonly refused: number;
}

/** A vendor's side: it outlives every client. No transactions, no idempotency key, nothing unique but ids: what is sent twice is there twice. */
export interface VendorWorld {
  readonly batchSize: number;
  readonly oddities: Oddities;
  readonly clock: SimulatorClock;
  readonly tables: Readonly<Record<MemoryStream, Table>>;
  readonly log: readonly LogEntry[];
  holds(stream: MemoryStream): readonly DataRecord[];
  /** Does it, at once. Each record of a write stands for itself. @throws BadRequest when the request as a whole is wrong. */
  carryOut(request: VendorRequest): VendorAnswer;
  /** Called when a write is committed and not yet answered. */
  afterCommit: (entry: LogEntry) => void | Promise<void>;
}

/** A request that the vendor refuses as a whole: nothing of it was done. */
export class BadRequest extends Error {}

export function createVendorWorld(options: VendorWorldOptions = {}): VendorWorld {
  const { size = 0, batchSize = 10, oddities = {}, clock = createClock() } = options;
  const tables = memoryTables(size);
  for (const table of Object.values(tables)) table.useClock(() => clock.now());
  const log: LogEntry[] = [];
  const write = createWrites({ tables, oddities, clock });
  const hidden = createHidden(oddities.lag ?? 0);
  const noted = (request: VendorRequest, answer: VendorAnswer): VendorAnswer => {
    const items = answer.items ?? answer.list?.items ?? [];
    const done = answer.outcomes?.filter((outcome) => outcome.ok) ?? [];
    const keys = [...items.map((record) => String(record.id)), ...done.map((outcome) => outcome.key)];
    log.push({ stream: request.stream, operation: request.operation, keys, refused: (answer.outcomes?.length ?? 0) - done.length });
    return answer;
  };
  return {
    batchSize,
    oddities,
    clock,
    tables,
    log,
    holds: (stream) => [...tables[stream]],
    afterCommit: () => undefined,
    carryOut(request) {
      const table = tables[request.stream];
      switch (request.operation) {
        case "list":
          return noted(request, { list: listed(table, request) });
        case "get":
          return noted(request, { items: request.keys.map((key) => table.get(key)).filter((record) => record !== undefined) });
        case "find":
          return noted(request, { items: hidden.shown(request.stream, found(table, request)) });
        default: {
          const outcomes = write(request.stream, request, batchSize);
          if (request.operation === "create") for (const outcome of outcomes) if (outcome.ok) hidden.hide(request.stream, outcome.key);
          return noted(request, { outcomes });
        }
      }
    },
  };
}

type Part<O extends VendorRequest["operation"]> = Extract<VendorRequest, { readonly operation: O }>;

function listed(table: Table, { page, size, since, until }: Part<"list">): VendorListing {
  const from = since === undefined ? Number.NEGATIVE_INFINITY : Date.parse(since);
  const to = until === undefined ? Number.POSITIVE_INFINITY : Date.parse(until);
  const whole = since === undefined && until === undefined;
  const pageSize = Math.min(100, Math.max(1, size));
  const offset = (Math.max(1, page) - 1) * pageSize;
  if (whole) return { items: table.slice(offset, pageSize), pages: Math.ceil(table.size / pageSize), total: table.size };
  const all = table.filter((record) => Date.parse(String(record.updated)) >= from && Date.parse(String(record.updated)) <= to);
  return { items: all.slice(offset, offset + pageSize), pages: Math.ceil(all.length / pageSize), total: all.length };
}

function found(table: Table, { field, values }: Part<"find">): readonly DataRecord[] {
  const wanted = new Set(values.map(String));
  return table.filter((record) => record[field] !== undefined && record[field] !== null && wanted.has(String(record[field])));
}

/** New records that the search does not know yet. */
function createHidden(lag: number): {
  hide(stream: MemoryStream, key: string): void;
  shown(stream: MemoryStream, records: readonly DataRecord[]): readonly DataRecord[];
} {
  const searchesLeft = { contacts: new Map<string, number>(), deals: new Map<string, number>() };
  return {
    hide: (stream, key) => void (lag > 0 && searchesLeft[stream].set(key, lag)),
    shown(stream, records) {
      const left = searchesLeft[stream];
      const seen = records.filter((record) => !left.has(String(record.id)));
      for (const [key, searches] of left) {
        if (searches > 1) left.set(key, searches - 1);
        else left.delete(key);
      }
      return seen;
    },
  };
}

type World = Pick<VendorWorld, "tables" | "oddities" | "clock">;

function createWrites({
  tables,
  oddities,
  clock,
}: World): (stream: MemoryStream, request: VendorWrite, batchSize: number) => readonly VendorOutcome[] {
  const next = { contacts: tables.contacts.size + 1, deals: tables.deals.size + 1 };
  const bin = { contacts: new Map<string, DataRecord>(), deals: new Map<string, DataRecord>() };
  const one = {
    create(stream: MemoryStream, given: DataRecord): VendorOutcome {
      const taken = takeRecord(given, { fields: memoryFields[stream], oddities, creating: true });
      if ("ok" in taken) return taken;
      const blank = Object.fromEntries(Object.keys(memoryFields[stream]).map((name) => [name, null]));
      const key = `${stream.slice(0, 1)}${next[stream]++}`;
      return { ok: true, key, record: tables[stream].add({ ...blank, ...taken.values, id: key, created: clock.now().toISOString() }) };
    },
    update(stream: MemoryStream, { key, set }: { readonly key: string; readonly set: DataRecord }): VendorOutcome {
      if (!tables[stream].has(key)) return missing(stream, key);
      const taken = takeRecord(set, { fields: memoryFields[stream], oddities, creating: false });
      return "ok" in taken ? taken : { ok: true, key, record: tables[stream].change(key, taken.values) };
    },
    delete(stream: MemoryStream, key: string): VendorOutcome {
      const record = tables[stream].get(key);
      if (!record) return missing(stream, key);
      tables[stream].remove(key);
      if (oddities.deletes === "soft") bin[stream].set(key, record);
      return { ok: true, key, record };
    },
    restore(stream: MemoryStream, key: string): VendorOutcome {
      const record = bin[stream].get(key);
      if (!record) return missing(stream, key);
      bin[stream].delete(key);
      return { ok: true, key, record: tables[stream].add(record) };
    },
  };
  return (stream, request, batchSize) => {
    const count =
      request.operation === "create"
        ? request.records.length
        : request.operation === "update"
          ? request.updates.length
          : request.keys.length;
    if (count > batchSize) throw new BadRequest(`At most ${batchSize} records at a time; these were ${count}.`);
    if (request.operation === "create") return request.records.map((record) => one.create(stream, record));
    if (request.operation === "update") return request.updates.map((update) => one.update(stream, update));
    if (oddities.deletes === "never" || (request.operation === "restore" && oddities.deletes !== "soft"))
      throw new BadRequest(`There is no way to ${request.operation} ${stream}.`);
    return request.keys.map((key) => one[request.operation](stream, key));
  };
}

function missing(stream: MemoryStream, key: string): VendorOutcome {
  return { ok: false, code: "missing", message: `${stream} has no ${key}.` };
}

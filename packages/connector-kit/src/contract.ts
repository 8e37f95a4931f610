import type { z } from "zod";
import type { Budget } from "./http/budget.js";
import type { SqlDatabase, SqlSession } from "./sql/session.js";
import type { VendorError } from "./vendor-error.js";

/** A record as its vendor says it: JSON values by field name. */
export type DataRecord = Readonly<Record<string, unknown>>;

/** Where a listing goes on after a page. JSON, so that it survives a restart; only the connector reads it. */
export type Position = Readonly<Record<string, string | number | boolean | null>>;

export type FieldType =
  | "text"
  | "integer" // a whole number; beyond 2^53 as decimal text
  | "number" // a float
  | "decimal" // exact, as decimal text
  | "boolean"
  | "date" // YYYY-MM-DD
  | "datetime" // ISO 8601 with offset, or without one where `zoneless`
  | "time" // HH:MM:SS
  | "uuid"
  | "json"
  | "list"
  | "object";

export interface Field {
  readonly type: FieldType;
  /** A record cannot be created without it. */
  readonly required?: boolean;
  /** `true`: never written. `"after-create"`: given when created, fixed from then on. */
  readonly readOnly?: boolean | "after-create";
  /** The only values it takes. */
  readonly options?: readonly (string | number)[];
  /** In characters. */
  readonly maxLength?: number;
  /** A datetime that carries no offset. */
  readonly zoneless?: boolean;
  /** The members of a `list`. */
  readonly of?: Field;
  /** The known members of an `object`. */
  readonly fields?: Readonly<Record<string, Field>>;
  readonly about?: string;
}

/** How "what changed since" is asked. */
export interface Cursor {
  /** The field that carries the value; absent where rows carry none: then the time of the last read counts. */
  readonly field?: string;
  readonly type: "datetime" | "date" | "integer" | "text";
  /** The finest step the vendor's filter can tell apart. */
  readonly granularity: "day" | "second" | "millisecond" | "microsecond" | "exact";
  /** `false`: the vendor has no such filter, so every read is a full one. */
  readonly filter: boolean;
  /** How far below the stored value a read starts, in milliseconds (integer cursors: in units). */
  readonly overlap?: number;
}

/** A span of whole days that the vendor can filter by, often on another field than the cursor's. */
export interface DayWindow {
  readonly field?: string;
  /** Given where an incremental read is this window around today, because nothing better exists. */
  readonly rolling?: { readonly daysBack: number; readonly daysAhead: number };
}

export interface Listing {
  /** The most records a page may hold. */
  readonly maxPageSize: number;
  /** `never`: absence from a full listing proves nothing. `by-page`: the last page says whether it does. */
  readonly complete: "by-page" | "never";
  /** Whether pages carry a total. */
  readonly total: boolean;
  /** The position after a page that could not be read; `undefined` where that cannot be known. */
  skip?(position: Position | undefined): Position | undefined;
}

export interface ReadRequest {
  readonly pageSize: number;
  /** Resume here; from the start without it. */
  readonly position?: Position;
  /** Inclusive lower bound of the cursor, already widened by the overlap. ISO text, or decimal text of an integer. */
  readonly since?: string;
  /** Inclusive upper bound of the cursor, frozen when the read began. */
  readonly until?: string;
  /** Inclusive days, YYYY-MM-DD, on the stream's `window`. */
  readonly window?: { readonly from: string; readonly to: string };
}

export interface Page {
  readonly records: readonly DataRecord[];
  /** Where the next page starts; absent on the last one, and where a listing cannot be resumed. */
  readonly next?: Position;
  /** Records in the whole listing as the vendor claims: for progress only, it may lie. */
  readonly total?: number;
  /** On the last page: this listing, walked from its start, provably held every record there is. */
  readonly complete?: boolean;
}

/** What a connector gets with every call. */
export interface Call {
  readonly signal: AbortSignal;
  /** `people` may use the reserve of the budget. */
  readonly priority?: "people" | "sync";
  /** An open transaction of the store's database: a write that can join it must. */
  readonly transaction?: SqlSession;
}

/** What became of one record of a batch, in the batch's order. */
export type Outcome =
  | { readonly ok: true; readonly key: string; readonly created: boolean; readonly record?: DataRecord }
  | { readonly ok: false; readonly error: VendorError };

export interface Update {
  readonly key: string;
  /** Only the fields to change. */
  readonly set: DataRecord;
}

/** A kind of record of a system. An operation that is missing is one the system cannot do. */
export interface Stream {
  readonly name: string;
  readonly about?: string;
  readonly fields: Readonly<Record<string, Field>>;
  /** Records may carry fields beyond `fields` (custom fields). */
  readonly open?: boolean;
  /** The field that names a record for good. */
  readonly key: string;
  readonly cursor?: Cursor;
  readonly window?: DayWindow;
  /** Own field (dots for nested) -> stream whose key it holds. */
  readonly references?: Readonly<Record<string, string>>;
  /** Fields that change without meaning anything: they do not count as a change of the record. */
  readonly volatile?: readonly string[];
  readonly listing: Listing;
  /** How many records one call of `create`, `update`, `upsert` and `delete` takes. 1000 if not given. */
  readonly batchSize?: number;
  /**
   * How long after a write was sent `get` and `find` may not show it yet, in milliseconds, its time on the way included. 5 minutes if not
   * given. While a write without an answer is younger, its absence proves nothing.
   */
  readonly settlesWithinMs?: number;
  /** The field values that take a record out of sight without losing it, where the system has such a way: `{ active: false }`. */
  readonly archive?: DataRecord;
  /** What a person must know before a write, e.g. that a mail goes out. */
  readonly sideEffects?: string;
  /** How the records are named in the connection's `query`. */
  readonly sql?: SqlName;

  read?(request: ReadRequest, call: Call): AsyncIterable<Page>;
  /** The records with these keys; those that do not exist are left out. */
  get?(keys: readonly string[], call: Call): Promise<readonly DataRecord[]>;
  /** Every record whose `field` equals one of `values`. */
  find?(field: string, values: readonly unknown[], call: Call): Promise<readonly DataRecord[]>;
  /** What a write throws is true of its whole batch, `inDoubt` too: what was done of it before must be told as outcomes. */
  create?(records: readonly DataRecord[], call: Call): Promise<readonly Outcome[]>;
  update?(updates: readonly Update[], call: Call): Promise<readonly Outcome[]>;
  /** Creates or updates by `on`, in one step of the vendor's own. */
  upsert?(records: readonly DataRecord[], on: readonly string[], call: Call): Promise<readonly Outcome[]>;
  delete?(keys: readonly string[], call: Call): Promise<readonly Outcome[]>;
  /** Brings deleted records back under their old keys. */
  restore?(keys: readonly string[], call: Call): Promise<readonly Outcome[]>;
}

/** The table or view of a stream whose fields are its columns. */
export interface SqlName {
  /** Quoted, with its schema. */
  readonly table: string;
  /** Quoted, with its type; absent where the key is not one column whose text, cast to the type, gives the value again. */
  readonly key?: { readonly column: string; readonly type: string };
}

export interface SqlQuery {
  readonly text: string;
  readonly values?: readonly unknown[];
  readonly timeoutMs: number;
}

export interface CheckItem {
  readonly what: string; // "credentials", "rate limit", "clock"
  readonly ok: boolean;
  /** Plain words; on failure with the next step. */
  readonly says: string;
}

/** What a sync needs a target table to have. */
export interface WantedTable {
  readonly fields: Readonly<Record<string, Field>>;
  /** The field that becomes the primary key of a new table; the first one without it. */
  readonly key?: string;
  /** Field -> the stream and field that it points to. */
  readonly references?: Readonly<Record<string, { readonly stream: string; readonly field: string }>>;
}

/** A connector with its options: a door to one account. */
export interface Connection {
  /** Credentials and reach. Throws nothing for what it is there to find out. */
  check(call: Call): Promise<readonly CheckItem[]>;
  streams(call: Call): Promise<readonly Stream[]>;
  /** Set where the records lie in the store's own database, so that writes can join its transactions. */
  readonly inStore?: boolean;
  readonly budget?: Budget;
  /**
   * A query in the system's own database, in a transaction that can only read; only SQL systems have it. Names without a schema are looked up
   * as the connection's streams are.
   * @throws VendorError with the code `sql/57014` when it takes longer than `timeoutMs`.
   */
  query?(query: SqlQuery, call: Call): Promise<readonly DataRecord[]>;
  /** The statements that would make the target take these fields; only SQL targets have it. */
  plannedSchema?(stream: string, wanted: WantedTable, call: Call): Promise<readonly string[]>;
  applySchema?(statements: readonly string[], call: Call): Promise<void>;
  close(): Promise<void>;
}

export interface Limits {
  readonly requests: number;
  readonly perSeconds: number;
  readonly parallel?: number;
  /** Share of the requests kept for people, 0 to 1. */
  readonly reserve?: number;
}

/** What the embedding side gives a connector when it opens. */
export interface World {
  /** The store's own database, for connectors that can use it. */
  readonly store?: SqlDatabase;
  /** The project's folder, absolute: paths among the options count from there, wherever the process runs. */
  readonly folder?: string;
  readonly limits?: Partial<Limits>;
  /** Registers a value that must never be shown. */
  readonly secret: (value: string) => void;
  readonly now: () => Date;
  readonly notice: (text: string) => void;
  /** Tells that requests wait for the budget, until this moment in milliseconds since 1970. */
  readonly waiting?: (untilMs: number) => void;
}

export interface Connector<Options = unknown> {
  readonly name: string;
  readonly title: string;
  readonly options: z.ZodType<Options>;
  /** Names of options whose values are secret. */
  readonly secrets: readonly string[];
  open(options: Options, world: World): Promise<Connection>;
}

/** A connector as a plain value: no registration, no side effect. */
export function defineConnector<Options>(connector: Connector<Options>): Connector<Options> {
  return connector;
}

/** A stream as a plain value; checks nothing, types everything. */
export function defineStream<S extends Stream>(stream: S): S {
  return stream;
}

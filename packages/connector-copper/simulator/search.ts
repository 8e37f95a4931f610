import type { DataRecord } from "@fieldwright/connector-kit";
import type { Account } from "./account.js";
import { invalid, Refusal, spoken, unrecognized } from "./refusal.js";
import { rendered } from "./render.js";
import type { Test } from "./search-filters.js";
import { filters, type Searched, sortFields, usualSort } from "./search-keys.js";

const paging = ["page_number", "page_size", "sort_by", "sort_direction", "fields"];
const largestPage = 200;

export interface Found {
  readonly rows: readonly DataRecord[];
  readonly total: number;
}

export interface Search {
  readonly kind: Searched;
  readonly body: DataRecord;
}

/** Sorted matches; kept until something changes, so that every further page is cheap. */
interface Order {
  readonly version: number;
  readonly ids: readonly number[];
  readonly values: readonly unknown[];
}

export type SearchAccount = (search: Search) => Found;

export function createSearch(account: Account): SearchAccount {
  const orders = new Map<string, Order>();
  return ({ kind, body }) => {
    const unknown = Object.keys(body).filter((key) => !paging.includes(key) && !Object.hasOwn(filters[kind], key));
    if (unknown.length > 0) throw unrecognized(unknown);
    const page = pageOf(account, body);
    const sort = sortOf(kind, body);
    const used = Object.entries(body).filter(([key, value]) => !paging.includes(key) && !isEmpty(value));
    const bounds = boundsOn(sort.field, used);
    const order = known(account, orders, { kind, sort, used: used.filter(([key]) => !bounds.keys.includes(key)) });
    const [from, to] = span(order.values, { ...bounds, descending: sort.descending });
    const total = Math.max(0, to - from);
    const offset = (page.number - 1) * page.size;
    if (offset + page.size > account.settings.reach && offset >= account.settings.reach) {
      if (account.settings.beyondReach === "empty") return { rows: [], total };
      throw new Refusal(422, `Invalid input: Only the first ${account.settings.reach} records can be paged through`);
    }
    const end = Math.min(to, from + offset + page.size, from + account.settings.reach);
    const ids = order.ids.slice(from + offset, end);
    return { rows: ids.map((id) => projected(body, rendered(account, kind, seen(account, kind, id) ?? {}))), total };
  };
}

function pageOf({ settings }: Account, body: DataRecord): { readonly number: number; readonly size: number } {
  const whole = (key: string, usual: number): number => {
    const value = body[key] === undefined ? usual : Number(body[key]);
    if (!Number.isInteger(value) || value < 1) throw invalid(spoken(key), `Invalid value for ${spoken(key)}: ${String(body[key])}`);
    return value;
  };
  const size = whole("page_size", 20);
  if (size > largestPage && settings.largePages === "refuse") throw invalid("Page Size", `must be less than or equal to ${largestPage}`);
  return { number: whole("page_number", 1), size: Math.min(size, largestPage) };
}

interface Sort {
  readonly field: string;
  readonly descending: boolean;
}

function sortOf(kind: Searched, body: DataRecord): Sort {
  const [field, direction] = usualSort[kind];
  const named = body.sort_by === undefined ? field : sortFields[kind][String(body.sort_by)];
  if (named === undefined) throw invalid("Sort By", `Invalid value for Sort By: ${String(body.sort_by)}`);
  const said = body.sort_direction ?? (body.sort_by === undefined ? direction : "asc");
  if (said !== "asc" && said !== "desc") throw invalid("Sort Direction", `Invalid value for Sort Direction: ${String(said)}`);
  return { field: named, descending: said === "desc" };
}

interface Bounds {
  readonly keys: readonly string[];
  readonly least: number;
  readonly most: number;
}

/** Bounds on the very field that is sorted by need no walk through the records. */
function boundsOn(field: string, used: readonly (readonly [string, unknown])[]): Bounds {
  const stem = { date_created: "created_date", date_modified: "modified_date", activity_date: "activity_date" }[field];
  const keys = [`minimum_${stem}`, `maximum_${stem}`];
  const boundIn = (key: string | undefined) => used.find(([name]) => name === key)?.[1];
  const [least, most] = keys.map(boundIn);
  for (const [index, value] of [least, most].entries())
    if (value !== undefined && !Number.isFinite(Number(value)))
      throw invalid(spoken(keys[index] ?? ""), `Invalid value for ${spoken(keys[index] ?? "")}: ${String(value)}`);
  return {
    keys,
    least: least === undefined ? Number.NEGATIVE_INFINITY : Number(least),
    most: most === undefined ? Number.POSITIVE_INFINITY : Number(most),
  };
}

function span(values: readonly unknown[], { keys, least, most, descending }: Bounds & { readonly descending: boolean }): [number, number] {
  if (keys[0] === "minimum_undefined") return [0, values.length];
  const first = (holds: (value: number) => boolean): number => {
    let [low, high] = [0, values.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (holds(values[middle] as number)) high = middle;
      else low = middle + 1;
    }
    return low;
  };
  if (descending) return [first((value) => value <= most), first((value) => value < least)];
  return [first((value) => value >= least), first((value) => value > most)];
}

interface Wanted {
  readonly kind: Searched;
  readonly sort: Sort;
  readonly used: readonly (readonly [string, unknown])[];
}

function known(account: Account, orders: Map<string, Order>, wanted: Wanted): Order {
  const lagging = account.unseen.size > 0;
  const name = JSON.stringify(wanted);
  const kept = orders.get(name);
  if (kept?.version === account.version && !lagging) return kept;
  const order = made(account, wanted);
  if (orders.size >= 12) orders.clear();
  orders.set(name, order);
  return order;
}

function made(account: Account, { kind, sort, used }: Wanted): Order {
  const tests: Test[] = used.flatMap(([key, value]) => filters[kind][key]?.(value, account, key) ?? []);
  const include = used.find(([key]) => key === "include_converted_leads")?.[1];
  if (kind === "leads" && include !== true && include !== "true") tests.push((record) => typeof record.converted_at !== "number");
  const hits: { id: number; value: unknown }[] = [];
  for (const record of candidates(account, kind))
    if (tests.every((test) => test(record))) hits.push({ id: record.id as number, value: record[sort.field] ?? null });
  const turn = sort.descending ? -1 : 1;
  hits.sort((a, b) => turn * compare(a.value, b.value) || a.id - b.id);
  return { version: account.version, ids: hits.map((hit) => hit.id), values: hits.map((hit) => hit.value) };
}

function* candidates(account: Account, kind: Searched): Generator<DataRecord> {
  for (const record of account.kinds[kind]) {
    const shown = account.unseen.size === 0 ? record : seen(account, kind, record.id as number);
    if (shown) yield shown;
  }
}

/** The record as the index knows it; `undefined` where it does not know it yet. */
function seen(account: Account, kind: Searched, id: number): DataRecord | undefined {
  const name = `${kind}/${id}`;
  const waiting = account.unseen.get(name);
  if (waiting && waiting.untilMs > account.settings.clock.now().getTime()) return waiting.before ?? undefined;
  account.unseen.delete(name);
  return account.kinds[kind].get(id);
}

function compare(a: unknown, b: unknown): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  if (typeof a === "number" && typeof b === "number") return a - b;
  return String(a).toLowerCase() < String(b).toLowerCase() ? -1 : 1;
}

function isEmpty(value: unknown): boolean {
  return value === "" || value === null || (Array.isArray(value) && value.length === 0);
}

function projected(body: DataRecord, row: DataRecord): DataRecord {
  if (!Array.isArray(body.fields) || body.fields.length === 0) return row;
  const wanted = new Set<unknown>(["id", ...body.fields]);
  return Object.fromEntries(Object.entries(row).filter(([key]) => wanted.has(key)));
}

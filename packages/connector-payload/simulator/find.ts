import type { DataRecord } from "@fieldwright/connector-kit";
import type { Account, Kept } from "./account.js";
import { shown } from "./show.js";
import { type Ground, type Test, testOf } from "./where.js";

export interface List {
  readonly docs: readonly DataRecord[];
  readonly [name: string]: unknown;
}

/** A search with its page, as Payload answers it. */
export function findList(account: Account, kept: Kept, query: Readonly<Record<string, unknown>>): List {
  const limit = limitOf(query.limit);
  const page = Math.max(1, Number(query.page ?? 1) || 1);
  const isCounted = query.pagination !== "false";
  const size = limit.rows === 0 ? Number.POSITIVE_INFINITY : limit.rows;
  const offset = limit.rows === 0 || !isCounted ? 0 : (page - 1) * size;
  const { rows, total, isJoined } = rowsOf(account, kept, { query, offset, size, isCounted });
  const showing = { depth: depthOf(query.depth), select: query.select };
  const docs = rows.map((record) => shown(account, kept.definition.slug, { record, showing }));
  // With another table in the search, no record is no page.
  const none = isJoined && total === 0;
  const pages = none ? 0 : !isCounted || limit.rows === 0 ? 1 : Math.ceil(total / size) || 1;
  const current = isCounted && limit.rows !== 0 ? page : 1;
  return {
    docs,
    hasNextPage: current < pages,
    hasPrevPage: current > 1,
    ...(isJoined && limit.rows === 0 ? {} : { limit: limit.shown }),
    nextPage: current < pages ? current + 1 : null,
    page: current,
    pagingCounter: none ? 0 : typeof limit.shown === "string" ? null : (current - 1) * limit.rows + 1,
    prevPage: current > 1 ? current - 1 : null,
    totalDocs: isCounted ? total : docs.length,
    totalPages: pages,
  };
}

export function countOf(account: Account, kept: Kept, query: Readonly<Record<string, unknown>>): number {
  const test = tester(account, kept, { where: query.where });
  return test === undefined ? kept.table.size : kept.table.filter(test).length;
}

/** All records that a search fits, in the order of their creation. */
export function matching(account: Account, kept: Kept, where: unknown): readonly DataRecord[] {
  return kept.table.filter(tester(account, kept, { where }) ?? (() => true));
}

export function depthOf(depth: unknown): number {
  const number = Number(depth ?? 2);
  return Number.isInteger(number) ? Math.min(10, Math.max(0, number)) : 2;
}

interface Wanted {
  readonly query: Readonly<Record<string, unknown>>;
  readonly offset: number;
  readonly size: number;
  readonly isCounted: boolean;
}

interface Rows {
  readonly rows: readonly DataRecord[];
  readonly total: number;
}

function rowsOf(account: Account, kept: Kept, { query, offset, size, isCounted }: Wanted): Rows & { readonly isJoined: boolean } {
  let isJoined = false;
  const test = tester(account, kept, {
    where: query.where,
    joins: () => {
      isJoined = true;
    },
  });
  if (query.sort === "id") return { ...inOrder(kept, { test, from: lowerId(query.where), offset, size, isCounted }), isJoined };
  const all = [...(test === undefined ? kept.table : kept.table.filter(test))];
  const known = new Set(["id", "createdAt", "updatedAt", ...kept.definition.fields.map((field) => field.name)]);
  const keys = String(query.sort ?? "")
    .split(",")
    .filter((key) => known.has(key.replace(/^-/, "")));
  const sorted = sort(all, keys.length === 0 ? ["-createdAt"] : keys);
  return { rows: sorted.slice(offset, offset + size), total: all.length, isJoined };
}

interface Walk extends Omit<Wanted, "query"> {
  readonly test: Test | undefined;
  /** No record up to this id fits. */
  readonly from: number;
}

/** By id, which is the order in which records lie: costs what it gives, also in the middle of a million. */
function inOrder({ table }: Kept, { test, from, offset, size, isCounted }: Walk): Rows {
  const start = from === 0 ? 0 : placeAfter(table, from);
  if (test === undefined) return { rows: table.slice(start + offset, Math.min(size, table.size)), total: table.size - start };
  const rows: DataRecord[] = [];
  let total = 0;
  for (let place = start; ; ) {
    const some = table.slice(place, 1000);
    for (const record of some) {
      if (!test(record)) continue;
      total += 1;
      if (total > offset && rows.length < size) rows.push(record);
      if (!isCounted && rows.length >= size) return { rows, total };
    }
    if (some.length < 1000) return { rows, total };
    place += some.length;
  }
}

/** How many records lie before the first with an id above this one. */
function placeAfter(table: Kept["table"], id: number): number {
  let low = 0;
  let high = table.size;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (Number(table.slice(middle, 1)[0]?.id) <= id) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The id below which a search by `id: greater_than` finds nothing. */
function lowerId(where: unknown): number {
  if (!isObject(where)) return 0;
  const own = isObject(where.id) ? Number(where.id.greater_than ?? 0) : 0;
  const parts = Array.isArray(where.and) ? where.and.map(lowerId) : [];
  return Math.max(0, ...[own, ...parts].filter(Number.isFinite));
}

function tester(
  account: Account,
  kept: Kept,
  { where, joins }: { readonly where: unknown; readonly joins?: () => void },
): Test | undefined {
  if (where === undefined) return undefined;
  const ground: Ground = {
    definition: kept.definition,
    look: (slug, id) => (typeof id === "number" ? account.collections.get(slug)?.table.get(id) : undefined),
    definitionOf: (slug) => account.collections.get(slug)?.definition,
    ...(joins === undefined ? {} : { joins }),
  };
  return testOf(where, ground);
}

/** Nothing comes last going up. */
function sort(records: DataRecord[], by: readonly string[]): readonly DataRecord[] {
  const keys = by.map((key) => ({ name: key.replace(/^-/, ""), up: !key.startsWith("-") }));
  return records.sort((a, b) => {
    for (const { name, up } of keys) {
      const order = compare(a[name], b[name]);
      if (order !== 0) return up ? order : -order;
    }
    return 0;
  });
}

function compare(a: unknown, b: unknown): number {
  if (a === b) return 0;
  if (a === null || a === undefined) return 1;
  if (b === null || b === undefined) return -1;
  return (typeof a === "number" && typeof b === "number" ? a < b : String(a) < String(b)) ? -1 : 1;
}

/** What is no number is echoed, and means all; so does 0. */
function limitOf(given: unknown): { readonly rows: number; readonly shown: unknown } {
  if (given === undefined) return { rows: 10, shown: 10 };
  const number = Number(given);
  if (!Number.isFinite(number) || number < 0) return { rows: 0, shown: Number.isFinite(number) ? number : given };
  return { rows: Math.floor(number), shown: Math.floor(number) };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

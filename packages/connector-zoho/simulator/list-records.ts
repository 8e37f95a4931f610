import { createHash } from "node:crypto";
import type { DataRecord } from "@fieldwright/connector-kit";
import type { ModuleTable } from "./module-table.js";
import { momentOf } from "./moments.js";
import { refuse } from "./refusal.js";

const withoutToken = 2000;
const withToken = 100_000;
const tokenLifeMs = 24 * 3_600_000;

export interface ListQuery {
  readonly params: URLSearchParams;
  readonly modifiedSince: string | undefined;
  readonly nowMs: number;
}

export interface ListAnswer {
  readonly records: readonly DataRecord[];
  readonly info: DataRecord;
  /** Nothing at all is newer than the header says. */
  readonly unchanged: boolean;
}

interface Order {
  readonly version: number;
  readonly ids: readonly string[];
}

/** The pages of a module. One for each simulator, because it keeps orders. */
export function createLister(): (table: ModuleTable, query: ListQuery) => ListAnswer {
  const orders = new Map<string, Order>();
  const tokens = new Map<string, { readonly bound: string; readonly offset: number; readonly expiresMs: number }>();

  const offsetOf = (query: ListQuery, perPage: number): number => {
    const { params } = query;
    const token = params.get("page_token");
    const page = params.get("page");
    if (token !== null && page !== null)
      throw refuse("AMBIGUITY_DURING_PROCESSING", "ambiguity while processing the request", {
        ambiguity_due_to: [{ param_name: "page" }, { param_name: "page_token" }],
      });
    if (token === null) return numberedOffset(Number(page ?? 1), perPage);
    const known = tokens.get(token);
    if (known === undefined || known.bound !== boundTo(query))
      throw refuse("TOKEN_BOUND_DATA_MISMATCH", "The page_token given seems to be invalid or input param is added or altered or deleted", {
        param_name: "page_token",
      });
    if (known.expiresMs <= query.nowMs)
      throw refuse("EXPIRED_VALUE", "Page token expired", { api_name: "page_token", json_path: "$.query.page_token" });
    return known.offset;
  };

  return (table, query) => {
    const perPage = perPageOf(query.params);
    const sorting = sortingOf(query.params);
    const offset = offsetOf(query, perPage);
    if (offset >= withToken)
      throw refuse("PAGINATION_LIMIT_EXCEEDED", "You can only get upto 100000 records using page_token param", {
        param_name: "page_token",
      });
    const order = orderOf(orders, table, { query, sorting });
    const records = order.slice(offset, perPage);
    const more = offset + records.length < order.size;
    const token = more ? tokenFor(query, offset + perPage) : null;
    const expiresMs = query.nowMs + tokenLifeMs;
    if (token !== null) tokens.set(token, { bound: boundTo(query), offset: offset + perPage, expiresMs });
    const info = {
      call: false,
      per_page: perPage,
      count: records.length,
      page: Math.floor(offset / perPage) + 1,
      ...sorting,
      more_records: more,
      next_page_token: token,
      previous_page_token: null,
      page_token_expiry: token === null ? null : new Date(expiresMs).toISOString().replace(/\.\d+Z$/, "+00:00"),
    };
    return { records, info, unchanged: query.modifiedSince !== undefined && order.size === 0 };
  };
}

function numberedOffset(page: number, perPage: number): number {
  if (!Number.isInteger(page) || page < 1) throw refuse("INVALID_DATA", "invalid data", { param_name: "page" });
  if (page * perPage > withoutToken)
    throw refuse("DISCRETE_PAGINATION_LIMIT_EXCEEDED", "You can only get the first 2000 records without using page_token param", {
      limit: withoutToken,
    });
  return (page - 1) * perPage;
}

function perPageOf(params: URLSearchParams): number {
  const perPage = Number(params.get("per_page") ?? 200);
  if (!Number.isInteger(perPage) || perPage < 1 || perPage > 200) throw refuse("INVALID_DATA", "invalid data", { param_name: "per_page" });
  return perPage;
}

interface Sorting {
  readonly sort_by: string;
  readonly sort_order: string;
}

function sortingOf(params: URLSearchParams): Sorting {
  const sort_by = params.get("sort_by") ?? "id";
  const sort_order = params.get("sort_order") ?? "desc";
  if (!["id", "Created_Time", "Modified_Time"].includes(sort_by))
    throw refuse("INVALID_DATA", "invalid data", { param_name: "sort_by", supported_values: ["id", "Created_Time", "Modified_Time"] });
  if (!["asc", "desc"].includes(sort_order)) throw refuse("INVALID_DATA", "invalid data", { param_name: "sort_order" });
  return { sort_by, sort_order };
}

interface Ordered {
  readonly size: number;
  slice(offset: number, limit: number): readonly DataRecord[];
}

function orderOf(orders: Map<string, Order>, table: ModuleTable, { query, sorting }: { query: ListQuery; sorting: Sorting }): Ordered {
  const ids = query.params.get("ids");
  const converted = table.module.name === "Leads" ? (query.params.get("converted") ?? "false") : "both";
  if (ids === null && query.modifiedSince === undefined && converted === "both" && sorting.sort_by === "id") return byId(table, sorting);
  const name = JSON.stringify([table.module.name, ids, query.modifiedSince, converted, sorting]);
  let known = orders.get(name);
  if (known?.version !== table.version) {
    const since = query.modifiedSince === undefined ? undefined : sinceOf(query.modifiedSince);
    const passes = (record: DataRecord): boolean =>
      (since === undefined || Number(record.Modified_Time) >= since) &&
      (converted === "both" || (record.Converted__s === true) === (converted === "true"));
    const among =
      ids === null
        ? table.filter(passes)
        : idsOf(ids)
            .flatMap((id) => table.record(id) ?? [])
            .filter(passes);
    known = { version: table.version, ids: sorted(among, sorting).map((record) => String(record.id)) };
    if (orders.size > 20) orders.clear();
    orders.set(name, known);
  }
  const all = known.ids;
  return { size: all.length, slice: (offset, limit) => all.slice(offset, offset + limit).flatMap((id) => table.record(id) ?? []) };
}

/** Ids rise in the order of creation, so the order is there already. */
function byId(table: ModuleTable, sorting: Sorting): Ordered {
  const { size } = table;
  if (sorting.sort_order === "asc") return { size, slice: (offset, limit) => table.slice(offset, limit) };
  return {
    size,
    slice(offset, limit) {
      const from = Math.max(0, size - offset - limit);
      return [...table.slice(from, Math.max(0, size - offset - from))].reverse();
    },
  };
}

function sorted(records: readonly DataRecord[], { sort_by, sort_order }: Sorting): readonly DataRecord[] {
  const key = (record: DataRecord): number | string => (sort_by === "id" ? String(record.id) : Number(record[sort_by]));
  const direction = sort_order === "asc" ? 1 : -1;
  return [...records].sort((a, b) => (key(a) < key(b) ? -direction : key(a) > key(b) ? direction : 0));
}

function idsOf(text: string): readonly string[] {
  const ids = text.split(",");
  if (ids.length > 100) throw refuse("LIMIT_EXCEEDED", "limit exceeded", { limit: 100, param_name: "ids" });
  if (ids.some((id) => !/^\d+$/.test(id))) throw refuse("INVALID_DATA", "invalid data", { param_name: "ids" });
  return ids;
}

/** To the second and inclusive: a record of that very second comes again. */
export function sinceOf(header: string): number {
  const ms = momentOf(header);
  if (ms === undefined) throw refuse("INVALID_DATA", "invalid data", { param_name: "If-Modified-Since" });
  return ms;
}

/** All parameters but the place, and the header. */
function boundTo({ params, modifiedSince }: ListQuery): string {
  const bound = new URLSearchParams(params);
  bound.delete("page");
  bound.delete("page_token");
  bound.sort();
  return `${bound}|${modifiedSince ?? ""}`;
}

/** Long and opaque. */
function tokenFor(query: ListQuery, offset: number): string {
  const hash = (salt: string) =>
    createHash("sha512")
      .update(`${salt} ${boundTo(query)} ${offset} ${query.nowMs}`)
      .digest("hex");
  return hash("a") + hash("b") + hash("c") + hash("d");
}

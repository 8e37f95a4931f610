import type { Context } from "hono";
import type { Records } from "./data/records.js";
import type { Slice } from "./envelopes.js";
import type { Settings } from "./options.js";
import type { Body } from "./refusal.js";

/** What a caller gets who does not say how many: the framework's own number. */
const usualPageSize = 15;

/** `page` and `per_page`; `limit` and `offset` are ignored, and a size beyond the limit is cut without a word. */
export function pageOf(
  c: Context,
  settings: Settings,
  sizes: { readonly usual?: number; readonly limit?: number } = {},
): { page: number; perPage: number } {
  const asked = Number(c.req.query("per_page"));
  const limit = Math.max(sizes.limit ?? 0, settings.pageSizeLimit);
  const perPage = Number.isInteger(asked) && asked > 0 ? asked : (sizes.usual ?? usualPageSize);
  const page = Number(c.req.query("page"));
  return { page: Number.isInteger(page) && page > 0 ? page : 1, perPage: Math.min(perPage, limit) };
}

/** A comma list of ids; `undefined` where the parameter is absent or empty. */
export function idsIn(c: Context, name: string): ReadonlySet<number> | undefined {
  const text = c.req.query(name);
  if (!text) return undefined;
  return new Set(text.split(",").map(Number).filter(Number.isInteger));
}

/** One page of records, of those that pass only where a filter is given. */
export function sliceOf<R extends P, P>(c: Context, records: Records<R, P>, options: SliceOptions<R, P>): Slice {
  const { page, perPage, passes, row } = options;
  const offset = (page - 1) * perPage;
  if (!passes) return { rows: records.slice(offset, perPage).map(row), page, perPage, total: records.size };
  const indexes = records.select(`${filterName(c)} ${options.seenAt ?? ""}`, passes);
  return { rows: indexes.slice(offset, offset + perPage).map((index) => row(records.record(index))), page, perPage, total: indexes.length };
}

export interface SliceOptions<R, P> {
  readonly page: number;
  readonly perPage: number;
  /** Must depend on nothing but the request and these records, or `seenAt`. */
  readonly passes?: ((record: P) => boolean) | undefined;
  /** Version of other records that `passes` looks at. */
  readonly seenAt?: number;
  readonly row: (record: R) => Slice["rows"][number];
}

/** The request without its place in the listing: equal for all pages of one walk. */
export function filterName(c: Context): string {
  const url = new URL(c.req.url);
  url.searchParams.delete("page");
  url.searchParams.delete("per_page");
  url.searchParams.sort();
  return `${url.pathname}?${url.searchParams} ${c.req.header("UserTimeZone") ?? ""}`;
}

/** The body as an object; what is no JSON object counts as an empty one, as the framework has it. */
export async function bodyOf(c: Context): Promise<Body> {
  return (await jsonOf(c)) ?? {};
}

export async function jsonOf(c: Context): Promise<Body | undefined> {
  try {
    const parsed: unknown = await c.req.json();
    return typeof parsed === "object" && parsed !== null && !Array.isArray(parsed) ? { ...parsed } : undefined;
  } catch {
    return undefined;
  }
}

/** The number in the path; `undefined` for anything else. */
export function idIn(c: Context, name = "id"): number | undefined {
  const text = c.req.param(name) ?? "";
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

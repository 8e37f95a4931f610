import {
  type Call,
  type DataRecord,
  type Page,
  type Position,
  type Query,
  type ReadRequest,
  VendorError,
} from "@fieldwright/connector-kit";
import type { Collection } from "../collections/collection.js";
import type { Api } from "./api.js";
import { howChanges, rangeOf } from "./changes.js";
import type { List } from "./document.js";
import { pageSizeOf, queryOf } from "./query.js";
import { includedOf, recordOf } from "./record.js";

/** How a walk stands after a page; all of it is in the position, so that a read which is taken up again proves as much. */
interface Standing {
  readonly page: number;
  readonly size: number;
  /** Records that the first page claimed; -1 once that can prove nothing any more. */
  readonly total: number;
  readonly rows: number;
  /** Milliseconds; when the walk began. */
  readonly began: number;
}

// A list out of which somebody deletes faster than it is read has no end.
const mostSteppingBack = 100;

/**
 * The pages of one list. A row that is deleted meanwhile pulls those behind it forward across the border of a page: where the total falls, the
 * walk goes back by as much, so that none is passed over.
 */
export async function* walk(
  api: Api,
  { collection, request, extra = {} }: { readonly collection: Collection; readonly request: ReadRequest; readonly extra?: Query },
  call: Call,
): AsyncGenerator<Page> {
  const way = howChanges(api, collection);
  const range = rangeOf(request);
  const seen = new Set<string>();
  let at = standingOf(request.position) ?? begin(api, collection, request);
  let last = Number.POSITIVE_INFINITY; // the total as the page before had it
  let back = 0;
  for (;;) {
    const query = { ...queryOf(api, collection, request), ...extra, "page[number]": at.page, "page[size]": at.size };
    const list = await api.list(`/${collection.name}`, query, call);
    const { paging } = list;
    if (paging && paging.page !== at.page) throw otherPage(collection.name, at.page, paging.page);
    const total = paging?.total ?? -1;
    const included = includedOf(list.included);
    const all = list.data.map((resource) => recordOf(collection, resource, included));
    const fresh = all.filter((record) => !seen.has(String(record.id)));
    for (const record of fresh) seen.add(String(record.id));
    at = { ...at, total: proofOf(api, at, { total, records: all, twice: fresh.length < all.length }), rows: at.rows + fresh.length };
    const shrunkBy = Math.max(0, last - total);
    last = total < 0 ? Number.POSITIVE_INFINITY : total;
    const stepsBack = Number.isFinite(shrunkBy) && at.page > 1 ? Math.min(at.page - 1, Math.ceil(shrunkBy / at.size)) : 0;
    back += stepsBack > 0 ? 1 : 0;
    if (back > mostSteppingBack) throw tooLively(collection.name);
    const records = fresh.filter((record) => range.holds(record));
    const tooOld = way === "sortStop" && all.some((record) => range.isBelow(record));
    if (stepsBack === 0 && (tooOld || isLast(list, at))) {
      yield { records, ...totalOf(total), complete: request.since === undefined && at.total >= 0 && at.rows === at.total };
      return;
    }
    at = { ...at, page: stepsBack > 0 ? at.page - stepsBack : at.page + 1 };
    yield { records, next: { way: "api", ...at }, ...totalOf(total) };
  }
}

function begin(api: Api, collection: Collection, request: ReadRequest): Standing {
  return { page: 1, size: pageSizeOf(api, collection, request), total: Number.MAX_SAFE_INTEGER, rows: 0, began: api.now().getTime() };
}

function standingOf(position: Position | undefined): Standing | undefined {
  if (position === undefined || position.way !== "api") return undefined;
  const number = (name: string, least: number): number => Math.max(least, Number(position[name] ?? least));
  return {
    page: number("page", 1),
    size: number("size", 1),
    total: number("total", -1),
    rows: number("rows", 0),
    began: number("began", 0),
  };
}

/** The same total on every page, no row twice and none that came meanwhile: only then does the count of rows prove anything. */
function proofOf(
  api: Api,
  at: Standing,
  got: { readonly total: number; readonly records: readonly DataRecord[]; readonly twice: boolean },
): number {
  if (at.total < 0 || got.total < 0 || got.twice) return -1;
  if (at.total !== Number.MAX_SAFE_INTEGER && at.total !== got.total) return -1;
  const young = at.began - api.options.assumptions.clockSkewMs;
  return got.records.some((record) => Date.parse(String(record.createdAt)) > young) ? -1 : got.total;
}

/** Without a count the first page that is not full is the last. */
function isLast(list: List, at: Standing): boolean {
  if (list.data.length === 0) return true;
  return list.paging ? at.page >= list.paging.lastPage : list.data.length < at.size;
}

function totalOf(total: number): { readonly total?: number } {
  return total < 0 ? {} : { total };
}

function otherPage(path: string, asked: number, got: number): VendorError {
  return new VendorError(`Centerpoint was asked for page ${asked} of ${path} and answered with page ${got}.`, {
    code: "centerpoint/other-page",
    next: "stop-stream",
    hint: "Going on would read the same records again and again; report it to the author of the connector.",
  });
}

function tooLively(path: string): VendorError {
  return new VendorError(`Records of ${path} are deleted faster than they can be read.`, {
    code: "centerpoint/list-moves",
    next: "stop-stream",
    hint: "Run again when nobody cleans up in Centerpoint.",
  });
}

import type { Call, DataRecord, Page, Position, ReadRequest } from "./contract.js";
import { VendorError } from "./vendor-error.js";

export interface NumberedPage {
  readonly records: readonly DataRecord[];
  /** How many pages the vendor says there are. */
  readonly pageCount?: number | null;
  /** How many records the vendor says there are. */
  readonly total?: number | null;
  /** Where the vendor says so itself; else the last page is that of `pageCount`, or the first empty one. */
  readonly last?: boolean;
  /** On the last page: the listing provably held everything. */
  readonly complete?: boolean;
}

export interface ByNumber {
  readonly request: Pick<ReadRequest, "position">;
  readonly call: Call;
  /** The number of the first page. 1 if not given. */
  readonly first?: number;
  fetch(page: number, call: Call): Promise<NumberedPage>;
}

/**
 * Pages that have numbers; the position is `{ page }`. An empty page ends the listing whatever its count says, and takes the
 * proof of completeness with it, as a listing does that shrank while it was read: records have moved between its pages.
 */
export async function* pagesByNumber({ request, call, first = 1, fetch }: ByNumber): AsyncGenerator<Page> {
  let seen = { pageCount: 0, total: 0 };
  let shrank = false;
  let before = "";
  for (let page = pageOf(request.position, first); ; page += 1) {
    const got = await fetch(page, call);
    const { records, pageCount, total } = got;
    if ((pageCount ?? seen.pageCount) < seen.pageCount || (total ?? seen.total) < seen.total) shrank = true;
    const index = page - first + 1;
    if (typeof pageCount === "number" && index > Math.max(1, pageCount)) shrank = true;
    seen = { pageCount: pageCount ?? seen.pageCount, total: total ?? seen.total };
    const said = got.last ?? (typeof pageCount === "number" ? index >= pageCount : undefined);
    const isLast = said === true || records.length === 0;
    // Without a count nothing else would ever end the walk of a vendor that ignores the page's number.
    const now = said === undefined && !isLast ? JSON.stringify([records.length, records[0], records.at(-1)]) : "";
    if (now !== "" && now === before) throw samePage(`page ${page} is the same as the one before it`);
    before = now;
    const endsEarly = said === false;
    yield {
      records,
      ...(isLast ? {} : { next: { page: page + 1 } }),
      ...(typeof total === "number" ? { total } : {}),
      ...(isLast && got.complete !== undefined ? { complete: got.complete && !endsEarly && !shrank } : {}),
    };
    if (isLast) return;
  }
}

export interface TokenPage {
  readonly records: readonly DataRecord[];
  /** The token of the next page; none on the last one. */
  readonly next?: string | null;
  readonly total?: number | null;
  readonly complete?: boolean;
}

export interface ByToken {
  readonly request: Pick<ReadRequest, "position">;
  readonly call: Call;
  /** `token` is absent for the first page. */
  fetch(token: string | undefined, call: Call): Promise<TokenPage>;
}

/** Pages of which each names the next; the position is `{ token }`. An empty page may have a next one. */
export async function* pagesByToken({ request, call, fetch }: ByToken): AsyncGenerator<Page> {
  const start = request.position?.token;
  let token = typeof start === "string" ? start : undefined;
  for (;;) {
    const got = await fetch(token, call);
    const next = got.next === null || got.next === "" ? undefined : got.next;
    if (next !== undefined && next === token) throw samePage("it names itself as its next page");
    yield {
      records: got.records,
      ...(next === undefined ? {} : { next: { token: next } }),
      ...(typeof got.total === "number" ? { total: got.total } : {}),
      ...(next === undefined && got.complete !== undefined ? { complete: got.complete } : {}),
    };
    if (next === undefined) return;
    token = next;
  }
}

/** For `Listing.skip` of a listing whose pages are numbered from 1. */
export function skipPage(position: Position | undefined): Position {
  return { page: pageOf(position, 1) + 1 };
}

/** All records of a short listing at once. */
export async function allRecords(pages: AsyncIterable<Page>): Promise<DataRecord[]> {
  const records: DataRecord[] = [];
  for await (const page of pages) records.push(...page.records);
  return records;
}

function pageOf(position: Position | undefined, first: number): number {
  const page = position?.page;
  return typeof page === "number" && Number.isInteger(page) && page >= first ? page : first;
}

function samePage(what: string): VendorError {
  return new VendorError(`The listing does not move on: ${what}.`, {
    code: "paging/stuck",
    next: "stop-stream",
    hint: "The vendor ignores the paging of this request; report it to the author of the connector.",
  });
}

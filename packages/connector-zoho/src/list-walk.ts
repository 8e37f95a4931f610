import { type Call, type DataRecord, type Page, type Position, type ReadRequest, VendorError } from "@fieldwright/connector-kit";
import type { Api } from "./api.js";
import { readBulk } from "./bulk-read.js";
import { deletedSince } from "./deleted-records.js";
import type { Module } from "./modules.js";
import { headerMoment, instantOf } from "./moments.js";
import { type PageGot, pathOf, recordPage } from "./record-pages.js";

const pageLimit = 200;
const numberedReach = 2000;
const tokenReach = 100_000;

interface Walk {
  readonly api: Api;
  readonly module: Module;
  readonly request: ReadRequest;
  readonly call: Call;
}

/** Where a walk stands. Zoho keeps `token` for a day; up to 2,000 records the number of the page does without it. */
interface Place {
  readonly page: number;
  readonly token?: string | undefined;
  readonly perPage: number;
  readonly read: number;
  readonly startedMs: number;
  /** Whether it was walked from its start with no page passed over. */
  readonly whole: boolean;
  /** How often it was walked again because records went meanwhile. */
  readonly again: number;
}

export async function* readModule(walk: Walk): AsyncGenerator<Page> {
  const { request } = walk;
  if (request.position?.bulkPage !== undefined) {
    yield* readBulk({ ...walk, since: sinceOf(request), position: request.position });
    return;
  }
  let place = placeOf(walk);
  let restarts = 0;
  for (;;) {
    const got = await pageAt(walk, place);
    if (got === "gone") {
      restarts += 1;
      if (restarts > 1) throw neverHolds(walk.module);
      place = startOf(walk, place.perPage);
      continue;
    }
    if (got.more && (await isForBulk(walk, place))) {
      yield* readBulk({ ...walk, since: sinceOf(request) });
      return;
    }
    const next = got.more ? nextPlace(place, got) : await afterLast(walk, place);
    const records = kept(request, got.records);
    if (next === undefined || next === "doubtful") {
      yield { records, complete: next === undefined && place.whole && request.since === undefined };
      return;
    }
    yield { records, next: positionOf(next) };
    place = next;
  }
}

function neverHolds({ name }: Module): VendorError {
  return new VendorError(`Zoho forgets its place in the listing of ${name} again and again.`, {
    code: "zoho/page-token-gone",
    next: "stop-stream",
    hint: "Set `bulkFrom` below the number of records, so that bulk jobs read them.",
  });
}

/** For `Listing.skip`: only a numbered page has a known next one. */
export function skipPage(position: Position | undefined): Position | undefined {
  if (position === undefined || position.bulkPage !== undefined) return undefined;
  const page = Number(position.page) + 1;
  return page * Number(position.perPage) > numberedReach ? undefined : { ...position, page, whole: false };
}

async function pageAt({ api, module, request, call }: Walk, place: Place): Promise<PageGot | "gone"> {
  const isNumbered = place.page * place.perPage <= numberedReach;
  const asked = { perPage: place.perPage, page: place.page, token: isNumbered ? undefined : place.token, since: sinceOf(request) };
  return recordPage(api, module, { asked, call });
}

/** What a list cannot reach, or reaches at a higher price, is counted once: after a first page that is not the only one. */
async function isForBulk({ api, module, request, call }: Walk, place: Place): Promise<boolean> {
  if (place.read + place.perPage >= tokenReach) return true;
  if (place.page !== 1 || place.again > 0) return false;
  const since = sinceOf(request);
  const criteria = since === undefined ? {} : { criteria: `(Modified_Time:greater_equal:${since})` };
  const body = await api.get({ path: `${pathOf(module)}/actions/count`, query: criteria }, call);
  return Number(body?.count) >= api.options.bulkFrom;
}

/** Records that were deleted while pages were read have moved others over their borders: once more, then. */
async function afterLast(walk: Walk, place: Place): Promise<Place | undefined | "doubtful"> {
  const { api, module, call } = walk;
  if (place.page === 1) return undefined;
  const isShifted = await deletedSince(api, { module, sinceMs: place.startedMs - api.assumptions.clockSlackMs }, call);
  if (!isShifted) return undefined;
  if (place.again === 0) return { ...startOf(walk, place.perPage), whole: place.whole, again: 1 };
  api.notice(`${module.name}: records were deleted while it was read, twice; the next read will show what this one may have missed.`);
  return "doubtful";
}

function nextPlace(place: Place, got: PageGot): Place {
  return { ...place, page: place.page + 1, token: got.token, read: place.read + place.perPage };
}

function placeOf(walk: Walk): Place {
  const { pageSize, position } = walk.request;
  const perPage = Math.max(1, Math.min(pageSize, pageLimit));
  if (position === undefined) return startOf(walk, perPage);
  const { page, token, perPage: size, read, startedMs, whole, again } = position;
  return {
    page: Number(page ?? 1),
    ...(typeof token === "string" ? { token } : {}),
    perPage: Number(size ?? perPage),
    read: Number(read ?? 0),
    startedMs: Number(startedMs ?? walk.api.now().getTime()),
    whole: whole === true,
    again: Number(again ?? 0),
  };
}

function startOf({ api }: Walk, perPage: number): Place {
  return { page: 1, perPage, read: 0, startedMs: api.now().getTime(), whole: true, again: 0 };
}

function positionOf({ token, ...place }: Place): Position {
  const isNumbered = place.page * place.perPage <= numberedReach;
  return isNumbered || token === undefined ? place : { ...place, token };
}

function sinceOf({ since }: ReadRequest): string | undefined {
  return since === undefined ? undefined : headerMoment(since);
}

/** What changed after the read began comes with the next one. A full read leaves nothing out: absence would look like a deletion. */
function kept({ since, until }: ReadRequest, records: readonly DataRecord[]): readonly DataRecord[] {
  if (since === undefined || until === undefined) return records;
  const last = Date.parse(until);
  return records.filter((record) => !(instantOf(record.Modified_Time) > last));
}

import type { Call, DataRecord, Listing, Page, Position, ReadRequest } from "@fieldwright/connector-kit";
import type { Api } from "./api.js";
import type { Items } from "./envelope.js";
import { isEverything, isWhole, perPage, wholeListing } from "./listing.js";

/** A listing that is several lists of the vendor's, one after the other. */
export interface Parts {
  readonly request: ReadRequest;
  readonly call: Call;
  /** Names of the lists, in the order in which they are read. */
  readonly parts: readonly string[];
  fetch(part: string, query: { readonly page: number; readonly per_page: number }, call: Call): Promise<Items>;
  /** What the vendor leaves out of a row because the path says it. */
  added?(part: string): DataRecord;
}

/** The position is `{ part, page }`, and `whole: false` once a list came in more than one answer. */
export async function* readParts(api: Api, { request, call, parts, fetch, added }: Parts): AsyncGenerator<Page> {
  let { part, page, whole } = standing(request.position, isEverything(request));
  while (part < parts.length) {
    const name = parts[part] ?? "";
    const items = await fetch(name, { page, per_page: perPage(api, request) }, call);
    whole &&= page === 1 && isWhole(items);
    if (items.last) part += 1;
    page = items.last ? 1 : page + 1;
    const extra = added?.(name);
    const records = extra === undefined ? items.items : items.items.map((item) => ({ ...item, ...extra }));
    yield part < parts.length ? { records, next: { part, page, whole } } : { records, complete: whole };
  }
}

/** `paged`: the lists come in pages; else each is one answer, however much it is. */
export function partsListing(api: Api, paged: boolean): Listing {
  return {
    maxPageSize: paged ? api.assumptions.maxPageSize : wholeListing.maxPageSize,
    complete: "by-page",
    total: false,
    skip(position) {
      const { part, page } = standing(position, false);
      return paged ? { part, page: page + 1, whole: false } : { part: part + 1, page: 1, whole: false };
    },
  };
}

function standing(position: Position | undefined, whole: boolean): { part: number; page: number; whole: boolean } {
  if (position === undefined) return { part: 0, page: 1, whole };
  return { part: Number(position.part ?? 0), page: Math.max(1, Number(position.page ?? 1)), whole: position.whole === true };
}

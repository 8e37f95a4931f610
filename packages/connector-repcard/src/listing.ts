import {
  type Call,
  type DataRecord,
  type Listing,
  type Page,
  pagesByNumber,
  type Query,
  type ReadRequest,
  skipPage,
} from "@fieldwright/connector-kit";
import type { Api } from "./api.js";
import type { Items } from "./envelope.js";

/** A list whose pages are numbered, and which proves complete only when it came in one answer. */
export function numberedListing(api: Api): Listing {
  return { maxPageSize: api.assumptions.maxPageSize, complete: "by-page", total: true, skip: skipPage };
}

/** A list that RepCard gives whole, however much it is. */
export const wholeListing: Listing = { maxPageSize: 10_000, complete: "by-page", total: false };

export interface NumberedList {
  readonly path: string;
  readonly query?: Query;
  readonly request: ReadRequest;
  /** Leaves out what the vendor's whole days gave beyond what was asked. */
  readonly keep?: (record: DataRecord) => boolean;
}

/** The pages of one path. */
export async function* readNumbered(api: Api, list: NumberedList, call: Call): AsyncGenerator<Page> {
  const { path, query, request, keep } = list;
  const pages = pagesByNumber({
    request,
    call,
    fetch: async (page, call) => {
      const items = await api.items(path, { ...query, page, per_page: perPage(api, request) }, call);
      return {
        records: items.items,
        pageCount: items.pageCount,
        total: items.total,
        last: items.last,
        complete: page === 1 && isWhole(items) && isEverything(request),
      };
    },
  });
  // After the walk: a page whose rows are all left out is not the empty page that ends it.
  for await (const page of pages) yield keep === undefined ? page : { ...page, records: page.records.filter(keep) };
}

export function perPage(api: Api, request: Pick<ReadRequest, "pageSize">): number {
  return Math.max(1, Math.min(request.pageSize, api.assumptions.maxPageSize));
}

/** One answer that holds the whole list. More claimed than shown is no proof. */
export function isWhole(items: Items): boolean {
  return items.last && (items.total === null || items.total <= items.items.length);
}

/** Whether a read asks for all there is. */
export function isEverything({ since, until, window }: ReadRequest): boolean {
  return since === undefined && until === undefined && window === undefined;
}

import type { Context } from "hono";
import type { Row } from "./rows/organisation-rows.js";

/** One page of something, as far as all envelopes need it. */
export interface Slice {
  readonly rows: readonly Row[];
  readonly page: number;
  readonly perPage: number;
  /** How many there truly are. */
  readonly total: number;
}

/** Envelope A around any result. */
export function standard(result: unknown, message = "success"): Row {
  return { status: 1, statusCode: 200, message, result };
}

/** Envelope A of a failure: `result` is an empty object. */
export function failure(status: number, message: string): Row {
  return { status: 0, statusCode: status, message, result: {} };
}

/** A-list. `claimed` is what `totalCount` says where it is not the truth. */
export function pagedList(slice: Slice, options: { readonly message?: string; readonly claimed?: number } = {}): Row {
  const result = {
    data: slice.rows,
    totalCount: options.claimed ?? slice.total,
    currentPage: slice.page,
    totalPages: pagesOf(slice),
  };
  return standard(result, options.message);
}

/** A-resource: a Laravel resource collection inside envelope A. */
export function resourceList(c: Context, slice: Slice): Row {
  const { path, url, last, from, to } = places(c, slice);
  return standard({
    data: slice.rows,
    links: {
      first: url(1),
      last: url(last),
      prev: slice.page > 1 ? url(slice.page - 1) : null,
      next: slice.page < last ? url(slice.page + 1) : null,
    },
    meta: {
      current_page: slice.page,
      from,
      last_page: last,
      links: linksOf(c, slice),
      path,
      per_page: slice.perPage,
      to,
      total: slice.total,
    },
  });
}

/** C: a bare Laravel paginator. */
export function paginator(c: Context, slice: Slice): Row {
  const { path, url, last, from, to } = places(c, slice);
  return {
    current_page: slice.page,
    data: slice.rows,
    first_page_url: url(1),
    from,
    last_page: last,
    last_page_url: url(last),
    links: linksOf(c, slice),
    next_page_url: slice.page < last ? url(slice.page + 1) : null,
    path,
    per_page: slice.perPage,
    prev_page_url: slice.page > 1 ? url(slice.page - 1) : null,
    to,
    total: slice.total,
  };
}

/** C-simple: a paginator that does not know its end until it is there. */
export function simplePaginator(c: Context, slice: Slice): Row {
  const { last_page: _lastPage, last_page_url: _lastUrl, links: _links, total: _total, ...simple } = paginator(c, slice);
  return simple;
}

export function pagesOf(slice: Pick<Slice, "total" | "perPage">): number {
  return Math.max(1, Math.ceil(slice.total / slice.perPage));
}

function places(
  c: Context,
  slice: Slice,
): { path: string; url: (page: number) => string; last: number; from: number | null; to: number | null } {
  const { origin, pathname } = new URL(c.req.url);
  const path = `${origin}${pathname}`;
  const before = (slice.page - 1) * slice.perPage;
  const empty = slice.rows.length === 0;
  return {
    path,
    url: (page) => `${path}?page=${page}`,
    last: pagesOf(slice),
    from: empty ? null : before + 1,
    to: empty ? null : before + slice.rows.length,
  };
}

function linksOf(c: Context, slice: Slice): Row[] {
  const { url, last } = places(c, slice);
  const shown = Array.from({ length: Math.min(last, 10) }, (_, n) => n + 1);
  return [
    { url: slice.page > 1 ? url(slice.page - 1) : null, label: "&laquo; Previous", active: false },
    ...shown.map((page) => ({ url: url(page), label: String(page), active: page === slice.page })),
    { url: slice.page < last ? url(slice.page + 1) : null, label: "Next &raquo;", active: false },
  ];
}

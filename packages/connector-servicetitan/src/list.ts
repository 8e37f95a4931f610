import { type Call, type DataRecord, type Page, pagesByNumber, type Query, type ReadRequest } from "@fieldwright/connector-kit";
import type { Api } from "./api.js";
import type { Declaration } from "./declaration.js";
import { inTicks } from "./moment.js";

/** The most that `ids` and its like take. */
const idsPerRequest = 50;

/**
 * The pages of a list. The upper bound of a read is not asked for: a row that changed meanwhile would leave the filter and pull
 * the rest across the border of a page.
 */
export function readList(api: Api, stream: Declaration, { request, call }: { request: ReadRequest; call: Call }): AsyncGenerator<Page> {
  const since = request.since === undefined ? {} : { modifiedOnOrAfter: inTicks(request.since) };
  const pageSize = Math.max(1, Math.min(request.pageSize, api.options.assumptions.maxPageSize));
  return pagesByNumber({
    request,
    call,
    async fetch(page, call) {
      // Counting costs the vendor a query: once a reading is enough.
      const total = request.position === undefined && page === 1 ? { includeTotal: true } : {};
      const got = await onePage(api, stream, { query: { ...since, ...total, page, pageSize }, call });
      return {
        records: got.rows,
        last: !got.hasMore,
        total: got.totalCount,
        complete: page === 1 && !got.hasMore && request.since === undefined && stream.everything !== undefined,
      };
    },
  });
}

/** Every row that a filter leaves. */
export async function listAll(
  api: Api,
  stream: Declaration,
  { query, call }: { query: Query; call: Call },
): Promise<readonly DataRecord[]> {
  const { maxPageSize } = api.options.assumptions;
  const rows: DataRecord[] = [];
  for (let page = 1; ; page += 1) {
    const got = await onePage(api, stream, { query: { ...query, page, pageSize: maxPageSize }, call });
    rows.push(...got.rows);
    if (!got.hasMore || got.rows.length === 0) return rows;
  }
}

/** Rows with these values in a filter that takes a list of them. */
export async function listByMany(
  api: Api,
  stream: Declaration,
  { parameter, values, call }: { parameter: string; values: readonly string[]; call: Call },
): Promise<readonly DataRecord[]> {
  const rows: DataRecord[] = [];
  for (let start = 0; start < values.length; start += idsPerRequest) {
    const some = values.slice(start, start + idsPerRequest);
    rows.push(...(await listAll(api, stream, { query: { [parameter]: some }, call })));
  }
  return rows;
}

async function onePage(api: Api, stream: Declaration, { query, call }: { query: Query; call: Call }) {
  const application = stream.externalData ? { externalDataApplicationGuid: api.options.externalDataApplication } : {};
  const sort = stream.sorted ? { sort: "+Id" } : {};
  const all = { ...stream.everything, ...application, ...sort, ...query };
  const page = await api.list(api.path(stream.module, stream.list), all, call);
  return { ...page, rows: page.data.map((row) => stream.shaped?.(row) ?? row) };
}

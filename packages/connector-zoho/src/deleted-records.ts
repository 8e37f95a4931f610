import { type Call, type DataRecord, defineStream, pagesByNumber, type Stream } from "@fieldwright/connector-kit";
import type { Api } from "./api.js";
import type { Module } from "./modules.js";
import { headerMoment } from "./moments.js";
import { dataOf, pathOf } from "./record-pages.js";

const price = 2;

/** Zoho's log of what went from a module: to the recycle bin, or for good. */
export function deletedRecords(api: Api, module: Module): Stream {
  return defineStream({
    name: `${module.name}_deleted`,
    about: `Zoho's log of deleted ${module.label}. How far back it reaches is not documented; two months are said of the recycle bin.`,
    key: "id",
    fields: {
      id: { type: "text", readOnly: true },
      display_name: { type: "text", readOnly: true },
      type: { type: "text", readOnly: true, about: "recycle: it can be restored; permanent: it cannot." },
      deleted_time: { type: "datetime", readOnly: true },
      deleted_by: { type: "object", readOnly: true },
      created_by: { type: "object", readOnly: true },
    },
    open: true,
    cursor: { field: "deleted_time", type: "datetime", granularity: "second", filter: true, overlap: api.assumptions.overlapMs },
    listing: { maxPageSize: 200, complete: "never", total: false },
    read: (request, call) =>
      pagesByNumber({
        request,
        call,
        fetch: (page, call) => deletedPage(api, { module, page, perPage: Math.min(request.pageSize, 200), since: request.since }, call),
      }),
  });
}

/** Whether anything went since then. */
export async function deletedSince(api: Api, of: { readonly module: Module; readonly sinceMs: number }, call: Call): Promise<boolean> {
  const since = new Date(of.sinceMs).toISOString();
  return (await deletedPage(api, { module: of.module, page: 1, perPage: 1, since }, call)).records.length > 0;
}

interface DeletedAsked {
  readonly module: Module;
  readonly page: number;
  readonly perPage: number;
  readonly since?: string | undefined;
}

async function deletedPage(
  api: Api,
  { module, page, perPage, since }: DeletedAsked,
  call: Call,
): Promise<{ readonly records: readonly DataRecord[]; readonly last: boolean }> {
  const headers = since === undefined ? {} : { headers: { "If-Modified-Since": headerMoment(since) } };
  const body = await api.get(
    { path: `${pathOf(module)}/deleted`, query: { type: "all", page, per_page: perPage }, credits: price, ...headers },
    call,
  );
  const info = (body?.info ?? {}) as { more_records?: unknown };
  return { records: dataOf(body), last: info.more_records !== true };
}

import type { Call, DataRecord } from "@fieldwright/connector-kit";
import { VendorError } from "@fieldwright/connector-kit";
import type { Api } from "./api.js";
import { pageTokenGone } from "./errors.js";
import type { Module } from "./modules.js";

const fieldsPerCall = 50;

export interface PageAsked {
  readonly perPage: number;
  /** Numbered up to 2,000 records, by token beyond. */
  readonly page: number;
  readonly token?: string | undefined;
  /** As the header wants it. */
  readonly since?: string | undefined;
}

export interface PageGot {
  readonly records: readonly DataRecord[];
  readonly more: boolean;
  readonly token?: string;
}

/** One page of a module, all fields; `gone` where Zoho no longer knows the token. */
export async function recordPage(api: Api, module: Module, { asked, call }: { asked: PageAsked; call: Call }): Promise<PageGot | "gone"> {
  const [first = [], ...others] = chunksOf(module);
  const { perPage, page, token, since } = asked;
  const body = await listed(
    api,
    {
      path: pathOf(module),
      query: {
        fields: first,
        per_page: perPage,
        ...(token === undefined ? { page } : { page_token: token }),
        // Newest first: a record that changes meanwhile moves to where the walk has been, and pulls no other one over a page's border.
        ...(since === undefined ? { sort_by: "id", sort_order: "asc" } : { sort_by: "Modified_Time", sort_order: "desc" }),
        ...convertedToo(module),
      },
      ...(since === undefined ? {} : { headers: { "If-Modified-Since": since } }),
    },
    call,
  );
  if (body === "gone") return "gone";
  const info = (body?.info ?? {}) as { more_records?: unknown; next_page_token?: unknown };
  const records = await completed(api, { module, others, records: dataOf(body) }, call);
  const next = typeof info.next_page_token === "string" ? { token: info.next_page_token } : {};
  return { records, more: info.more_records === true, ...next };
}

/** Records by their ids, all fields; those that are not there are left out. */
export async function recordsByIds(
  api: Api,
  module: Module,
  { ids, call }: { ids: readonly string[]; call: Call },
): Promise<readonly DataRecord[]> {
  const [first = [], ...others] = chunksOf(module);
  const { idsPerCall } = api.assumptions;
  const found: DataRecord[] = [];
  for (let at = 0; at < ids.length; at += idsPerCall) {
    const records = await chunkByIds(api, { module, ids: ids.slice(at, at + idsPerCall), fields: first }, call);
    found.push(...(await completed(api, { module, others, records }, call)));
  }
  return found;
}

interface Partial {
  readonly module: Module;
  readonly others: readonly (readonly string[])[];
  readonly records: readonly DataRecord[];
}

/** Joins the fields beyond the first fifty. A record that has gone between two calls is left out: it is gone. */
async function completed(api: Api, { module, others, records }: Partial, call: Call): Promise<readonly DataRecord[]> {
  let joined = records;
  const { idsPerCall } = api.assumptions;
  for (const fields of others) {
    const more = new Map<string, DataRecord>();
    for (let at = 0; at < joined.length; at += idsPerCall) {
      const ids = joined.slice(at, at + idsPerCall).map((record) => String(record.id));
      for (const record of await chunkByIds(api, { module, ids, fields }, call)) more.set(String(record.id), record);
    }
    joined = joined.flatMap((record) => {
      const rest = more.get(String(record.id));
      return rest === undefined ? [] : [{ ...record, ...rest }];
    });
  }
  return joined;
}

interface Chunk {
  readonly module: Module;
  readonly ids: readonly string[];
  readonly fields: readonly string[];
}

async function chunkByIds(api: Api, { module, ids, fields }: Chunk, call: Call): Promise<readonly DataRecord[]> {
  if (ids.length === 0) return [];
  const query = { fields, ids, per_page: 200, ...convertedToo(module) };
  return dataOf(await api.get({ path: pathOf(module), query }, call));
}

async function listed(api: Api, asked: Parameters<Api["get"]>[0], call: Call): Promise<DataRecord | undefined | "gone"> {
  try {
    return await api.get(asked, call);
  } catch (error) {
    if (error instanceof VendorError && error.code === pageTokenGone) return "gone";
    throw error;
  }
}

function chunksOf(module: Module): readonly (readonly string[])[] {
  // The time of the change goes with the first: what comes later belongs to a record that is known to have that time.
  const names = module.fields.map((field) => field.name).sort((a, b) => Number(b === "Modified_Time") - Number(a === "Modified_Time"));
  if (names.length === 0) return [["id"]];
  return Array.from({ length: Math.ceil(names.length / fieldsPerCall) }, (_, n) => names.slice(n * fieldsPerCall, (n + 1) * fieldsPerCall));
}

export function pathOf(module: Pick<Module, "name">): string {
  return `/crm/v8/${encodeURIComponent(module.name)}`;
}

/** A lead leaves the usual list when it is converted; it has not gone. */
function convertedToo(module: Module): { converted?: string } {
  return module.name === "Leads" ? { converted: "both" } : {};
}

export function dataOf(body: unknown): readonly DataRecord[] {
  const data = ((body ?? {}) as DataRecord).data;
  return Array.isArray(data) ? (data as readonly DataRecord[]) : [];
}

import {
  type Call,
  type DataRecord,
  defineStream,
  type Outcome,
  oneByOne,
  type Page,
  type Stream,
  VendorError,
} from "@fieldwright/connector-kit";
import type { Api } from "./api.js";
import { isObject, refuse, unknownShape } from "./errors.js";
import { isId } from "./table-stream.js";
import { unlessGone } from "./unless-gone.js";

const path = "/api/integrations/plugin-info";

/** Fishbowl's own place for the ids that other systems know its records by. */
export function externalIds(api: Api): Stream {
  return defineStream({
    name: "external_ids",
    about: "Ids and notes that programs keep with Fishbowl's records: `table` and `recordId` name the record, `info` is free.",
    key: "id",
    fields: {
      id: { type: "integer", readOnly: true },
      plugin: { type: "text", required: true, about: "The name of the program." },
      table: { type: "text", required: true, about: "As in the database: customer, so, part." },
      recordId: { type: "integer", required: true },
      groupId: { type: "integer" },
      channelId: { type: "text" },
      info: { type: "json" },
    },
    listing: { maxPageSize: 1000, complete: "by-page", total: false },
    async *read(request, call): AsyncGenerator<Page> {
      for (const page of inPages(await listed(api, {}, call), request)) {
        call.signal.throwIfAborted();
        yield page;
      }
    },
    get: async (keys, call) => (await listed(api, {}, call)).filter((one) => keys.includes(String(one.id))),
    find: (field, values, call) => findBy(api, field, values, call),
    create: (records, call) => oneByOne(records, (record) => write(api, { path, record, created: true }, call)),
    update: (updates, call) =>
      oneByOne(updates, async ({ key, set }) => {
        const before = (await listed(api, {}, call)).find((one) => String(one.id) === key);
        if (before === undefined || !isId(key)) throw notThere(key);
        // A change is a POST of the whole record.
        return write(api, { path: `${path}/${key}`, record: { ...before, ...set }, created: false }, call);
      }),
    delete: (keys, call) =>
      oneByOne(keys, async (key) => {
        await unlessGone(() => api.send({ method: "DELETE", path: `${path}/${encodeURIComponent(key)}` }, call));
        return { ok: true, key, created: false };
      }),
  });
}

/** The whole list in one answer, cut into the pages that were asked for. */
function* inPages(records: readonly DataRecord[], request: { readonly pageSize: number; readonly position?: unknown }): Generator<Page> {
  const sorted = [...records].sort((a, b) => Number(a.id) - Number(b.id));
  const start = isObject(request.position) ? Number(request.position.after ?? 0) : 0;
  let rest = sorted.filter((record) => Number(record.id) > start);
  do {
    const page = rest.slice(0, request.pageSize);
    rest = rest.slice(request.pageSize);
    yield { records: page, ...(rest.length === 0 ? { complete: true } : { next: { after: Number(page.at(-1)?.id) } }) };
  } while (rest.length > 0);
}

async function listed(api: Api, query: Readonly<Record<string, string>>, call: Call): Promise<readonly DataRecord[]> {
  const body = await api.get(path, query, call);
  // Documented as a list; other searches of this server wrap theirs.
  const rows = isObject(body) ? body.results : body;
  if (!Array.isArray(rows) || !rows.every(isObject)) throw unknownShape(path);
  if (isObject(body) && Number(body.totalPages ?? 1) > 1) throw unknownShape(path);
  return rows;
}

async function findBy(api: Api, field: string, values: readonly unknown[], call: Call): Promise<readonly DataRecord[]> {
  const wanted = new Set(values.filter((value) => value !== null && value !== undefined).map(String));
  if (wanted.size === 0) return [];
  return (await listed(api, {}, call)).filter((one) => wanted.has(String(one[field] ?? "")));
}

interface Write {
  readonly path: string;
  readonly record: DataRecord;
  readonly created: boolean;
}

async function write(api: Api, { path: to, record, created }: Write, call: Call): Promise<Outcome> {
  for (const name of ["plugin", "table", "recordId"])
    if (record[name] === undefined || record[name] === null || record[name] === "")
      throw refuse(`An external id needs ${name}.`, { field: name });
  const body = await api.send({ method: "POST", path: to, json: record, safeToRepeat: !created }, call);
  // A new one comes back as a list of one.
  const row = Array.isArray(body) ? body[0] : body;
  if (!isObject(row))
    throw new VendorError("Fishbowl took the external id without showing it.", {
      code: "fishbowl/unknown-shape",
      next: "hold-record",
      inDoubt: true,
    });
  return { ok: true, key: String(row.id), created, record: row };
}

function notThere(key: string): VendorError {
  return new VendorError(`Fishbowl has no external id ${key}.`, { code: "fishbowl/not-found", next: "hold-record" });
}

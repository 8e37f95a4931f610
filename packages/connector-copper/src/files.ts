import { type Call, type DataRecord, defineStream, type Field, type Stream } from "@fieldwright/connector-kit";
import type { Api } from "./api.js";
import { type PerParent, readPerParent } from "./per-parent.js";
import { momentFrom } from "./wire-values.js";

const holders = ["leads", "people", "companies", "opportunities", "projects"];
const shown: Field = { type: "text", readOnly: true };
const number: Field = { type: "integer", readOnly: true };
const moment: Field = { type: "datetime", readOnly: true };

/** Which files hang on records. What is in them the API does not give. */
export function files(api: Api): Stream {
  return defineStream({
    name: "files",
    about:
      "Files of leads, people, companies, opportunities and projects, without their contents. A read takes a request for each of those.",
    key: "key",
    fields: {
      key: { ...shown, about: "people/1/7: file 7 of person 1." },
      entity: { ...shown, options: holders },
      record_id: number,
      id: number,
      file_name: shown,
      file_size: number,
      content_type: shown,
      creator_id: number,
      date_created: moment,
      date_modified: moment,
      is_deleted: { type: "boolean", readOnly: true },
    },
    open: true,
    references: { creator_id: "users" },
    listing: { maxPageSize: api.assumptions.maxPageSize, complete: "by-page", total: false },
    read: (request, call) =>
      readPerParent(api, { parents: parentsOf(api), ofParent: (path, id) => filesOf(api, { path, id, call }), request }, call),
    get: (keys, call) => getFiles(api, keys, call),
  });
}

function parentsOf({ options }: Api): PerParent["parents"] {
  const converted = options.convertedLeads ? { body: { include_converted_leads: true } } : {};
  return holders.map((path) => ({ path, ...(path === "leads" ? converted : {}) }));
}

async function filesOf(
  api: Api,
  { path, id, call }: { readonly path: string; readonly id: number; readonly call: Call },
): Promise<readonly DataRecord[]> {
  return (await api.listIfAny(`/${path}/${id}/files`, call)).map((row) => recordOf(path, id, row));
}

function recordOf(entity: string, record_id: number, row: DataRecord): DataRecord {
  const dates = { date_created: momentFrom(row.date_created), date_modified: momentFrom(row.date_modified) };
  return { key: `${entity}/${record_id}/${String(row.id)}`, entity, record_id, ...row, ...dates };
}

async function getFiles(api: Api, keys: readonly string[], call: Call): Promise<readonly DataRecord[]> {
  const found: DataRecord[] = [];
  for (const key of new Set(keys)) {
    const [, path = "", id, file] = /^([a-z]+)\/([1-9]\d*)\/([1-9]\d*)$/.exec(key) ?? [];
    if (!holders.includes(path)) continue;
    const row = await api.recordIfAny(`/${path}/${id}/files/${file}`, call);
    if (row) found.push(recordOf(path, Number(id), row));
  }
  return found;
}

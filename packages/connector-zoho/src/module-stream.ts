import { type Cursor, defineStream, type Field, type Stream } from "@fieldwright/connector-kit";
import type { Api } from "./api.js";
import { find, isId } from "./find.js";
import { readModule, skipPage } from "./list-walk.js";
import type { Module } from "./modules.js";
import { recordsByIds } from "./record-pages.js";
import { createRecords, deleteRecords, restoreRecords, updateRecords, upsertRecords } from "./writes.js";

// What belongs to people's days has no upsert.
const withoutUpsert = new Set(["Tasks", "Events", "Calls", "Notes", "Attachments"]);

/** A module as a stream. `names` are those of all streams: references lead only to what is there. */
export function moduleStream(api: Api, module: Module, names: ReadonlySet<string>): Stream {
  const { overlapMs } = api.assumptions;
  const fields: Record<string, Field> = { id: { type: "text", readOnly: true } };
  for (const field of module.fields) fields[field.name] = field.field;
  const isTimed = fields.Modified_Time !== undefined;
  const cursor: Cursor = { field: "Modified_Time", type: "datetime", granularity: "second", filter: true, overlap: overlapMs };
  const target = { api, module };
  const isUpsertable = module.creatable && module.editable && !withoutUpsert.has(module.name);
  return defineStream({
    name: module.name,
    about: `${module.label}. Fields, picklists and rights are those of the organisation's settings.`,
    key: "id",
    fields,
    open: true,
    ...(isTimed ? { cursor } : {}),
    references: referencesOf(module, names),
    volatile: ["Last_Activity_Time"].filter((name) => fields[name] !== undefined),
    listing: { maxPageSize: 200, complete: "by-page", total: false, skip: skipPage },
    batchSize: 100,
    ...(api.options.trigger.length === 0 ? {} : { sideEffects: `Writes set off Zoho's ${api.options.trigger.join(", ")}.` }),
    read: (request, call) => readModule({ api, module, request, call }),
    get: (keys, call) => recordsByIds(api, module, { ids: keys.filter(isId), call }),
    find: (field, values, call) => find(api, { module, field, values }, call),
    ...(module.creatable ? { create: (records, call) => createRecords(target, records, call) } : {}),
    ...(module.editable ? { update: (updates, call) => updateRecords(target, updates, call) } : {}),
    ...(isUpsertable ? { upsert: (records, on, call) => upsertRecords(target, { records, on }, call) } : {}),
    ...(module.deletable ? { delete: (keys, call) => deleteRecords(target, keys, call) } : {}),
    ...(module.deletable ? { restore: (keys, call) => restoreRecords(target, keys, call) } : {}),
  } satisfies Stream);
}

function referencesOf(module: Module, names: ReadonlySet<string>): Readonly<Record<string, string>> {
  const found = module.fields.flatMap(({ name, type, to }): [string, string][] => {
    if (to !== undefined && names.has(to)) return [[`${name}.id`, to]];
    return type === "ownerlookup" || type === "userlookup" ? [[`${name}.id`, "users"]] : [];
  });
  return Object.fromEntries(found);
}

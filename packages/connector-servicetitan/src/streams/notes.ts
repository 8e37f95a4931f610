import type { Call, DataRecord, Stream } from "@fieldwright/connector-kit";
import { defineStream } from "@fieldwright/connector-kit";
import type { Api } from "../api.js";
import { bodyOf } from "../body.js";
import type { Declaration } from "../declaration.js";
import { fieldsOf } from "../fields.js";
import { ifFound } from "../if-found.js";
import { listAll } from "../list.js";
import { post, send } from "../plain-writes.js";
import { writing } from "../writing.js";
import { partsOf } from "./contacts.js";

type Parent = "customers" | "locations" | "leads";

const parents = {
  customers: { name: "customer_notes", field: "customerId" },
  locations: { name: "location_notes", field: "locationId" },
  leads: { name: "lead_notes", field: "leadId" },
} as const;

/**
 * Notes of customers, locations and leads. They cannot be read as a whole: ServiceTitan lists them one customer at a time and has no
 * feed of them. Nor can one be changed.
 */
export function notes(api: Api, parent: Parent): Stream {
  const stream = notesOf(parent);
  const { field } = parents[parent];
  const get = (keys: readonly string[], call: Call): Promise<readonly DataRecord[]> => ofOwners(api, { parent, keys }, call);
  const writes = writing(api, stream, {
    get,
    writes: {
      async create({ [field]: owner, ...record }, call) {
        const json = bodyOf(api, stream, { set: record, rules: { patch: false } });
        const { key, answer } = await post(api, { path: api.path("crm", `${parent}/${String(owner)}/notes`), json }, call);
        const added = { [field]: Number(owner), key: `${String(owner)}-${key}` };
        return { key: added.key, ...(answer === undefined ? {} : { answer: { ...answer, ...added } }) };
      },
      ...(parent === "leads"
        ? {}
        : {
            async delete(key, call) {
              const [owner, id] = partsOf(key);
              await send(api, { method: "DELETE", path: api.path("crm", `${parent}/${owner}/notes/${id}`) }, call);
            },
          }),
    },
  });
  return defineStream({
    name: stream.name,
    about: stream.about,
    fields: stream.fields,
    key: "key",
    references: { [field]: parent },
    listing: { maxPageSize: 1, complete: "never", total: false },
    batchSize: 100,
    get,
    ...writes,
  });
}

function notesOf(parent: Parent): Declaration {
  const { name, field } = parents[parent];
  return {
    name,
    about: `Notes of ${parent}: written, looked up by key, and not listed.`,
    module: "crm",
    list: parent,
    key: "key",
    fields: fieldsOf({
      text: "key text",
      integer: `id ${field} createdById`,
      boolean: "isPinned pinToTop",
      datetime: "createdOn modifiedOn",
      create: `${field} text pinToTop`,
      required: `${field} text`,
      about: { key: `Made by the connector: ${field}, a hyphen, id.` },
    }),
    writeOnly: "pinToTop",
  };
}

async function ofOwners(
  api: Api,
  { parent, keys }: { readonly parent: Parent; readonly keys: readonly string[] },
  call: Call,
): Promise<readonly DataRecord[]> {
  const { field } = parents[parent];
  const owners = new Set(keys.filter((key) => /^\d+-\d+$/.test(key)).map((key) => partsOf(key)[0]));
  const found: DataRecord[] = [];
  for (const owner of owners) {
    const list = { ...notesOf(parent), list: `${parent}/${owner}/notes` };
    const rows = await ifFound(() => listAll(api, list, { query: {}, call }));
    found.push(...(rows ?? []).map((row) => ({ ...row, [field]: Number(owner), key: `${owner}-${String(row.id)}` })));
  }
  return found.filter((record) => keys.includes(String(record.key)));
}

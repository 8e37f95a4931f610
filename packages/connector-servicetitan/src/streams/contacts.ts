import type { Call, DataRecord, Stream } from "@fieldwright/connector-kit";
import type { Api } from "../api.js";
import { bodyOf } from "../body.js";
import { type Declaration, withActive } from "../declaration.js";
import { fieldsOf } from "../fields.js";
import { listByMany } from "../list.js";
import { patch, post, send } from "../plain-writes.js";
import { refuse } from "../refuse.js";
import { streamOf } from "../stream-of.js";

type Parent = "customers" | "locations";

const parentFields = { customers: "customerId", locations: "locationId" } as const;

/** Phones and mails. Their addresses name the customer or location, so a key does too: "70011-5". */
function contactsOf(parent: Parent): Declaration {
  const field = parentFields[parent];
  return {
    name: `${parent === "customers" ? "customer" : "location"}_contacts`,
    about: `Phones and mails of ${parent}. A contact added to a location is copied to its customer, as a record of its own.`,
    module: "crm",
    list: `${parent}/contacts`,
    feed: `export/${parent}/contacts`,
    key: "key",
    fields: fieldsOf({
      text: "key type value memo",
      integer: `id ${field}`,
      object: "phoneSettings preferences",
      boolean: "active",
      datetime: "createdOn modifiedOn",
      options: { type: ["Phone", "Email", "Fax", "MobilePhone"] },
      create: `${field} type value memo`,
      update: "type value memo preferences",
      required: `${field} type value`,
      about: { key: `Made by the connector: ${field}, a hyphen, id.` },
    }),
    references: { [field]: parent },
    finds: { [field]: `${field}s` },
    shaped: (row) => ({ ...withActive(row), key: `${String(row[field])}-${String(row.id)}` }),
  };
}

export function contacts(api: Api, parent: Parent): Stream {
  const stream = contactsOf(parent);
  const field = parentFields[parent];
  const path = (key: string): string => {
    const [owner, id] = partsOf(key);
    return api.path("crm", `${parent}/${owner}/contacts/${id}`);
  };
  const get = async (keys: readonly string[], call: Call): Promise<readonly DataRecord[]> => {
    const owners = [...new Set(keys.filter((key) => /^\d+-\d+$/.test(key)).map((key) => partsOf(key)[0]))];
    const rows = await listByMany(api, stream, { parameter: `${field}s`, values: owners, call });
    return rows.filter((row) => keys.includes(String(row.key)));
  };
  return streamOf(api, stream, {
    get,
    async create({ [field]: owner, ...record }, call) {
      const json = bodyOf(api, stream, { set: record, rules: { patch: false } });
      const { key, answer } = await post(api, { path: api.path("crm", `${parent}/${String(owner)}/contacts`), json }, call);
      return { key: `${String(owner)}-${key}`, ...(answer === undefined ? {} : { answer: { ...answer, [field]: Number(owner) } }) };
    },
    async update({ key, set }, call) {
      const json = bodyOf(api, stream, { set, rules: { patch: true } });
      const answer = await patch(api, { path: path(key), json }, call);
      return answer === undefined ? undefined : { ...answer, [field]: Number(partsOf(key)[0]) };
    },
    async delete(key, call) {
      await send(api, { method: "DELETE", path: path(key) }, call);
    },
  });
}

/** "70011-5" -> ["70011", "5"] */
export function partsOf(key: string): readonly [string, string] {
  const [owner, id, ...rest] = key.split("-");
  if (rest.length > 0 || !isId(owner) || !isId(id)) {
    throw refuse(`"${key}" is no key of this stream; it has the ids of the record it belongs to and of itself, with a hyphen between.`);
  }
  return [owner, id];
}

function isId(text: string | undefined): text is string {
  return text !== undefined && /^\d{1,18}$/.test(text);
}

import {
  type Call,
  type DataRecord,
  defineStream,
  type Field,
  type Outcome,
  oneByOne,
  type Stream,
  type Update,
} from "@fieldwright/connector-kit";
import type { Api } from "./api.js";
import { contactTypes } from "./contact-types.js";
import { recordOf } from "./envelope.js";
import { readNumbered, wholeListing } from "./listing.js";
import { readBack } from "./read-back.js";
import { refuse } from "./refuse.js";

const path = "/customers/status";
const onlyWritten: Field = { type: "integer", options: [0, 1], about: "Only written; the list does not show it." };

export function statuses(api: Api): Stream {
  return defineStream({
    name: "statuses",
    about:
      "The statuses that customers can have, with how they look on the map, all in one answer. Which type of contact each is for: contact_statuses.",
    key: "id",
    fields: {
      id: { type: "integer", readOnly: true },
      statusName: { type: "text", required: true },
      shortName: { type: "text", required: true, maxLength: 4 },
      colour: { type: "text", about: "#a1a1a1" },
      iconName: { type: "text" },
      shape: { type: "integer", readOnly: true },
      iconUrl: { type: "text", readOnly: true },
      statusShape: { type: "text" },
      type: { type: "integer", options: [1, 2, 3, 4], about: "Only written: 1 lead, 2 customer, 3 recruit, 4 other." },
      isBaseStatus: onlyWritten,
      isGlobal: onlyWritten,
    },
    open: true,
    listing: wholeListing,
    batchSize: 20,
    read: (request, call) => readNumbered(api, { path, request }, call),
    get: (keys, call) => statusesOf(api, keys, call),
    create: (records, call) => oneByOne(records, (record) => create(api, record, call)),
    update: (updates, call) => oneByOne(updates, (one) => update(api, one, call)),
    delete: (keys, call) => oneByOne(keys, (key) => remove(api, key, call)),
  });
}

async function statusesOf(api: Api, keys: readonly string[], call: Call): Promise<readonly DataRecord[]> {
  const wanted = new Set(keys);
  const { items } = await api.items(path, {}, call);
  return items.filter((item) => wanted.has(String(item.id)));
}

async function create(api: Api, record: DataRecord, call: Call): Promise<Outcome> {
  const answer = await api.send({ method: "POST", path, json: record, safeToRepeat: false }, call);
  const key = String(recordOf(answer.body).id);
  return { ok: true, key, created: true, ...(await readBack(() => statusOf(api, key, call))) };
}

/** The body of a change is that of a create, so what is there is sent along; the flags that no list shows are not. */
async function update(api: Api, { key, set }: Update, call: Call): Promise<Outcome> {
  const present = await statusOf(api, key, call);
  if (present === undefined) throw refuse(`RepCard has no status ${key}.`);
  const { statusName, shortName, colour, iconName, statusShape } = present;
  const type = set.type ?? (await typeOf(api, key, call));
  const json = { statusName, shortName, colour, iconName, statusShape, ...(type === undefined ? {} : { type }), ...set };
  await api.send({ method: "PATCH", path: `${path}/${encodeURIComponent(key)}`, json, safeToRepeat: true }, call);
  return { ok: true, key, created: false, ...(await readBack(() => statusOf(api, key, call))) };
}

async function remove(api: Api, key: string, call: Call): Promise<Outcome> {
  await api.send({ method: "DELETE", path: `${path}/${encodeURIComponent(key)}` }, call);
  return { ok: true, key, created: false };
}

async function statusOf(api: Api, key: string, call: Call): Promise<DataRecord | undefined> {
  return (await statusesOf(api, [key], call))[0];
}

async function typeOf(api: Api, key: string, call: Call): Promise<number | undefined> {
  for (const [index, type] of contactTypes.entries()) {
    const { items } = await api.items("/contact-statuses", { type }, call);
    if (items.some((item) => String(item.id) === key)) return index + 1;
  }
  return undefined;
}

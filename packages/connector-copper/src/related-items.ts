import { type Call, type DataRecord, defineStream, type Outcome, oneByOne, type Stream } from "@fieldwright/connector-kit";
import type { Api } from "./api.js";
import { refuse } from "./errors.js";
import { readPerParent } from "./per-parent.js";

/** The kinds that can be asked for their relations, in the order that decides which end of a relation comes first. */
const paths: Readonly<Record<string, string>> = {
  person: "people",
  company: "companies",
  opportunity: "opportunities",
  task: "tasks",
  project: "projects",
  lead: "leads",
};
const order = Object.keys(paths);
/** Every relation that Copper allows has one of these at one end, so the others need not be asked. */
const asked = ["person", "company", "opportunity", "task"];

interface End {
  readonly type: string;
  readonly id: number;
}

/** Relations show on both sides; here each is one record, under the kind that comes first in `order`. */
export function relatedItems(api: Api): Stream {
  return defineStream({
    name: "related_items",
    about:
      "Which record belongs to which: people, companies, opportunities, tasks, projects and leads. A read takes a request for each person, company, opportunity and task.",
    key: "key",
    fields: {
      key: { type: "text", readOnly: true, about: "Both ends: person/1/company/2." },
      type: { type: "text", required: true, readOnly: "after-create", options: order },
      id: { type: "integer", required: true, readOnly: "after-create" },
      related_type: { type: "text", required: true, readOnly: "after-create", options: order },
      related_id: { type: "integer", required: true, readOnly: "after-create" },
    },
    listing: { maxPageSize: api.assumptions.maxPageSize, complete: "by-page", total: false },
    batchSize: 20,
    read: (request, call) =>
      readPerParent(
        api,
        {
          parents: asked.map((type) => ({ path: paths[type] ?? "" })),
          ofParent: (path, id) => relationsOf(api, { type: order.find((type) => paths[type] === path) ?? "", id }, call),
          request,
        },
        call,
      ),
    get: (keys, call) => getRelations(api, keys, call),
    create: (records, call) => oneByOne(records, (record) => createRelation(api, record, call)),
    delete: (keys, call) => oneByOne(keys, (key) => deleteRelation(api, key, call)),
  });
}

async function relationsOf(api: Api, end: End, call: Call): Promise<readonly DataRecord[]> {
  const others = await api.listIfAny(`/${paths[end.type]}/${end.id}/related`, call);
  return others
    .map((other) => ({ type: String(other.type), id: Number(other.id) }))
    .filter((other) => order.indexOf(other.type) > order.indexOf(end.type))
    .map((other) => recordOf(end, other));
}

function recordOf(one: End, other: End): DataRecord {
  const [first, second] = order.indexOf(one.type) <= order.indexOf(other.type) ? [one, other] : [other, one];
  const key = `${first.type}/${first.id}/${second.type}/${second.id}`;
  return { key, type: first.type, id: first.id, related_type: second.type, related_id: second.id };
}

async function getRelations(api: Api, keys: readonly string[], call: Call): Promise<readonly DataRecord[]> {
  const found: DataRecord[] = [];
  const known = new Map<string, readonly DataRecord[]>();
  for (const key of new Set(keys)) {
    const ends = endsIn(key);
    if (!ends) continue;
    const name = `${ends[0].type}/${ends[0].id}`;
    const relations = known.get(name) ?? (await relationsOf(api, ends[0], call));
    known.set(name, relations);
    found.push(...relations.filter((relation) => relation.key === key));
  }
  return found;
}

async function createRelation(api: Api, record: DataRecord, call: Call): Promise<Outcome> {
  const ends = [
    { type: String(record.type), id: Number(record.id) },
    { type: String(record.related_type), id: Number(record.related_id) },
  ] as const;
  for (const end of ends)
    if (!paths[end.type] || !Number.isInteger(end.id))
      throw refuse(`A relation needs a type (${order.join(", ")}) and an id at both ends, and not ${end.type} ${end.id}.`, {
        field: "type",
      });
  const made = recordOf(...ends);
  const path = `/${paths[String(made.type)]}/${String(made.id)}/related`;
  const json = { resource: { id: made.related_id, type: made.related_type } };
  // Twice the same relation is one relation.
  await api.send({ method: "POST", path, json, safeToRepeat: true }, call);
  return { ok: true, key: String(made.key), created: true, record: made };
}

async function deleteRelation(api: Api, key: string, call: Call): Promise<Outcome> {
  const ends = endsIn(key);
  if (!ends) throw refuse(`"${key}" is no key of a relation, such as person/1/company/2.`);
  const path = `/${paths[ends[0].type]}/${ends[0].id}/related`;
  await api.send({ method: "DELETE", path, json: { resource: { id: ends[1].id, type: ends[1].type } } }, call);
  return { ok: true, key, created: false };
}

function endsIn(key: string): readonly [End, End] | undefined {
  const [, type = "", id, other = "", otherId] = /^([a-z]+)\/([1-9]\d*)\/([a-z]+)\/([1-9]\d*)$/.exec(key) ?? [];
  if (!paths[type] || !paths[other]) return undefined;
  return [
    { type, id: Number(id) },
    { type: other, id: Number(otherId) },
  ];
}

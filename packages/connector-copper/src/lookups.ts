import { type Call, type DataRecord, defineStream, type Field, type Listing, type Stream } from "@fieldwright/connector-kit";
import { type Api, isObject, unknownShape } from "./api.js";

const whole: Listing = { maxPageSize: 10_000, complete: "by-page", total: false };
const id: Field = { type: "integer", readOnly: true };
const text: Field = { type: "text", readOnly: true };
const number: Field = { type: "number", readOnly: true };
const flag: Field = { type: "boolean", readOnly: true };
const json: Field = { type: "json", readOnly: true };

interface Lookup {
  readonly name: string;
  readonly about: string;
  readonly fields: Readonly<Record<string, Field>>;
  readonly references?: Readonly<Record<string, string>>;
}

const lookups: readonly Lookup[] = [
  { name: "customer_sources", about: "Where customers come from.", fields: { id, name: text } },
  { name: "contact_types", about: "The types of people and companies.", fields: { id, name: text } },
  { name: "loss_reasons", about: "Why opportunities are lost.", fields: { id, name: text } },
  { name: "lead_statuses", about: "The statuses of leads.", fields: { id, name: text, order: id, is_default: flag } },
  { name: "pipelines", about: "Pipelines with their stages.", fields: { id, name: text, type: text, is_revenue: flag, stages: json } },
  {
    name: "pipeline_stages",
    about: "The stages of all pipelines.",
    fields: { id, name: text, pipeline_id: id, win_probability: number },
    references: { pipeline_id: "pipelines" },
  },
  {
    name: "custom_field_definitions",
    about: "The account's custom fields: types, options and the kinds of records that have them.",
    fields: { id, name: text, data_type: text, available_on: json, is_filterable: flag, options: json, currency: text },
  },
];

/** Lists that Copper gives whole, and only to be read. */
export function lookupStreams(api: Api): readonly Stream[] {
  return [
    ...lookups.map((lookup) => lookupStream({ ...lookup, key: "id", rows: (call) => api.list(`/${lookup.name}`, call) })),
    lookupStream({
      name: "activity_types",
      about: "The kinds of activities. An id counts only within its category, so `key` has both.",
      key: "key",
      fields: { key: text, id, category: text, name: text, is_disabled: flag, count_as_interaction: flag },
      rows: (call) => activityTypes(api, call),
    }),
  ];
}

function lookupStream({
  name,
  about,
  key,
  fields,
  references,
  rows,
}: Lookup & { readonly key: string; readonly rows: (call: Call) => Promise<readonly DataRecord[]> }): Stream {
  return defineStream({
    name,
    about,
    key,
    fields,
    open: true,
    listing: whole,
    ...(references ? { references } : {}),
    async *read(_request, call) {
      const records = await rows(call);
      yield { records, complete: true, total: records.length };
    },
    async get(keys, call) {
      return keys.length === 0 ? [] : (await rows(call)).filter((row) => keys.includes(String(row[key])));
    },
  });
}

async function activityTypes(api: Api, call: Call): Promise<readonly DataRecord[]> {
  const body = await api.send({ path: "/activity_types" }, call);
  if (!isObject(body) || !Array.isArray(body.user) || !Array.isArray(body.system)) throw unknownShape("/activity_types");
  const types: readonly unknown[] = [...body.user, ...body.system];
  return types.filter(isObject).map((type) => ({ key: `${String(type.category)}/${String(type.id)}`, ...type }));
}

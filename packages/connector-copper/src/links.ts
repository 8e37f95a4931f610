import type { Call, DataRecord } from "@fieldwright/connector-kit";
import { type Api, isObject } from "./api.js";
import type { CustomField } from "./definitions.js";
import { refuse } from "./errors.js";
import type { Model } from "./model.js";

interface Link {
  readonly linkId: number;
  readonly type: string;
  readonly id: number;
}

/** What the Connect fields of a record lead to. The record itself always shows them empty. */
export async function linksOf(api: Api, model: Model, { id, call }: { readonly id: unknown; readonly call: Call }): Promise<DataRecord> {
  const entries: [string, unknown][] = [];
  for (const custom of model.connected) {
    const links = await linksIn(api, model, { custom, id, call });
    entries.push([custom.name, links.map((link) => ({ type: link.type, id: link.id }))]);
  }
  return Object.fromEntries(entries);
}

interface Asked {
  readonly custom: CustomField;
  readonly id: unknown;
  readonly call: Call;
}

async function linksIn(api: Api, model: Model, { custom, id, call }: Asked): Promise<readonly Link[]> {
  const query = `source_type=${typeTo(api, model.kind.type)}&source_id=${String(id)}&custom_field_definition_id=${custom.definition.id}`;
  const rows = await api.list(`/related_links?${query}`, call);
  return rows
    .flatMap((row) =>
      isObject(row.target) ? [{ linkId: Number(row.id), type: typeFrom(row.target.entity_type), id: Number(row.target.id) }] : [],
    )
    .sort((a, b) => (a.type === b.type ? a.id - b.id : a.type < b.type ? -1 : 1));
}

/** Takes away what is no longer wanted, and adds what is missing. */
export async function writeLinks(
  api: Api,
  model: Model,
  { custom, id, call, wanted }: Asked & { readonly wanted: unknown },
): Promise<void> {
  const targets = targetsIn(custom, wanted);
  const present = await linksIn(api, model, { custom, id, call });
  const isSame = (a: { type: string; id: number }, b: { type: string; id: number }) => a.type === b.type && a.id === b.id;
  for (const link of present)
    if (!targets.some((target) => isSame(target, link))) await api.send({ method: "DELETE", path: `/related_links/${link.linkId}` }, call);
  for (const target of targets) {
    if (present.some((link) => isSame(link, target))) continue;
    const json = {
      custom_field_definition_id: custom.definition.id,
      source: { id: Number(id), entity_type: typeTo(api, model.kind.type) },
      target: { id: target.id, entity_type: typeTo(api, target.type) },
    };
    await api.send({ method: "POST", path: "/related_links", json, safeToRepeat: false }, call);
  }
}

/** @throws hold-record where the value is not a list of records. */
export function targetsIn(custom: CustomField, wanted: unknown): readonly { readonly type: string; readonly id: number }[] {
  const list = wanted === null ? [] : wanted;
  const isTarget = (one: unknown) => isObject(one) && typeof one.type === "string" && Number.isInteger(one.id);
  if (!Array.isArray(list) || !list.every(isTarget))
    throw refuse(`"${custom.name}" takes a list of records, each with type and id, and not ${JSON.stringify(wanted)}.`, {
      field: custom.name,
    });
  return list as readonly { type: string; id: number }[];
}

/** An answer may say "people" where a request says "person". */
function typeFrom(type: unknown): string {
  return type === "people" ? "person" : String(type);
}

function typeTo(api: Api, type: string): string {
  return type === "person" ? api.assumptions.personInLinks : type;
}

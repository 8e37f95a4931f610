import { allRecords, type Call, type DataRecord, VendorError } from "@fieldwright/connector-kit";
import type { Api } from "./api.js";
import { fromWire } from "./from-wire.js";
import { getEntities } from "./get.js";
import type { Model } from "./model.js";
import { walk } from "./walk.js";
import { customTo } from "./wire-values.js";

interface Asked {
  readonly field: string;
  readonly values: readonly unknown[];
  readonly call: Call;
}

const manyValues = 50;

/** Copper's text searches find parts and ignore case: what is not equal is left out again. */
export async function findEntities(api: Api, model: Model, { field, values, call }: Asked): Promise<readonly DataRecord[]> {
  const wanted = [...new Set(values.filter((value) => value !== null && value !== undefined && value !== "").map(String))];
  if (field === "id") return getEntities(api, model, { keys: wanted, call });
  if (wanted.length === 0) return [];
  const found = new Map<string, DataRecord>();
  for (const body of bodiesFor(api, model, { field, values: wanted, call })) {
    const pages = walk(
      api,
      {
        path: `/${model.kind.path}`,
        body,
        by: "date_created",
        direction: "up",
        request: { pageSize: api.assumptions.maxPageSize },
        isFixed: true,
      },
      call,
    );
    for (const row of await allRecords(pages)) found.set(String(row.id), row);
  }
  const asked = new Set(wanted.map((value) => value.toLowerCase()));
  const records = await fromWire(api, model, [...found.values()], call);
  return records.filter((record) => asked.has(String(record[field]).toLowerCase()));
}

function bodiesFor(api: Api, model: Model, { field, values }: Asked): readonly DataRecord[] {
  const always = model.kind.path === "leads" && api.options.convertedLeads ? { include_converted_leads: true } : {};
  const own = model.kind.finds[field];
  if (own) {
    const isId = own.key.endsWith("_ids");
    const usable = isId ? values.filter((value) => /^[1-9]\d*$/.test(String(value))).map(Number) : values;
    return (own.one ? usable.map((value) => value) : inChunks(usable)).map((value) => ({ ...always, [own.key]: value }));
  }
  const custom = model.byName.get(field);
  if (!custom?.definition.filterable || custom.definition.type !== "Dropdown") throw cannotFindBy(model, field);
  const known = values.filter((value) => custom.field.options?.some((option) => option === value));
  if (known.length === 0) return [];
  const ids = known.map((value) => customTo(api, custom, value));
  return [{ ...always, custom_fields: [{ custom_field_definition_id: custom.definition.id, value: ids }] }];
}

function inChunks(values: readonly unknown[]): readonly (readonly unknown[])[] {
  return Array.from({ length: Math.ceil(values.length / manyValues) }, (_, n) => values.slice(n * manyValues, (n + 1) * manyValues));
}

function cannotFindBy(model: Model, field: string): VendorError {
  const custom = [...model.byName.values()].filter(({ definition }) => definition.filterable && definition.type === "Dropdown");
  const names = ["id", ...Object.keys(model.kind.finds), ...custom.map(({ name }) => name)];
  return new VendorError(`Copper cannot search ${model.kind.path} by "${field}".`, {
    code: "copper/cannot-find-by",
    next: "stop-stream",
    field,
    hint: `Match by ${names.join(", ")}. Copper searches no custom field of text.`,
  });
}

import { type Call, type DataRecord, type Outcome, oneByOne, VendorError } from "@fieldwright/connector-kit";
import { type Api, isObject, unknownShape } from "./api.js";
import { finish } from "./entity-writes.js";
import { refuse } from "./errors.js";
import { findEntities } from "./find.js";
import type { Model } from "./model.js";
import { type StillSame, stillSame } from "./still-same.js";
import { toWire } from "./to-wire.js";
import { customTo } from "./wire-values.js";

interface Asked {
  readonly records: readonly DataRecord[];
  readonly on: readonly string[];
  readonly call: Call;
}

/** Copper's own upsert: none that fits is made, one is changed, and several are refused. */
export async function upsertLeads(api: Api, model: Model, { records, on, call }: Asked): Promise<readonly Outcome[]> {
  if (records.length === 0) return [];
  const [field = ""] = on;
  const custom = model.byName.get(field);
  if (on.length !== 1 || (field !== "email_address" && field !== "name" && !custom?.definition.filterable)) throw cannotUpsertBy(on);
  const same = await stillSame(api, model, { names: [field, ...records.flatMap((record) => Object.keys(record))], call });
  return oneByOne(records, (record) => upsertOne(api, model, { record, field, same, call }));
}

interface One {
  readonly record: DataRecord;
  readonly field: string;
  readonly same: StillSame;
  readonly call: Call;
}

async function upsertOne(api: Api, model: Model, { record, field, same, call }: One): Promise<Outcome> {
  const value = record[field] ?? (field === "email_address" && isObject(record.email) ? record.email.email : undefined);
  if (value === undefined || value === null || value === "") throw refuse(`A lead without ${field} cannot be upserted by it.`, { field });
  const prepared = await toWire(api, model, { set: record, same, call });
  const match = matchOf(api, model, { field, value, same });
  const isThere = await wasThere(api, model, { field, value, match, call });
  const json = { properties: prepared.body, match };
  const lead = await api.send({ method: "PUT", path: "/leads/upsert", json }, call);
  if (!isObject(lead)) throw unknownShape("/leads/upsert");
  const outcome = await finish(api, model, { item: { prepared }, row: lead, call });
  // Copper does not say which of the two it did: a lead that the search did not show yet gives itself away by its times.
  return outcome.ok ? { ...outcome, created: !isThere && lead.date_created === lead.date_modified } : outcome;
}

function matchOf(api: Api, model: Model, { field, value, same }: Pick<One, "field" | "same"> & { readonly value: unknown }): DataRecord {
  if (field === "name") return { field_name: "name", field_value: value };
  if (field === "email_address") return { field_name: "email", field_value: value };
  const custom = model.byName.get(field);
  if (!custom) throw cannotUpsertBy([field]);
  const now = same(custom);
  const wire = customTo(api, now, value);
  return { field_name: "custom", field_value: { custom_field_definition_id: now.definition.id, value: wire } };
}

/** The search may lag some seconds behind. */
async function wasThere(
  api: Api,
  model: Model,
  { field, match, value, call }: Omit<One, "record" | "same"> & { readonly match: DataRecord; readonly value: unknown },
): Promise<boolean> {
  if (match.field_name === "custom") {
    const { rows } = await api.search("/leads", { custom_fields: [match.field_value], page_number: 1, page_size: 1 }, call);
    return rows.length > 0;
  }
  const found = await findEntities(api, model, { field, values: [value], call });
  return found.some((lead) => typeof lead.converted_at !== "string");
}

function cannotUpsertBy(on: readonly string[]): VendorError {
  return new VendorError(`Copper upserts leads by email_address, name or a filterable custom field, not by ${on.join(" and ")}.`, {
    code: "copper/cannot-upsert-by",
    next: "stop-stream",
    hint: "Match by one of these.",
  });
}

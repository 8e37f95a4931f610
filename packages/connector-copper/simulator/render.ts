import type { DataRecord } from "@fieldwright/connector-kit";
import type { Account } from "./account.js";
import { type CustomValue, emptyValue } from "./data/custom-values.js";
import { singular } from "./data/entity-rows.js";
import { type Entity, entities } from "./options.js";

/** A record as the API shows it: names beside ids, and every custom field there is, filled or not. */
export function rendered(account: Account, kind: string, record: DataRecord): DataRecord {
  if (kind === "pipelines") return { ...record, stages: stagesOf(account, record.id) };
  if (!isEntity(kind)) return record;
  const whole = { ...record, custom_fields: customFields(account, kind, record) };
  if (kind === "leads") return { ...whole, status: nameOf(account, "lead_statuses", record.status_id) };
  if (kind === "people") return { ...whole, company_name: nameOf(account, "companies", record.company_id) };
  if (kind !== "opportunities") return whole;
  const pipeline = account.kinds.pipelines.get(Number(record.pipeline_id));
  return {
    ...whole,
    company_name: nameOf(account, "companies", record.company_id),
    pipeline_is_revenue: pipeline?.is_revenue ?? null,
    pipeline_type: pipeline?.type ?? null,
  };
}

function isEntity(kind: string): kind is Entity {
  return entities.some((entity) => entity === kind);
}

/** Their order is not the same from record to record. */
function customFields(account: Account, entity: Entity, record: DataRecord): readonly CustomValue[] {
  const set = new Map(
    (record.custom_fields as readonly CustomValue[] | undefined)?.map((one) => [one.custom_field_definition_id, one.value]),
  );
  const all = account
    .definitions()
    .filter((definition) => definition.available_on.includes(singular[entity]))
    .map((definition) => ({
      custom_field_definition_id: definition.id,
      value: definition.data_type === "Connect" ? [] : (set.get(definition.id) ?? emptyValue(definition)),
    }));
  return Number(record.id) % 2 === 0 ? all.reverse() : all;
}

function nameOf(account: Account, kind: "lead_statuses" | "companies", id: unknown): unknown {
  return typeof id === "number" ? (account.kinds[kind].get(id)?.name ?? null) : null;
}

export function stagesOf(account: Account, pipeline: unknown): readonly DataRecord[] {
  return account.kinds.pipeline_stages
    .filter((stage) => stage.pipeline_id === pipeline)
    .map(({ id, name, win_probability }) => ({ id, name, win_probability }));
}

import type { DataRecord } from "@fieldwright/connector-kit";
import type { Field } from "./field.js";
import type { Module } from "./modules.js";
import type { Org } from "./org.js";

/** A record as a read shows it: all fields, or only those named; unknown names are passed over. */
export function renderRecord(
  org: Org,
  module: Module,
  { record, only }: { record: DataRecord; only?: readonly string[] | undefined },
): DataRecord {
  const shown: Record<string, unknown> = { id: record.id };
  const chosen = only === undefined ? module.fields : only.flatMap((name) => module.byName.get(name) ?? []);
  for (const field of chosen) shown[field.name] = renderValue(org, field, record[field.name]);
  return shown;
}

export function renderValue(org: Org, field: Field, value: unknown): unknown {
  if (value === null || value === undefined) return field.json === "jsonarray" ? [] : null;
  if (field.type === "datetime") return typeof value === "number" ? org.moment(value) : value;
  if (field.type === "ownerlookup") return org.user(value);
  if (field.type === "lookup") {
    const to = org.tableIfAny(field.to ?? "");
    const found = to?.record(String(value));
    return to === undefined || found === undefined ? null : { name: found[to.module.display], id: String(value) };
  }
  return value;
}

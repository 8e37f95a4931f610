import type { DataRecord, Field } from "@fieldwright/connector-kit";
import type { Collection } from "../collections/collection.js";
import { isObject, type Resource } from "./document.js";

export type Included = ReadonlyMap<string, Resource>;

export function includedOf(resources: readonly Resource[]): Included {
  return new Map(resources.map((resource) => [`${resource.type} ${resource.id}`, resource]));
}

/**
 * A resource as a flat record: its attributes, and each relationship that came with it as `{ id, name }`.
 * Ids are text and the vendor's own foreign keys are numbers, so these become text; exact numbers become text where they come as numbers.
 */
export function recordOf(collection: Collection, resource: Resource, included: Included): DataRecord {
  const record: Record<string, unknown> = { id: resource.id };
  for (const [name, value] of Object.entries(resource.attributes)) record[name] = plain(name, value, collection.fields[name]);
  for (const [name, value] of Object.entries(resource.relationships)) {
    if (!isObject(value) || !("data" in value) || !(name in collection.relations)) continue;
    record[name] = relatedOf(value.data, included);
  }
  record._way = "api";
  return record;
}

function plain(name: string, value: unknown, field: Field | undefined): unknown {
  if (typeof value === "number") {
    if (name.endsWith("Id") || field?.type === "decimal" || field?.type === "text") return String(value);
    return value;
  }
  if (typeof value === "string" && field?.type === "number" && /^-?[0-9]+(\.[0-9]+)?$/.test(value)) return Number(value);
  return value;
}

/** A name is null where the relationship leads to a record that did not come along, which is also how a lost one looks. */
function relatedOf(data: unknown, included: Included): unknown {
  if (Array.isArray(data)) return data.map((one: unknown) => relatedOf(one, included));
  if (!isObject(data)) return null;
  const id = String(data.id);
  const attributes = included.get(`${String(data.type)} ${id}`)?.attributes;
  return { id, name: attributes?.name ?? attributes?.title ?? null };
}

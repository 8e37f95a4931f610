import type { DataRecord, Field } from "@fieldwright/connector-kit";
import type { Collection } from "../collections/collection.js";
import { refuse } from "../refuse.js";
import { isObject } from "./document.js";

interface Body {
  readonly attributes: Record<string, unknown>;
  readonly relationships: Record<string, unknown>;
}

/** The JSON:API document of a write, with what the record names and nothing else. */
export function documentOf(collection: Collection, record: DataRecord, key?: string): { readonly data: DataRecord } {
  const body: Body = { attributes: {}, relationships: {} };
  for (const [name, value] of Object.entries(record)) {
    // An id is what the vendor gives; a stage is moved, not written.
    if (value === undefined || name === "id" || (collection.isJob && name === "workflowStage")) continue;
    put(collection, body, { name, value });
    const also = collection.alsoRelated[name];
    if (also !== undefined && record[also] === undefined && value !== null) put(collection, body, { name: also, value });
  }
  const { attributes, relationships } = body;
  const linked = Object.keys(relationships).length > 0 ? { relationships } : {};
  // On writes the type is the name of the path, whatever reads call it.
  return { data: { type: collection.name, ...(key === undefined ? {} : { id: key }), attributes, ...linked } };
}

function put(collection: Collection, body: Body, { name, value }: { readonly name: string; readonly value: unknown }): void {
  const field = collection.fields[name];
  if (field?.readOnly === true) throw refuse(`Centerpoint does not let ${name} of ${collection.name} be written.`, { field: name });
  const to = collection.relations[name];
  if (to !== undefined) {
    body.relationships[name] = {
      data: Array.isArray(value) ? value.map((one: unknown) => link(name, to, one)) : value === null ? null : link(name, to, value),
    };
    return;
  }
  const written = writtenValue(name, value, field);
  for (const known of collection.writeNames[name] ?? [name]) body.attributes[known] = written;
}

function link(name: string, type: string, value: unknown): DataRecord {
  const named = isObject(value) ? value : { id: value };
  if ((typeof named.id !== "string" && typeof named.id !== "number") || named.id === "")
    throw refuse(`${name} is to be an id, or { id }.`, { field: name });
  return { type: typeof named.type === "string" ? named.type : type, id: String(named.id) };
}

/** The vendor's own foreign keys are numbers; those of other systems (externalId, importId) are text. */
function writtenValue(name: string, value: unknown, field: Field | undefined): unknown {
  const isKey = name.endsWith("Id") && !otherSystems.has(name);
  if (isKey && typeof value === "string" && /^[0-9]{1,15}$/.test(value)) return Number(value);
  if (field?.type === "text" && typeof value === "number") return String(value);
  return value;
}

// A payment's invoice is text in the documents, alone among the keys.
const otherSystems: ReadonlySet<string> = new Set(["externalId", "importId", "placeId", "invoiceId"]);

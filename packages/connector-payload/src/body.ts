import { type DataRecord, VendorError } from "@fieldwright/connector-kit";
import type { IdTypes } from "./fields.js";
import { idOf } from "./ids.js";
import type { FieldSchema } from "./schema.js";

type Schemas = Readonly<Record<string, FieldSchema>>;

/**
 * A record as Payload takes it. It wants ids of relations in the right type of JSON, and stores nothing, without a word, where a number
 * is due and another text comes: both are put right or refused here, as far as the schema is given.
 */
export function bodyOf(record: DataRecord, schemas: Schemas, idTypes: IdTypes): DataRecord {
  return members(record, { schemas, idTypes, prefix: "" });
}

interface Context {
  readonly schemas: Schemas;
  readonly idTypes: IdTypes;
  readonly prefix: string;
}

function members(record: DataRecord, { schemas, idTypes, prefix }: Context): DataRecord {
  return Object.fromEntries(
    Object.entries(record).map(([name, value]) => {
      const schema = Object.hasOwn(schemas, name) ? schemas[name] : undefined;
      return [name, schema === undefined ? value : written(value, schema, { idTypes, path: prefix + name })];
    }),
  );
}

/** These can be an empty text; a date, a choice, a number or a relation cannot, and Payload fails at some of them (500). */
const texts = new Set<FieldSchema["type"]>(["text", "textarea", "email", "code", "json"]);

interface Place {
  readonly idTypes: IdTypes;
  readonly path: string;
}

function written(value: unknown, schema: FieldSchema, place: Place): unknown {
  // A group as a whole cannot be cleared: Payload fails (500).
  if (value === null && schema.type === "group")
    return Object.fromEntries(Object.entries(schema.fields ?? {}).map(([name, field]) => [name, written(null, field, place)]));
  // Nothing in place of a list leaves a list of texts as it was.
  if (value === null && (schema.hasMany === true || schema.type === "array")) return [];
  if (value === undefined || value === null) return value;
  if (value === "" && !texts.has(schema.type)) return null;
  if (schema.hasMany === true && Array.isArray(value)) {
    return value.map((item, index) => written(item, { ...schema, hasMany: false }, { ...place, path: `${place.path}.${index}` }));
  }
  const inside = (item: unknown, path: string): unknown =>
    isObject(item) ? members(item, { schemas: schema.fields ?? {}, idTypes: place.idTypes, prefix: `${path}.` }) : item;
  switch (schema.type) {
    case "relationship":
    case "upload":
      return relation(value, schema, place);
    case "number":
      return number(value, place.path);
    case "group":
      return inside(value, place.path);
    case "array":
      return Array.isArray(value) ? value.map((item, index) => inside(item, `${place.path}.${index}`)) : value;
    default:
      return value;
  }
}

function relation(value: unknown, { relationTo }: FieldSchema, { idTypes, path }: Place): unknown {
  if (typeof relationTo === "string") {
    const id = idOf(value, idTypes(relationTo));
    if (id === undefined) throw notAnId({ value, to: relationTo, type: idTypes(relationTo), path });
    return id;
  }
  const to = isObject(value) ? value.relationTo : undefined;
  if (!isObject(value) || typeof to !== "string" || relationTo?.includes(to) !== true) {
    throw refused(`${path} leads to one of ${relationTo?.join(", ")}, and what is given does not say to which.`, path, {
      hint: `Write it as {"relationTo": "${relationTo?.[0]}", "value": <id>}. Payload drops any other collection without a word.`,
    });
  }
  const id = idOf(value.value, idTypes(to));
  if (id === undefined) throw notAnId({ value: value.value, to, type: idTypes(to), path });
  return { relationTo: to, value: id };
}

function number(value: unknown, path: string): unknown {
  const isNumber = typeof value === "number" || (typeof value === "string" && Number.isFinite(Number(value)));
  if (isNumber) return Number(value);
  throw refused(`${path} takes a number, and ${JSON.stringify(value)} is none: Payload would store nothing, without a word.`, path);
}

interface NoId {
  readonly value: unknown;
  readonly to: string;
  readonly type: string;
  readonly path: string;
}

function notAnId({ value, to, type, path }: NoId): VendorError {
  return refused(`${path} takes the id of one of ${to} (${type}), and ${JSON.stringify(value)} cannot be one.`, path, {
    hint: "Map the key of the record that it leads to, not its name or another field of it.",
  });
}

function refused(message: string, field: string, details: { readonly hint?: string } = {}): VendorError {
  return new VendorError(message, { code: "payload/not-writable", next: "hold-record", field, ...details });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

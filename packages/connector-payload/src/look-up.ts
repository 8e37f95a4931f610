import { type Call, type DataRecord, VendorError } from "@fieldwright/connector-kit";
import type { Collection } from "./collection.js";
import { type IdTypes, schemaAt } from "./fields.js";
import { idOf } from "./ids.js";
import { everyMatch } from "./read.js";
import type { FieldSchema } from "./schema.js";
import type { Site } from "./site.js";

export interface LookUp {
  readonly field: string;
  readonly values: readonly unknown[];
  readonly idTypes: IdTypes;
}

const unsearchable = new Set(["json", "richText", "blocks", "point", "group", "array"]);

/** Exact and case-sensitive, as Payload's `in` is. */
export async function findBy(site: Site, collection: Collection, { field, values, idTypes }: LookUp, call: Call): Promise<DataRecord[]> {
  const schema = field === "id" ? undefined : schemaAt(collection.schema ?? {}, field);
  if (schema !== undefined && (unsearchable.has(schema.type) || Array.isArray(schema.relationTo)))
    throw cannotSearch(collection.slug, field, schema);
  const asked = values.map((value) =>
    field === "id" ? idOf(value, collection.idType) : schema === undefined ? value : asStored(value, schema, idTypes),
  );
  const wanted = [...new Set(asked.filter((value) => value !== undefined && value !== null))];
  const { valuesPerRequest } = site.options.assumptions;
  const found = new Map<unknown, DataRecord>();
  for (let from = 0; from < wanted.length; from += valuesPerRequest) {
    const some = wanted.slice(from, from + valuesPerRequest);
    for (const record of await everyMatch(site, collection, { where: { [field]: { in: some } }, call })) found.set(record.id, record);
  }
  return [...found.values()];
}

/** A value of the type that the column has; another one makes a database of SQL fail (500) where it should find nothing. */
function asStored(value: unknown, schema: FieldSchema, idTypes: IdTypes): unknown {
  if (value === undefined || value === null) return undefined;
  switch (schema.type) {
    case "relationship":
    case "upload":
      return typeof schema.relationTo === "string" ? idOf(value, idTypes(schema.relationTo)) : undefined;
    case "number":
      return String(value).trim() !== "" && Number.isFinite(Number(value)) ? Number(value) : undefined;
    case "checkbox":
      return value === true || value === "true" ? true : value === false || value === "false" ? false : undefined;
    case "date":
      return Number.isNaN(Date.parse(String(value))) ? undefined : value;
    case "select":
    case "radio":
      return schema.options === undefined || schema.options.includes(String(value)) ? String(value) : undefined;
    default:
      return String(value);
  }
}

function cannotSearch(slug: string, field: string, { type, relationTo }: FieldSchema): VendorError {
  return new VendorError(
    `${slug} cannot be searched by ${field}, which is ${Array.isArray(relationTo) ? "a relation to several collections" : type}.`,
    {
      code: "payload/not-searchable",
      next: "stop-stream",
      field,
      hint: "Match by a field of its own, best one that is unique.",
    },
  );
}

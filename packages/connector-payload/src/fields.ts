import type { Field } from "@fieldwright/connector-kit";
import type { FieldSchema, IdType } from "./schema.js";

/** The type of the ids of a collection. */
export type IdTypes = (slug: string) => IdType;

/** A field of Payload's as a stream declares it. */
export function fieldOf(schema: FieldSchema, idTypes: IdTypes): Field {
  const { required, readOnly, about } = schema;
  const notes = [schema.unique === true ? "Unique." : undefined, about].filter((note) => note !== undefined).join(" ");
  const one = single(schema, idTypes);
  const asMany: Field = schema.hasMany === true ? { type: "list", of: one } : one;
  return {
    ...asMany,
    ...(required === true ? { required } : {}),
    ...(readOnly === true ? { readOnly } : {}),
    ...(notes === "" ? {} : { about: notes }),
  };
}

function single(schema: FieldSchema, idTypes: IdTypes): Field {
  const { type, maxLength, options, relationTo } = schema;
  switch (type) {
    case "number":
    case "json":
      return { type };
    case "checkbox":
      return { type: "boolean" };
    case "date":
      return { type: "datetime" };
    case "select":
    case "radio":
      return options === undefined ? { type: "text" } : { type: "text", options };
    case "richText":
    case "blocks":
      return { type: "json" };
    case "point":
      return { type: "list", of: { type: "number" } };
    case "relationship":
    case "upload":
      if (typeof relationTo === "string") return { type: idTypes(relationTo) };
      return { type: "object", fields: { relationTo: { type: "text", options: relationTo ?? [] }, value: { type: "json" } } };
    case "group":
      return { type: "object", fields: membersOf(schema, idTypes) };
    case "array":
      return { type: "list", of: { type: "object", fields: { id: { type: "text" }, ...membersOf(schema, idTypes) } } };
    default:
      return maxLength === undefined ? { type: "text" } : { type: "text", maxLength };
  }
}

function membersOf({ fields = {} }: FieldSchema, idTypes: IdTypes): Readonly<Record<string, Field>> {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, fieldOf(field, idTypes)]));
}

/** Which of the fields, also within groups, hold the key of one record of which collection. */
export function referencesIn(fields: Readonly<Record<string, FieldSchema>>, prefix = ""): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const [name, field] of Object.entries(fields)) {
    const path = prefix + name;
    if (typeof field.relationTo === "string" && field.hasMany !== true) found[path] = field.relationTo;
    if (field.type === "group") Object.assign(found, referencesIn(field.fields ?? {}, `${path}.`));
  }
  return found;
}

/** The schema of a path with dots. */
export function schemaAt(fields: Readonly<Record<string, FieldSchema>>, path: string): FieldSchema | undefined {
  const [first = "", ...rest] = path.split(".");
  const field = Object.hasOwn(fields, first) ? fields[first] : undefined;
  return rest.length === 0 || field === undefined ? field : schemaAt(field.fields ?? {}, rest.join("."));
}

import type { Field, FieldType } from "@fieldwright/connector-kit";

const short: Readonly<Record<string, FieldType>> = {
  text: "text",
  int: "integer",
  num: "number",
  dec: "decimal",
  bool: "boolean",
  day: "date",
  at: "datetime",
  time: "time",
  json: "json",
  obj: "object",
};

const times = fieldsFrom("createdAt:at! updatedAt:at! deletedAt:at!");

/** Fields in short: "name:text price:dec createdAt:at!", `!` for those that only the vendor writes. `id` and the times come along. */
export function fields(text: string, more: Readonly<Record<string, Field>> = {}): Readonly<Record<string, Field>> {
  return {
    id: { type: "text", readOnly: true },
    ...fieldsFrom(text),
    ...more,
    ...times,
    _way: { type: "text", readOnly: true, options: ["api", "web"], about: "How the record came: by the API, or read off the web pages." },
  };
}

function fieldsFrom(text: string): Record<string, Field> {
  const made: Record<string, Field> = {};
  for (const part of text.split(/\s+/).filter((word) => word !== "")) {
    const [name = "", kind = "text"] = part.split(":");
    const type = short[kind.replace("!", "")] ?? "text";
    made[name] = kind.endsWith("!") ? { type, readOnly: true } : { type };
  }
  return made;
}

/** What a relationship of an included record looks like here. */
export const related: Field = { type: "object", fields: { id: { type: "text" }, name: { type: "text" } } };

export const relatedOnly: Field = { ...related, readOnly: true };

export const relatedList: Field = { type: "list", of: related };

/** A relationship that is written and never shown. */
export const writtenRelation: Field = {
  type: "json",
  about: "An id, or { id }; lists thereof where there may be several. Written, not read.",
};

export const address =
  "streetAddress:text subpremise:text locality:text county:text region:text postalCode:text latitude:num longitude:num timezone:text";

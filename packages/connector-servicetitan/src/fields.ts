import type { Field, FieldType } from "@fieldwright/connector-kit";

/** Names of fields by their type, and what may be written; all lists are words with spaces between. */
export type FieldWords = Readonly<Partial<Record<FieldType, string>>> & {
  readonly options?: Readonly<Record<string, readonly string[]>>;
  /** Taken when a record is created. */
  readonly create?: string;
  /** Taken by an update. */
  readonly update?: string;
  readonly required?: string;
  readonly about?: Readonly<Record<string, string>>;
};

const types: readonly FieldType[] = ["integer", "text", "number", "decimal", "boolean", "datetime", "object", "list", "json"];

export function fieldsOf(given: FieldWords): Readonly<Record<string, Field>> {
  const [create, update, required] = [words(given.create), words(given.update), words(given.required)];
  const fields: Record<string, Field> = {};
  for (const type of types) {
    for (const name of words(given[type])) {
      const options = given.options?.[name];
      const about = given.about?.[name];
      fields[name] = {
        type,
        ...(required.has(name) ? { required: true } : {}),
        ...(update.has(name) ? {} : { readOnly: create.has(name) ? ("after-create" as const) : true }),
        ...(options === undefined ? {} : { options }),
        ...(about === undefined ? {} : { about }),
      };
    }
  }
  return fields;
}

export function words(text: string | undefined): ReadonlySet<string> {
  return new Set((text ?? "").split(" ").filter((word) => word !== ""));
}

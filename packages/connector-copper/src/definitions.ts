import { type DataRecord, type Field, VendorError } from "@fieldwright/connector-kit";

export interface Option {
  readonly id: number;
  readonly name: string;
}

/** A custom field as the account has it. */
export interface Definition {
  readonly id: number;
  readonly name: string;
  readonly type: string;
  readonly on: readonly string[];
  readonly filterable: boolean;
  readonly options: readonly Option[];
}

/** A custom field of one stream. */
export interface CustomField {
  readonly definition: Definition;
  /** How specs write it. */
  readonly name: string;
  readonly field: Field;
}

export function definitionsIn(rows: readonly DataRecord[]): readonly Definition[] {
  return rows.map((row) => {
    if (typeof row.id !== "number" || typeof row.name !== "string" || typeof row.data_type !== "string" || !Array.isArray(row.available_on))
      throw new VendorError("Copper's custom field definitions are not in a shape that is known.", {
        code: "copper/unknown-shape",
        next: "stop-run",
        hint: "Copper may have changed its API; report it to the author of the connector.",
      });
    return {
      id: row.id,
      name: row.name,
      type: row.data_type,
      on: row.available_on.map(String),
      filterable: row.is_filterable === true,
      options: Array.isArray(row.options) ? row.options.map(({ id, name }: Option) => ({ id, name })) : [],
    };
  });
}

/**
 * The custom fields of one kind of record under the names that specs write: the label, trimmed, with "_" for each dot, because a
 * dot leads to a part of a value. Where that name is taken by a field of Copper's own or by another custom field, " #" and the
 * field's id follow.
 */
export function customFieldsOf(
  definitions: readonly Definition[],
  { type, taken }: { readonly type: string; readonly taken: readonly string[] },
): readonly CustomField[] {
  const mine = definitions.filter((definition) => definition.on.includes(type));
  const plain = mine.map((definition) => definition.name.trim().replaceAll(".", "_"));
  const reserved = new Set([...taken, "custom_fields", "__proto__", ""]);
  return mine.map((definition, index) => {
    const label = plain[index] ?? "";
    const isShared = reserved.has(label) || plain.filter((other) => other === label).length > 1;
    return { definition, name: isShared ? `${label} #${definition.id}`.trim() : label, field: fieldFor(definition) };
  });
}

/** An option's label, with its id where two options have the same one. */
export function labelOf(definition: Definition, option: Option): string {
  return definition.options.filter((other) => other.name === option.name).length > 1 ? `${option.name} #${option.id}` : option.name;
}

function fieldFor(definition: Definition): Field {
  const options = definition.options.map((option) => labelOf(definition, option));
  const about = `Custom field ${definition.id} (${definition.type}).`;
  switch (definition.type) {
    case "String":
      return { type: "text", maxLength: 255, about };
    case "Text":
    case "URL":
      return { type: "text", about };
    case "Dropdown":
      return { type: "text", options, about };
    case "MultiSelect":
      return { type: "list", of: { type: "text", options }, about: `${about} In the order of the field's options.` };
    case "Date":
      return { type: "date", about };
    case "Checkbox":
      return { type: "boolean", about };
    case "Float":
    case "Currency":
    case "Percentage":
      return { type: "number", about };
    case "Connect":
      return { type: "list", of: { type: "object", fields: { type: { type: "text" }, id: { type: "integer" } } }, about };
    default:
      return { type: "json", readOnly: true, about: `${about} A type that this connector does not know: read as it is, never written.` };
  }
}

import type { Field } from "@fieldwright/connector-kit";

/** What the members of a list field are, its choices included; `undefined` where nothing is declared of them. */
export function memberOf(field: Field | undefined): Field | undefined {
  if (field?.type !== "list") return undefined;
  return field.options === undefined ? field.of : { type: "text", ...field.of, options: field.options };
}

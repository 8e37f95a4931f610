import type { Field, FieldType } from "@fieldwright/connector-kit";
import type { TransformSignature } from "../mapping/transforms.js";
import { needsArgument, type TransformTable } from "./transform-table.js";

/** `unknown`: nothing is declared, so that only the run can tell. `zoneless`: a datetime that does not say on whose clock. */
export type KnownType = FieldType | "zoneless" | "any" | "unknown";

export function typeOf(field: Field | undefined): KnownType {
  if (field === undefined) return "unknown";
  return field.type === "datetime" && field.zoneless === true ? "zoneless" : field.type;
}

/** What a type takes over as it is, beside itself. */
const takesOver: Partial<Record<KnownType, readonly KnownType[]>> = {
  text: ["integer", "number", "decimal", "boolean", "date", "datetime", "zoneless", "time", "uuid"],
  number: ["integer", "decimal"],
  decimal: ["integer", "number"],
  // Vendors give ids as text.
  uuid: ["text"],
};

/** Whether a value of one type can be written to a field of another without a step between. */
export function fits(given: KnownType, wanted: string): boolean {
  if (given === "unknown" || given === "any" || given === "json" || wanted === "json" || wanted === "any" || wanted === given) return true;
  return takesOver[wanted as KnownType]?.includes(given) ?? false;
}

/** Whether a step works on a value of this type. */
export function stepTakes(signature: TransformSignature, given: KnownType): boolean {
  if (given === "unknown" || given === "any" || given === "json" || signature.takes.includes("any")) return true;
  const also = alsoCountsAs[given] ?? [];
  return signature.takes.some((each) => each === given || also.includes(each));
}

const alsoCountsAs: Partial<Record<KnownType, readonly string[]>> = {
  uuid: ["text"],
  time: ["text"],
  zoneless: ["datetime"],
  integer: ["number", "decimal"],
};

/** Steps without an argument that make the wanted type of the given one. */
export function stepsBetween(given: KnownType, wanted: FieldType, transforms: TransformTable): string[] {
  return Object.entries(transforms).flatMap(([name, signature]) =>
    signature.gives === wanted && stepTakes(signature, given) && !needsArgument(signature) ? [name] : [],
  );
}

const articles: Readonly<Record<string, string>> = {
  text: "text",
  integer: "a whole number",
  number: "a number",
  decimal: "a decimal number",
  boolean: "true or false",
  date: "a date",
  datetime: "a date with time",
  zoneless: "a date with time but no time zone",
  time: "a time of day",
  uuid: "a UUID",
  json: "JSON",
  list: "a list",
  object: "a record",
};

export function typeInWords(type: string): string {
  return articles[type] ?? type;
}

import Big from "big.js";

/** A number as plain decimal text, never with an exponent. */
export function numberText(value: number): string {
  const text = String(value);
  return text.includes("e") ? new Big(text).toFixed() : text;
}

/** Text of a single value; `undefined` for lists, objects, nothing and numbers that are none. */
export function scalarText(value: unknown): string | undefined {
  switch (typeof value) {
    case "string":
      return value;
    case "number":
      return Number.isFinite(value) ? numberText(value) : undefined;
    case "boolean":
      return value ? "true" : "false";
    case "bigint":
      return value.toString();
    default:
      return undefined;
  }
}

/** "a list", "an object": how messages name a value that is not a single one. */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "an object";
  if (typeof value === "string") return "text";
  return `a ${typeof value}`;
}

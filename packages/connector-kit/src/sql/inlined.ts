import { quoteText } from "./quote.js";

/** A statement with its values written into it, as a message of several statements needs it: the type of each is found as for a parameter. */
export function inlined(text: string, values: readonly unknown[] | undefined): string {
  if (values === undefined || values.length === 0) return text;
  return text.replace(/\$(\d+)/g, (place, number: string) => {
    const at = Number(number) - 1;
    if (at >= values.length) throw new RangeError(`The statement asks for ${place} and has ${values.length} values.`);
    return literal(values[at]);
  });
}

/** A zero byte stands in no statement; as a parameter the server refuses it in its own words. */
export function canInline(values: readonly unknown[] | undefined): boolean {
  return values === undefined || !values.some((value) => typeof value === "string" && value.includes("\0"));
}

function literal(value: unknown): string {
  if (value === null || value === undefined) return "null";
  const text =
    typeof value === "string"
      ? value
      : value instanceof Date
        ? value.toISOString()
        : typeof value === "object"
          ? JSON.stringify(value)
          : String(value);
  if (text.includes("\0")) throw new RangeError("A text in SQL cannot hold a zero byte.");
  return quoteText(text);
}

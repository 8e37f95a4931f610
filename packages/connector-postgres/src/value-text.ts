import type { Column, Form } from "./table.js";

/** A value as the input text of its column's type; `null` is NULL. Postgres itself says whether the text will do. */
export function valueText(column: Pick<Column, "form" | "memberForm">, value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (column.form === "list") return Array.isArray(value) ? listText(value, column.memberForm ?? "text") : plainText(value);
  return oneText(value, column.form);
}

function oneText(value: unknown, form: Form): string {
  switch (form) {
    case "json":
      return JSON.stringify(value);
    case "instant":
      return withOffset(plainText(value));
    case "bytes":
      return bytesText(value);
    default:
      return plainText(value);
  }
}

/** Postgres would take text without the \\x for the bytes of that text, and give them back as another text. */
function bytesText(value: unknown): string {
  if (value instanceof Uint8Array) return `\\x${Buffer.from(value).toString("hex")}`;
  const text = plainText(value);
  return text.startsWith("\\x") ? text : `\\x${text}`;
}

function plainText(value: unknown): string {
  if (typeof value === "string") return value;
  if (value instanceof Date) return value.toISOString();
  if (typeof value === "object") return JSON.stringify(value);
  return String(value);
}

const noOffset = /^\d{4,}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?$/;

/** A moment without an offset is UTC: left to Postgres it would depend on the session's zone. */
function withOffset(text: string): string {
  if (!noOffset.test(text)) return text;
  return text.length > 12 ? `${text}+00` : `${text} 00:00+00`;
}

/** `{...}`, nested for lists of lists. */
function listText(values: readonly unknown[], form: Form): string {
  const members = values.map((value) => {
    if (value === null || value === undefined) return "NULL";
    if (Array.isArray(value) && form !== "json") return listText(value, form);
    return `"${oneText(value, form).replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
  });
  return `{${members.join(",")}}`;
}

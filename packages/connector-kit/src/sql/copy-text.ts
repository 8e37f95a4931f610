const special = /[\\\n\r\t]/;
const everySpecial = /[\\\n\r\t]/g;
const escapes: Readonly<Record<string, string>> = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** One value as the COPY text format of Postgres wants it. `undefined` and `null` are NULL. */
export function copyValue(value: unknown): string {
  if (value === null || value === undefined) return "\\N";
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  if (typeof value === "boolean") return value ? "t" : "f";
  const text = typeof value === "string" ? value : value instanceof Date ? value.toISOString() : JSON.stringify(value);
  return special.test(text) ? text.replace(everySpecial, (sign) => escapes[sign] ?? sign) : text;
}

/** One row for `copyIn`, with its line end. */
export function copyLine(values: readonly unknown[]): string {
  let line = copyValue(values[0]);
  for (let index = 1; index < values.length; index++) line += `\t${copyValue(values[index])}`;
  return `${line}\n`;
}

/** A Postgres array literal of text, for `$1::text[]` and `unnest`. */
export function arrayLiteral(values: readonly unknown[]): string {
  let text = "{";
  for (let index = 0; index < values.length; index++) {
    if (index > 0) text += ",";
    text += arrayMember(values[index]);
  }
  return `${text}}`;
}

const needsEscape = /["\\]/;

function arrayMember(value: unknown): string {
  if (value === null || value === undefined) return "NULL";
  if (typeof value === "number" || typeof value === "bigint" || typeof value === "boolean") return String(value);
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return needsEscape.test(text) ? `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"` : `"${text}"`;
}

const shown = 24; // characters

/** The shape of a value without its content, for messages: `"aaa@aaaaaaa.aaa" (15 characters)`. */
export function maskValue(value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  if (typeof value === "string")
    return value.trim() === "" ? "blank text" : `"${shape(value)}" (${value.length} character${value.length === 1 ? "" : "s"})`;
  if (typeof value === "number" || typeof value === "bigint") return `the number ${shape(String(value))}`;
  if (typeof value === "boolean") return "a yes or no";
  if (Array.isArray(value)) return `a list of ${value.length}`;
  return typeof value === "object" ? `an object of ${Object.keys(value).length} fields` : `a ${typeof value}`;
}

function shape(text: string): string {
  const start = text
    .slice(0, shown)
    .replace(/\p{Lu}/gu, "A")
    .replace(/[\p{L}\p{M}]/gu, (letter) => (letter === "A" ? "A" : "a"))
    .replace(/\p{N}/gu, "9")
    .replace(/[\p{C}\s]/gu, " ");
  return text.length > shown ? `${start}…` : start;
}

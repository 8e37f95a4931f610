/** JSON with the keys of every object in order, so that equal values have equal text. */
export function sortedJson(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "number") return Number.isFinite(value) ? String(value === 0 ? 0 : value) : "null";
  if (typeof value === "bigint") return value.toString();
  if (typeof value !== "object" || value === null) return value === true ? "true" : value === false ? "false" : "null";
  if (Array.isArray(value)) {
    let text = "[";
    for (let at = 0; at < value.length; at++) text += at === 0 ? sortedJson(value[at]) : `,${sortedJson(value[at])}`;
    return `${text}]`;
  }
  if (value instanceof Date) return JSON.stringify(value);
  const record = value as Readonly<Record<string, unknown>>;
  let text = "{";
  for (const key of Object.keys(record).sort()) {
    const member = record[key];
    if (member !== undefined) text += `${text.length === 1 ? "" : ","}${JSON.stringify(key)}:${sortedJson(member)}`;
  }
  return `${text}}`;
}

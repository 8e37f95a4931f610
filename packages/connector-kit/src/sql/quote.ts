/** An SQL identifier for any name, however odd. */
export function quoteName(name: string): string {
  if (name.includes("\0")) throw new RangeError("A name in SQL cannot hold a zero byte.");
  return `"${name.replaceAll('"', '""')}"`;
}

/** `schema.table`, each part quoted. */
export function quotePath(...parts: readonly string[]): string {
  return parts.map(quoteName).join(".");
}

/** An SQL string literal, for the few statements that take no parameters. */
export function quoteText(text: string): string {
  return text.includes("\\") ? ` E'${text.replaceAll("\\", "\\\\").replaceAll("'", "''")}'` : `'${text.replaceAll("'", "''")}'`;
}

/** A CSV writer of the tests' own, so that a mistake in the connector's does not hide behind itself. */
export function csvText(rows: readonly (readonly unknown[])[], { delimiter = ",", lineEnd = "\n" } = {}): string {
  const cell = (value: unknown): string => {
    const text = value === null || value === undefined ? "" : String(value);
    return /["\r\n]/.test(text) || text.includes(delimiter) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return rows.map((row) => row.map(cell).join(delimiter) + lineEnd).join("");
}

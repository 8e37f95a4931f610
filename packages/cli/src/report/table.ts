import Table from "cli-table3";

export type Align = "left" | "right";

const none = Object.fromEntries(
  [
    "top",
    "top-mid",
    "top-left",
    "top-right",
    "bottom",
    "bottom-mid",
    "bottom-left",
    "bottom-right",
    "left",
    "left-mid",
    "mid",
    "mid-mid",
    "right",
    "right-mid",
  ].map((edge) => [edge, ""]),
);

/** Aligned columns without lines; no colours of its own, so that it may go into a pipe. */
export function table(head: readonly string[], rows: readonly (readonly string[])[], align: readonly Align[] = []): string {
  const drawn = new Table({
    head: [...head],
    colAligns: head.map((_, index) => align[index] ?? "left"),
    style: { head: [], border: [], "padding-left": 0, "padding-right": 0 },
    chars: { ...none, middle: "   " },
  });
  drawn.push(...rows.map((row) => [...row]));
  return drawn
    .toString()
    .split("\n")
    .map((text) => text.trimEnd())
    .join("\n");
}

/** Rows of a query; numbers stand on the right. */
export function rowsTable(rows: readonly Readonly<Record<string, unknown>>[], show: (value: unknown) => string): string {
  const columns = Object.keys(rows[0] ?? {});
  const align = columns.map(
    (column): Align => (rows.every((row) => typeof row[column] === "number" || row[column] === null) ? "right" : "left"),
  );
  return table(
    columns,
    rows.map((row) => columns.map((column) => show(row[column]))),
    align,
  );
}

import type { Cursor } from "@fieldwright/connector-kit";
import type { PostgresOptions } from "./options.js";
import type { Column, Table } from "./table.js";

/** Names under which tables keep the time of a row's last change, the plainest first; compared without case and underscores. */
const usualNames = [
  "updatedat",
  "modifiedat",
  "lastmodifiedat",
  "lastupdatedat",
  "lastmodified",
  "lastupdated",
  "changedat",
  "updatedon",
  "modifiedon",
  "modifieddate",
  "updateddate",
  "updated",
  "modified",
  "writedate",
];

/** The column that tells when a row was changed: the options' word, or one with a usual name, indexed ones first. */
export function cursorColumn(table: Table, options: PostgresOptions): Column | undefined {
  const given = options.cursor[table.stream];
  if (given !== undefined) return table.columns.find((column) => column.name === given);
  const usual = table.columns.filter((column) => isMoment(column) && rank(column) >= 0).toSorted((a, b) => rank(a) - rank(b));
  return usual.find((column) => column.indexed) ?? usual[0];
}

export function cursorOf(column: Column): Cursor | undefined {
  const base = { field: column.name, filter: true } as const;
  switch (column.field.type) {
    case "datetime":
      // `now()` is the start of a transaction: a row may become visible minutes after the time that it carries.
      return { ...base, type: "datetime", granularity: "microsecond", overlap: 300_000 };
    case "date":
      return { ...base, type: "date", granularity: "day" };
    case "integer":
      return { ...base, type: "integer", granularity: "exact" };
    case "text":
      return { ...base, type: "text", granularity: "exact" };
    default:
      return undefined;
  }
}

function isMoment(column: Column): boolean {
  return column.typeName === "timestamptz" || column.typeName === "timestamp";
}

function rank(column: Column): number {
  return usualNames.indexOf(column.name.toLowerCase().replaceAll("_", ""));
}

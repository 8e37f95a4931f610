import type { DataRecord } from "@fieldwright/connector-kit";
import { quoteName } from "@fieldwright/connector-kit/sql";
import { contentField, keyText } from "./key.js";
import type { Column, Key, Table } from "./table.js";

export interface Select {
  /** The list after `select`; the table's alias is `t`. */
  readonly list: string;
  record(row: Readonly<Record<string, unknown>>): DataRecord;
}

/** How records of a table come out of the database, the same on a server and on the embedded one. */
export function selectOf(table: Table, key: Key): Select {
  const floats = table.columns.filter((column) => column.form === "float").map((column) => column.name);
  const joined = key.columns.length > 1;
  const list = table.columns.map(outExpression);
  if (key.columns.length === 0) list.push(`pg_catalog.md5((t.*)::text) as ${quoteName(contentField)}`);
  return {
    list: list.join(", "),
    record: (row) => {
      if (floats.length === 0 && !joined) return row;
      const record: Record<string, unknown> = joined ? { [key.field]: keyText(key, row), ...row } : { ...row };
      for (const name of floats) {
        const value = record[name];
        if (typeof value === "number" && !Number.isFinite(value)) record[name] = String(value); // JSON has no NaN or Infinity
      }
      return record;
    },
  };
}

/** A column of the alias `t`, in a form that both drivers give as the kit promises. */
export function outExpression(column: Column): string {
  const name = quoteName(column.name);
  if (column.typeName === "bytea") return `'\\x' || pg_catalog.encode(t.${name}, 'hex') as ${name}`;
  if (!column.asText) return `t.${name}`;
  return column.form === "list" ? `t.${name}::pg_catalog.text[] as ${name}` : `t.${name}::pg_catalog.text as ${name}`;
}

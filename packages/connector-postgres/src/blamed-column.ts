import type { Refused } from "./refused.js";
import type { Column, Table } from "./table.js";
import type { SqlError } from "./trouble.js";
import { valueText } from "./value-text.js";

/**
 * The column that the database objects to. It names it itself where a value is missing; else the column is known by its constraint,
 * by the value that the message quotes, or by being the one that breaks such a rule.
 */
export function blamedColumn(details: SqlError, state: string, { table, record }: Refused): Column | undefined {
  const named = table.columns.find((column) => column.name === details.column);
  if (named) return named;
  if (details.constraint !== undefined) {
    const [only, ...others] = constraintColumns(details.constraint, table);
    return others.length === 0 ? table.columns.find((column) => column.name === only) : undefined;
  }
  const given = table.columns.flatMap((column) => {
    const text = valueText(column, record[column.name]);
    return text === null ? [] : [{ column, text }];
  });
  return given.find(({ column, text }) => breaks(details.message, state, { column, text }))?.column;
}

function constraintColumns(name: string, { uniques, foreignKeys }: Table): readonly string[] {
  return [...uniques, ...foreignKeys].find((one) => one.name === name)?.columns ?? [];
}

interface Given {
  readonly column: Column;
  readonly text: string;
}

function breaks(message: string, state: string, { column, text }: Given): boolean {
  switch (state) {
    case "22001":
      return (
        column.field.of?.maxLength !== undefined ||
        (column.field.maxLength !== undefined && [...text.trimEnd()].length > column.field.maxLength)
      );
    case "22021":
      return text.includes("\0");
    case "22P05":
      return column.form === "json" && text.includes("\\u0000");
    case "22003":
      return quotes(message, { column, text }) || overflows({ column, text });
    default:
      return (
        !isPlainText(column) &&
        (quotes(message, { column, text }) ||
          (column.form === "json" && message.endsWith("json")) ||
          (column.form === "bytes" && message.includes("hexadecimal")))
      );
  }
}

function isPlainText(column: Column): boolean {
  return column.typeName === "text" || column.typeName === "varchar";
}

/** Messages quote a value as it came in; of a list, the member. */
function quotes(message: string, { column, text }: Given): boolean {
  if (message.includes(`"${text}"`)) return true;
  const quoted = /"([^"]*)"$/.exec(message)?.[1];
  return column.form === "list" && quoted !== undefined && quoted !== "" && text.includes(`"${quoted}"`);
}

function overflows({ column, text }: Given): boolean {
  return column.digits !== undefined && Math.abs(Number(text)) >= 10 ** (column.digits.precision - column.digits.scale);
}

import { VendorError } from "@fieldwright/connector-kit";
import { sqlState } from "@fieldwright/connector-kit/sql";
import { blamedColumn } from "./blamed-column.js";
import { maskedText, maskIn } from "./mask.js";
import type { Refused } from "./refused.js";
import type { Column } from "./table.js";
import type { SqlError } from "./trouble.js";
import { valueText } from "./value-text.js";
import { RowsDropped } from "./write-halving.js";

/** Why the database refused one record: the column, the rule and the beginning of the value. The driver's own words hold whole values, so they are not passed on. */
export function refusalOf(error: unknown, refused: Refused): VendorError {
  if (error instanceof VendorError) return error;
  if (error instanceof RowsDropped)
    return refusal("sql/row-dropped", {
      says: "The row was not written, and the database gave no reason.",
      hint: "A trigger of the table drops such rows.",
    });
  const state = sqlState(error);
  const details = error as SqlError;
  const column = blamedColumn(details, state, refused);
  const told = reasonOf({ state, details, refused, column });
  return refusal(`sql/${state}`, { ...told, ...(column === undefined ? {} : { field: column.name }) });
}

interface Told {
  readonly says: string;
  readonly hint: string;
  readonly field?: string;
}

function refusal(code: string, { says, hint, field }: Told): VendorError {
  return new VendorError(says, { code, next: "hold-record", hint, ...(field === undefined ? {} : { field }) });
}

interface Case {
  readonly state: string;
  readonly details: SqlError;
  readonly refused: Refused;
  readonly column: Column | undefined;
}

const atSource = "Correct the value at its source, or change the mapping of this field.";

function reasonOf(given: Case): Told {
  const { state, details, refused, column } = given;
  const name = column === undefined ? "A field" : `"${column.name}"`;
  const text = column === undefined ? null : valueText(column, refused.record[column.name]);
  const shown = text === null ? "" : ` (${maskedText(text)})`;
  const type = column === undefined ? "the type of its column" : column.typeText;
  switch (state) {
    case "22001":
      return { says: `${name} is too long${lengths(column, text)}.`, hint: "Add `truncate` to the field's steps, or widen the column." };
    case "22003":
      return { says: `${name}${shown} is out of the range of ${type}.`, hint: atSource };
    case "22021":
    case "22P05":
      return {
        says: `${name} holds a zero byte or a sign that Postgres cannot store.`,
        hint: "Remove the sign at the source, or with a `replace` step.",
      };
    case "22P02":
    case "22007":
    case "22008":
    case "22023":
      if (column?.field.options)
        return {
          says: `${name}${shown} is none of the values of ${type}: ${column.field.options.join(", ")}.`,
          hint: "Add a `map` to the field.",
        };
      return { says: `${name}${shown} is no value of type ${type}.`, hint: atSource };
    case "23502":
      return { says: `${name} must not be blank.`, hint: "Map it from a field that is always filled, or give it a default." };
    case "23505":
      return { says: duplicateOf(given), hint: "Match by this field, so that the row is updated instead of created again." };
    case "23503":
      return missingReference(given);
    case "23514":
    case "23P01":
    case "44000":
      return {
        says: `${name === "A field" ? "The record" : name}${shown} breaks the rule "${details.constraint ?? "of the view"}" of ${refused.table.stream}.`,
        hint: atSource,
      };
    default:
      return {
        says: `The database refused the record: ${maskIn(details.message, refused)}.`,
        hint: "See the rules and triggers of the table.",
      };
  }
}

function lengths(column: Column | undefined, text: string | null): string {
  const most = column?.field.maxLength ?? column?.field.of?.maxLength;
  if (most === undefined) return "";
  return column?.form === "list" || text === null
    ? ` for a column of ${most} characters`
    : `: ${[...text].length} characters, where ${most} fit`;
}

function duplicateOf({ details, refused }: Case): string {
  const columns = refused.table.uniques.find((unique) => unique.name === details.constraint)?.columns ?? [];
  if (columns.length === 0) return `Another row breaks the rule "${details.constraint ?? "unique"}" together with this record.`;
  const values = columns.map((name) => {
    const column = refused.table.columns.find((one) => one.name === name);
    const text = column ? valueText(column, refused.record[name]) : null;
    return text === null ? `"${name}"` : `"${name}" (${maskedText(text)})`;
  });
  return `Another row of ${refused.table.stream} has the same ${values.join(" and ")}.`;
}

function missingReference({ details, refused }: Case): Told {
  const foreign = refused.table.foreignKeys.find((one) => one.name === details.constraint);
  if (refused.operation === "delete" || !foreign) {
    return {
      says: `Rows of ${details.table ?? "another table"} still point to this record.`,
      hint: "Delete or move those rows first, or keep the record.",
    };
  }
  const values = foreign.columns.map((name) => {
    const column = refused.table.columns.find((one) => one.name === name);
    const text = column ? valueText(column, refused.record[name]) : null;
    return text === null ? `"${name}"` : `"${name}" (${maskedText(text)})`;
  });
  return {
    says: `${values.join(" and ")} points to a row that is not in ${foreign.table}.`,
    hint: `Sync ${foreign.table} first, or use \`ref\` with \`when_none: wait\`.`,
  };
}

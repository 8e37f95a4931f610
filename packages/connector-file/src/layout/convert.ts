import type { Field } from "@fieldwright/connector-kit";
import type { ColumnType } from "../options.js";
import { dateFormat, dayOf, type ReadDate } from "./date-format.js";

/** How the values of one column are read and written. */
export interface ColumnReader {
  readonly field: Field;
  /** The value, or why the text is none. */
  read(text: string): { readonly value: unknown } | { readonly why: string };
}

export interface ColumnShape {
  readonly type: "text" | "integer" | "number" | "decimal" | "boolean" | "date" | "datetime" | "time";
  readonly format?: string | undefined;
  readonly decimalSign: "." | ",";
}

type Reader = ColumnReader["read"];

/** A type as it was said, with what holds for the whole stream where it says nothing itself. */
export function columnShape(
  type: ColumnType = "text",
  usual: { readonly decimalSign?: "." | "," | undefined; readonly dateFormat?: string | undefined } = {},
): ColumnShape {
  const said: Exclude<ColumnType, string> = typeof type === "string" ? { type } : type;
  return {
    type: said.type,
    format: said.format ?? (said.type === "date" ? usual.dateFormat : undefined),
    decimalSign: said.decimalSign ?? usual.decimalSign ?? ".",
  };
}

const isoDay = dateFormat("yyyy-MM-dd");
const isoMoments = ["yyyy-MM-ddTHH:mm:ss", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-ddTHH:mm:ss.SSS", "yyyy-MM-ddTHH:mm", "yyyy-MM-dd HH:mm"].map(
  dateFormat,
);
const times = ["H:mm:ss", "H:mm", "H:mm:ss.SSS", "h:mm a", "h:mm:ss a"].map(dateFormat);

export function columnReader(shape: ColumnShape): ColumnReader {
  const field: Field = shape.type === "datetime" ? { type: "datetime", zoneless: true } : { type: shape.type };
  return { field, read: readerOf(shape) };
}

function readerOf(shape: ColumnShape): Reader {
  switch (shape.type) {
    case "text":
      return (value) => ({ value });
    case "integer":
      return integer(shape.decimalSign);
    case "number":
    case "decimal":
      return number(shape);
    case "boolean":
      return boolean;
    default:
      return moment(shape);
  }
}

/** Digits as plain decimal text; groups of thousands only where they are whole. */
function plainNumber(text: string, decimalSign: "." | ","): string | undefined {
  const bare = text.trim();
  const group = decimalSign === "." ? "," : ".";
  const pattern =
    decimalSign === "."
      ? /^[+-]?(\d+|\d{1,3}([, '\u00a0\u202f]\d{3})+)?(\.\d+)?$/
      : /^[+-]?(\d+|\d{1,3}([. '\u00a0\u202f]\d{3})+)?(,\d+)?$/;
  if (!/\d/.test(bare) || !pattern.test(bare)) return undefined;
  const digits = bare
    .replaceAll(group, "")
    .replace(/[ '\u00a0\u202f+]/g, "")
    .replace(",", ".");
  return digits.replace(/^(-?)\./, "$10.");
}

function integer(decimalSign: "." | ","): Reader {
  return (text) => {
    const digits = plainNumber(text, decimalSign)?.replace(/\.0+$/, "");
    if (digits === undefined || digits.includes(".")) return { why: "is not a whole number" };
    const value = Number(digits);
    return { value: Number.isSafeInteger(value) ? value : digits };
  };
}

function number({ type, decimalSign }: ColumnShape): Reader {
  return (text) => {
    const digits = plainNumber(text, decimalSign);
    if (digits === undefined) return { why: `is not a number with "${decimalSign}" before its decimals` };
    return { value: type === "decimal" ? digits : Number(digits) };
  };
}

const yes = ["true", "yes", "y", "1", "x", "ja", "oui", "si", "sí"];
const no = ["false", "no", "n", "0", "nein", "non"];

const boolean: Reader = (text) => {
  const word = text.trim().toLowerCase();
  if (yes.includes(word)) return { value: true };
  return no.includes(word) ? { value: false } : { why: "is neither yes nor no" };
};

/** A column of dates takes ISO text too: that is what the date cells of Excel give. */
function moment({ type, format }: ColumnShape): Reader {
  const own: readonly ReadDate[] = format === undefined ? [] : [dateFormat(format)];
  const readers = type === "time" ? [...own, ...times] : [...own, isoDay, ...isoMoments];
  const wanted = format ?? (type === "date" ? "yyyy-MM-dd" : type === "time" ? "HH:mm:ss" : "yyyy-MM-ddTHH:mm:ss");
  return (text) => {
    const found = firstOf(readers, text.trim());
    if (!found) return { why: `is not a ${type === "datetime" ? "date with time" : type} as ${wanted}` };
    if (type === "time") return { value: found.time };
    if (type === "datetime") return { value: `${dayOf(found)}T${found.time ?? "00:00:00"}` };
    return found.time === undefined || found.time === "00:00:00"
      ? { value: dayOf(found) }
      : { why: "has a time, and the column is of mere dates" };
  };
}

function firstOf(readers: readonly ReadDate[], text: string): ReturnType<ReadDate> {
  for (const read of readers) {
    const found = read(text);
    if (found) return found;
  }
  return undefined;
}

import type { ColumnType } from "../options.js";
import { columnReader, columnShape } from "./convert.js";

export interface TypeGuess {
  readonly type: ColumnType;
  readonly why: string;
}

const dates = ["yyyy-MM-dd", "dd.MM.yyyy", "d.M.yyyy", "yyyy/MM/dd"] as const;
const moments = ["yyyy-MM-ddTHH:mm:ss", "yyyy-MM-dd HH:mm:ss", "dd.MM.yyyy HH:mm"] as const;

/** What a column's values look like. Only shown: a guess from some rows must not change how all rows are read. */
export function guessType(values: readonly string[]): TypeGuess {
  if (values.length === 0) return { type: "text", why: "no value seen" };
  const all = (type: ColumnType): boolean => values.every((value) => "value" in columnReader(columnShape(type)).read(value));
  if (values.some((value) => /^[+-]?0\d/.test(value.trim()))) return { type: "text", why: "leading zeros" };
  if (values.some((value) => /^\d{16,}$/.test(value.trim()))) return { type: "text", why: "more digits than a number keeps" };
  if (values.every((value) => /^(true|false|yes|no)$/i.test(value.trim()))) return { type: "boolean", why: "true or false throughout" };
  if (values.every((value) => /^[+-]?\d+$/.test(value.trim()))) return { type: "integer", why: "whole numbers throughout" };
  if (values.every((value) => /^[+-]?[\d,]*\.?\d+$/.test(value.trim())) && all("decimal"))
    return { type: "decimal", why: "numbers throughout" };
  const comma: ColumnType = { type: "decimal", decimalSign: "," };
  if (all(comma)) return { type: comma, why: "numbers with a comma throughout" };
  for (const format of dates) if (all({ type: "date", format })) return { type: plainer("date", format), why: `dates as ${format}` };
  for (const format of moments)
    if (all({ type: "datetime", format })) return { type: plainer("datetime", format), why: `times as ${format}` };
  return slashed(values) ?? { type: "text", why: "no other kind fits all values" };
}

/** 3/4/2026 is in March here and in April there; a day above 12 decides it. */
function slashed(values: readonly string[]): TypeGuess | undefined {
  const fits = (format: string): boolean =>
    values.every((value) => "value" in columnReader(columnShape({ type: "date", format })).read(value));
  const [american, other] = [fits("M/d/yyyy"), fits("d/M/yyyy")];
  if (american && other) return { type: "text", why: "dates, but whether M/d/yyyy or d/M/yyyy cannot be told" };
  if (!american && !other) return undefined;
  const format = american ? "M/d/yyyy" : "d/M/yyyy";
  return { type: { type: "date", format }, why: `dates as ${format}` };
}

function plainer(type: "date" | "datetime", format: string): ColumnType {
  return format.startsWith("yyyy-") ? type : { type, format };
}

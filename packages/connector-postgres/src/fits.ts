import type { Column } from "./table.js";

const limits: Readonly<Record<string, readonly [bigint, bigint]>> = {
  int2: [-(2n ** 15n), 2n ** 15n - 1n],
  int4: [-(2n ** 31n), 2n ** 31n - 1n],
  int8: [-(2n ** 63n), 2n ** 63n - 1n],
};

const forms: Readonly<Record<string, RegExp>> = {
  uuid: /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i,
  bool: /^(?:t|f|true|false)$/,
  numeric: /^(?:[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,4})?|nan|[+-]?infinity)$/i,
  float4: /^(?:[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,2})?|nan|[+-]?infinity)$/i,
  float8: /^(?:[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,3})?|nan|[+-]?infinity)$/i,
  date: /^(?:\d{4,7}-\d\d-\d\d|-?infinity)/,
  timestamp: /^(?:\d{4,6}-\d\d-\d\d|-?infinity)/,
  timestamptz: /^(?:\d{4,6}-\d\d-\d\d|-?infinity)/,
  time: /^\d\d?:\d\d/,
};

/**
 * Whether a text may be a value of the column's type: what cannot be is not found, and is no error.
 * It sorts out the common cases; what passes here and is refused all the same is found by halving.
 */
export function fits(column: Column, text: string): boolean {
  if (text.includes("\0")) return false;
  if (column.field.options) return column.field.options.includes(text);
  const range = limits[column.typeName];
  if (range) return /^[+-]?\d{1,20}$/.test(text) && BigInt(text) >= range[0] && BigInt(text) <= range[1];
  return forms[column.typeName]?.test(text) ?? true;
}

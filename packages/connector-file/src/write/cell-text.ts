import { decimal } from "../excel/number-format.js";
import type { ColumnShape } from "../layout/convert.js";
import { writeDate } from "../layout/date-format.js";

/** A value as it is written into a cell; `undefined` for one that no cell holds. */
export function cellText(value: unknown, shape: ColumnShape): string | undefined {
  if (value === null || value === undefined) return "";
  if (typeof value === "boolean") return String(value);
  if (typeof value === "number") return Number.isFinite(value) ? withSign(decimal(value), shape) : undefined;
  if (typeof value !== "string") return undefined;
  const numeric = shape.type === "number" || shape.type === "decimal" || shape.type === "integer";
  if (numeric) return withSign(value, shape);
  return shape.format === undefined ? value : (writeDate(value, shape.format) ?? value);
}

function withSign(digits: string, { decimalSign }: ColumnShape): string {
  return decimalSign === "," ? digits.replace(".", ",") : digits;
}

import { isNumeric } from "./decimal-text.js";
import { isoTime, readIso } from "./iso-date.js";

/** Numbers are doubles to an expression, however exact the field is. */
export function toNumber(value: unknown): number | undefined {
  if (typeof value === "number" || typeof value === "bigint") return Number(value);
  return typeof value === "string" && isNumeric(value) ? Number(value) : undefined;
}

/** A mere day is its first moment; a text without a zone counts as UTC. */
export function toDate(value: unknown): Date | undefined {
  const iso = typeof value === "string" ? readIso(value.trim()) : undefined;
  return iso === undefined ? undefined : new Date(isoTime(iso));
}

/** A value of which nothing is declared: as it is, but without nulls, which would fail in every comparison. */
export function toPlain(value: unknown): unknown {
  if (value === null || value === undefined) return undefined;
  if (Array.isArray(value)) return value.map(toPlain).filter((each) => each !== undefined);
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).map(([key, each]) => [key, toPlain(each)] as const);
  return Object.fromEntries(entries.filter(([, each]) => each !== undefined));
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Never a part of every object's, such as `toString`. */
export function own(record: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

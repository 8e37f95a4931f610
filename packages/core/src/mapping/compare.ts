import Big from "big.js";
import { isNumeric } from "./decimal-text.js";
import { isIsoDay, readIso, sortableIso } from "./iso-date.js";

/** Text as conditions compare it: without case and outer blanks. */
export function fold(text: string): string {
  return text.trim().toLowerCase();
}

/** Below, equal or above zero, as in sorting; `undefined` where the two are of kinds that have no order. */
export type Order = (value: unknown) => number | undefined;

/** Compares values with a fixed one: as numbers where both are numeric, as dates where both are dates, else as text. */
export function orderAgainst(fixed: unknown): Order {
  if (typeof fixed === "number") return (value) => compareNumbers(value, fixed);
  if (typeof fixed !== "string") return () => undefined;
  const text = fixed.trim();
  if (isNumeric(text)) return (value) => compareNumbers(value, text);
  const date = readIso(text);
  if (date !== undefined)
    return isIsoDay(text) ? (value) => compareDays(value, text) : againstMoment(sortableIso({ ...date, offset: date.offset ?? "Z" }));
  const folded = fold(text);
  return (value) => (typeof value === "string" && value.trim() !== "" ? compareText(fold(value), folded) : undefined);
}

/** Compares any two values, for the latest or earliest of a list. */
export function compareValues(a: unknown, b: unknown): number | undefined {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return orderAgainst(b)(a);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

const exact = 15; // digits that a float surely keeps

function compareNumbers(value: unknown, fixed: number | string): number | undefined {
  if (typeof value === "string") {
    if (!isNumeric(value)) return undefined;
  } else if (typeof value !== "number" || !Number.isFinite(value)) return undefined;
  const isShort = (one: number | string) => typeof one === "number" || one.length <= exact;
  if (typeof value === typeof fixed && value === fixed) return 0;
  if (isShort(value) && isShort(fixed)) return Number(value) - Number(fixed);
  return new Big(plain(value)).cmp(plain(fixed));
}

function plain(value: number | string): string {
  return String(value).trim().replace(/^\+/, "").replace(/\.$/, "").replace(/\.e/i, "e");
}

/** Against a day the day as written counts: `at_most: 2024-01-31` holds that whole day. */
function compareDays(value: unknown, day: string): number | undefined {
  const iso = typeof value === "string" ? readIso(value.trim()) : undefined;
  return iso === undefined ? undefined : compareText(iso.date, day);
}

/** A time without a zone counts as UTC. */
function againstMoment(moment: string): Order {
  return (value) => {
    const iso = typeof value === "string" ? readIso(value.trim()) : undefined;
    return iso === undefined ? undefined : compareText(sortableIso({ ...iso, offset: iso.offset ?? "Z" }), moment);
  };
}

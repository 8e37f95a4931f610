import Big from "big.js";
import { numberText } from "./scalar-text.js";

// An exponent of more digits would make text of millions of zeros.
const plainForm = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?$/;
const tidyForm = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;

/** Whether text is a plain number: digits, a point, perhaps an exponent; no thousands, no currency. */
export function isNumeric(text: string): boolean {
  return plainForm.test(text.trim());
}

/** The exact decimal text of a number or a plain numeric text, zeros at the end kept; `undefined` when it is none. */
export function decimalText(value: unknown): string | undefined {
  if (typeof value === "number") return Number.isFinite(value) ? numberText(value === 0 ? 0 : value) : undefined;
  if (typeof value === "bigint") return value.toString();
  if (typeof value !== "string") return undefined;
  if (tidyForm.test(value)) return value;
  const text = value.trim();
  if (!plainForm.test(text)) return undefined;
  return /e/i.test(text) ? new Big(text).toFixed() : tidy(text);
}

/** Sign and digits without a plus, leading zeros or a bare point. */
export function tidy(text: string): string {
  const negative = text.startsWith("-");
  const [whole = "", fraction = ""] = text.replace(/^[+-]/, "").split(".");
  const digits = whole.replace(/^0+(?=\d)/, "") || "0";
  return `${negative ? "-" : ""}${digits}${fraction === "" ? "" : `.${fraction}`}`;
}

/** Decimal text such that equal numbers have equal text: no zeros at the end, no minus zero. */
export function shortest(decimal: string): string {
  const point = decimal.indexOf(".");
  let end = decimal.length;
  if (point >= 0) {
    while (decimal.charCodeAt(end - 1) === 48) end--;
    if (end - 1 === point) end--;
  }
  const text = end === decimal.length ? decimal : decimal.slice(0, end);
  return text === "-0" ? "0" : text;
}

const largest = 2n ** 63n - 1n;
const smallest = -(2n ** 63n);

export type WholeNumber = number | string;

/** A whole number: beyond 2^53 as decimal text; or the reason why it is none. */
export function wholeNumber(
  value: unknown,
): { readonly ok: true; readonly value: WholeNumber } | { readonly ok: false; readonly reason: string } {
  if (typeof value === "number") {
    if (Number.isSafeInteger(value)) return { ok: true, value: value === 0 ? 0 : value };
    if (Number.isInteger(value))
      return { ok: false, reason: "is a number beyond 2^53, which has lost digits on its way; have the source give it as text" };
    return { ok: false, reason: "is not a whole number" };
  }
  const text = decimalText(value);
  if (text === undefined) return { ok: false, reason: "is not a whole number" };
  const short = shortest(text);
  if (short.includes(".")) return { ok: false, reason: "is not a whole number" };
  if (short.length < 16) return { ok: true, value: Number(short) };
  if (short.length > 20) return { ok: false, reason: "is beyond the range of whole numbers (2^63)" };
  const exact = BigInt(short);
  if (exact > largest || exact < smallest) return { ok: false, reason: "is beyond the range of whole numbers (2^63)" };
  const number = Number(short);
  return { ok: true, value: Number.isSafeInteger(number) ? number : short };
}

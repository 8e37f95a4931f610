import { z } from "zod";
import { CannotConvert } from "../cannot-convert.js";
import { decimalText, shortest, wholeNumber } from "../decimal-text.js";
import { parseAmount, separatorsOf } from "../money-text.js";
import { kindOf } from "../scalar-text.js";
import { type Convert, defineTransform, type ValueType } from "../transform.js";

const numeric: readonly ValueType[] = ["text", "integer", "number", "decimal"];

const locale = z.string().refine(isLocale, { error: "is no locale: write a language and a country, e.g. `en-US` or `de-DE`" }).optional();

function isLocale(name: string): boolean {
  try {
    return Intl.NumberFormat.supportedLocalesOf(name).length === 1;
  } catch {
    return false;
  }
}

const twoWays = new CannotConvert(
  "can be read in two ways (1,234 is a thousand in some countries and a little over one in others); say how numbers are written, e.g. `{ money: en-US }`",
);

/** Exact decimal text, of a number or of text in the way of a locale. Blank text gives nothing. */
function amount(name: string | undefined, what: string): Convert {
  const separators = name === undefined ? undefined : separatorsOf(name);
  const none = new CannotConvert(`is not ${what}${name === undefined ? "" : ` as written in ${name}`}`);
  return (value) => {
    if (typeof value !== "string")
      return typeof value === "number" ? (decimalText(value) ?? none) : new CannotConvert(`is ${kindOf(value)}, not ${what}`);
    if (value.trim() === "") return null;
    if (value.length > 100) return none;
    const read = parseAmount(value, separators);
    if (read.ok) return read.decimal;
    return read.ambiguous ? twoWays : none;
  };
}

const money = defineTransform({
  name: "money",
  takes: numeric,
  gives: "decimal",
  argument: locale,
  about:
    "The exact amount of a price as written, without currency: `$1,234.50` gives `1234.50`. What can be read in two ways holds the record, unless the locale is given. Example: `{ money: de-DE }`",
  make: (name) => amount(name, "an amount of money"),
});

const number = defineTransform({
  name: "number",
  takes: numeric,
  gives: "number",
  argument: locale,
  about: "A number. Text has plain digits with a point (`1234.5`), or is written as in the locale given. Example: `{ number: de-DE }`",
  make: (name) => {
    const written = name === undefined ? plainDecimal : amount(name, "a number");
    return (value) => {
      if (typeof value === "number") return value;
      const text = written(value);
      if (typeof text !== "string") return text;
      const float = Number(text);
      return Number.isFinite(float) ? float : new CannotConvert("is beyond the range of numbers");
    };
  },
});

const integer = defineTransform({
  name: "integer",
  takes: numeric,
  gives: "integer",
  argument: locale,
  about: "A whole number. One with a fraction holds the record. Text has plain digits, or is written as in the locale given.",
  make: (name) => {
    const written = name === undefined ? plainDecimal : amount(name, "a whole number");
    return (value) => {
      const plain = typeof value === "number" ? value : written(value);
      if (plain === null || plain instanceof CannotConvert) return plain;
      const whole = wholeNumber(plain);
      return whole.ok ? whole.value : new CannotConvert(whole.reason);
    };
  },
});

function plainDecimal(value: unknown): unknown {
  if (typeof value === "string" && value.trim() === "") return null;
  const text = typeof value === "string" ? decimalText(value) : undefined;
  return text === undefined
    ? new CannotConvert(
        typeof value === "string"
          ? "is not a plain number such as `1234.5`; if it has thousands, say how it is written, e.g. `{ number: en-US }`"
          : `is ${kindOf(value)}, not a number`,
      )
    : shortest(text);
}

const yes = new Set(["true", "yes", "y", "t", "1", "on"]);
const no = new Set(["false", "no", "n", "f", "0", "off"]);
const neither = new CannotConvert("is neither yes nor no (true, yes, y, t, 1, on; false, no, n, f, 0, off); use `map` for other words");

const boolean = defineTransform({
  name: "boolean",
  takes: ["boolean", "text", "integer", "number", "decimal"],
  gives: "boolean",
  about: "True for true, yes, y, t, 1 and on; false for false, no, n, f, 0 and off.",
  make: () => (value) => {
    if (typeof value === "boolean") return value;
    if (typeof value !== "string" && typeof value !== "number") return new CannotConvert(`is ${kindOf(value)}, neither yes nor no`);
    const text = String(value).trim().toLowerCase();
    if (text === "") return null;
    return yes.has(text) ? true : no.has(text) ? false : neither;
  },
});

export const numberSteps = [money, number, integer, boolean];

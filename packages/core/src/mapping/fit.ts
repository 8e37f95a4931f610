import type { Field, FieldType } from "@fieldwright/connector-kit";
import { CannotConvert } from "./cannot-convert.js";
import { decimalText, shortest, wholeNumber } from "./decimal-text.js";
import { isBlank } from "./is-blank.js";
import { isIsoDay, isoText, readIso } from "./iso-date.js";
import { memberOf } from "./member-of.js";
import { kindOf, scalarText } from "./scalar-text.js";
import { timeText } from "./time-text.js";
import type { Convert } from "./transform.js";

/** Converts a value into a field's declared type, where nothing is lost by it. */
export function fit(
  value: unknown,
  field: Field,
): { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly reason: string } {
  const fitted = compileFit(field)(value);
  return fitted instanceof CannotConvert ? { ok: false, reason: fitted.reason } : { ok: true, value: fitted };
}

/** The same as one function for all of a field's values: gives the value or a `CannotConvert`. What is absent stays absent. */
export function compileFit(field: Field): Convert {
  const convert = compileType(field);
  const checked = field.options === undefined || field.type === "list" ? convert : amongOptions(convert, field.options);
  if (field.type === "json") return checked;
  if (field.type === "text" && field.options === undefined)
    return (value) => (value === null || value === undefined ? value : checked(value));
  return (value) => {
    if (typeof value === "string" ? isBlank(value) : value === null || value === undefined) return value === undefined ? undefined : null;
    return checked(value);
  };
}

function compileType(field: Field): Convert {
  switch (field.type) {
    case "text":
      return textOf(field.maxLength);
    case "datetime":
      return field.zoneless ? zonelessOf : momentOf;
    case "list":
      return listOf(memberOf(field));
    case "object":
      return objectOf(field.fields);
    default:
      return byType[field.type];
  }
}

function textOf(maxLength: number | undefined): Convert {
  const tooLong = new CannotConvert(
    `is longer than the ${maxLength} characters that the target takes; \`{ truncate: ${maxLength} }\` cuts it`,
  );
  return (value) => {
    const text = typeof value === "string" ? value : scalarText(value);
    if (text === undefined)
      return new CannotConvert(
        Array.isArray(value)
          ? "is a list, and the target takes one text; use `do: [join]`, or `take_one`"
          : `is ${kindOf(value)}, and the target takes a text`,
      );
    return maxLength === undefined || text.length <= maxLength || characters(text) <= maxLength ? text : tooLong;
  };
}

function characters(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

function integerOf(value: unknown): unknown {
  const whole = wholeNumber(value);
  return whole.ok ? whole.value : new CannotConvert(`${whole.reason}, and the target takes a whole number`);
}

const notANumber = "and the target takes a number; `do: [number]` or `do: [money]` reads written ones";
const tooManyDigits = new CannotConvert("has more digits than the target's kind of number keeps");

/** 17 digits are what any float can be told by. */
function numberOf(value: unknown): unknown {
  if (typeof value === "number") return Number.isFinite(value) ? value : new CannotConvert("is not a finite number");
  const text = typeof value === "string" ? decimalText(value) : undefined;
  if (text === undefined) return new CannotConvert(`is ${typeof value === "string" ? "not a plain number" : kindOf(value)}, ${notANumber}`);
  const digits = shortest(text).replace(/[-.]/g, "").replace(/^0+/, "");
  const number = Number(text);
  return digits.replace(/0+$/, "").length <= 17 && Number.isFinite(number) ? number : tooManyDigits;
}

function decimalOf(value: unknown): unknown {
  const text = typeof value === "string" || typeof value === "number" ? decimalText(value) : undefined;
  return text === undefined
    ? new CannotConvert(`is ${typeof value === "string" ? "not a plain number" : kindOf(value)}, ${notANumber}`)
    : text;
}

function booleanOf(value: unknown): unknown {
  if (typeof value === "boolean") return value;
  const text = typeof value === "string" ? value.trim().toLowerCase() : "";
  return text === "true"
    ? true
    : text === "false"
      ? false
      : new CannotConvert(
          `is ${typeof value === "string" ? "neither true nor false" : kindOf(value)}, and the target takes true or false; \`do: [boolean]\` reads other words`,
        );
}

function dateOf(value: unknown): unknown {
  if (typeof value === "string") {
    const text = value.trim();
    if (isIsoDay(text)) return text;
    if (readIso(text) !== undefined) return new CannotConvert("has a time, and the target takes a mere date; say `do: [date]`");
  }
  return new CannotConvert(
    `is ${typeof value === "string" ? "not a date (YYYY-MM-DD)" : kindOf(value)}, and the target takes one; say how it is written: \`{ date: { from: MM/dd/yyyy } }\``,
  );
}

const plainMoment =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,6})?(?:Z|\+(?:0\d|1[0-4]):[0-5]\d)$/;

function momentOf(value: unknown): unknown {
  if (typeof value === "string") {
    if (plainMoment.test(value) && !value.startsWith("0000")) return value;
    const iso = readIso(value.trim());
    if (iso?.offset !== undefined) return isoText(iso);
    if (iso !== undefined)
      return new CannotConvert(
        `has no ${iso.time === undefined ? "time" : "time zone"}; say whose clock it is: \`{ datetime: { zone: America/Denver } }\``,
      );
  }
  return notAMoment(value);
}

function zonelessOf(value: unknown): unknown {
  const iso = typeof value === "string" ? readIso(value.trim()) : undefined;
  if (iso === undefined) return notAMoment(value);
  if (iso.offset !== undefined)
    return new CannotConvert(
      "has a time zone, and the target keeps none; say on whose clock: `{ datetime: { zone: UTC, zoneless: true } }`",
    );
  return iso.time === undefined
    ? new CannotConvert("has no time; its first moment is `{ datetime: { zone: UTC, zoneless: true } }`")
    : isoText(iso);
}

function notAMoment(value: unknown): CannotConvert {
  return new CannotConvert(
    `is ${typeof value === "string" ? "not an ISO date with time" : kindOf(value)}, and the target takes one; say how it is written: \`{ datetime: { from: MM/dd/yyyy h:mm a, zone: UTC } }\``,
  );
}

function timeOf(value: unknown): unknown {
  return (typeof value === "string" ? timeText(value) : undefined) ?? new CannotConvert("is not a time of day (HH:MM:SS)");
}

function uuidOf(value: unknown): unknown {
  const text = typeof value === "string" ? value.trim().toLowerCase() : "";
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(text) ? text : new CannotConvert("is not a UUID");
}

const byType: Readonly<Record<Exclude<FieldType, "text" | "datetime" | "list" | "object">, Convert>> = {
  integer: integerOf,
  number: numberOf,
  decimal: decimalOf,
  boolean: booleanOf,
  date: dateOf,
  time: timeOf,
  uuid: uuidOf,
  json: (value) => value,
};

function listOf(of: Field | undefined): Convert {
  const member = of === undefined ? undefined : compileFit(of);
  return (value) => {
    if (!Array.isArray(value))
      return new CannotConvert(`is ${kindOf(value)}, and the target takes a list; \`{ split: "," }\` makes one of a text`);
    if (member === undefined) return value;
    const fitted = value.map(member);
    const failed = fitted.find((one) => one instanceof CannotConvert);
    return failed instanceof CannotConvert ? new CannotConvert(`has a member that ${failed.reason}`) : fitted;
  };
}

function objectOf(fields: Readonly<Record<string, Field>> | undefined): Convert {
  const members = Object.entries(fields ?? {}).map(([name, field]) => ({ name, convert: compileFit(field) }));
  return (value) => {
    if (typeof value !== "object" || value === null || Array.isArray(value))
      return new CannotConvert(`is ${kindOf(value)}, and the target takes an object`);
    if (members.length === 0) return value;
    const fitted: Record<string, unknown> = { ...value };
    for (const { name, convert } of members) {
      if (!Object.hasOwn(fitted, name)) continue;
      const member = convert(fitted[name]);
      if (member instanceof CannotConvert) return new CannotConvert(`has \`${name}\`, which ${member.reason}`);
      fitted[name] = member;
    }
    return fitted;
  };
}

function amongOptions(convert: Convert, options: readonly (string | number)[]): Convert {
  const allowed = new Set(options.map(String));
  const names = options.slice(0, 12).join(", ") + (options.length > 12 ? ", …" : "");
  const other = new CannotConvert(`is none of the values that the target takes: ${names}`);
  return (value) => {
    const fitted = convert(value);
    if (fitted === null || fitted instanceof CannotConvert) return fitted;
    return allowed.has(String(fitted)) ? fitted : other;
  };
}

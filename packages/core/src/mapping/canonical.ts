import type { Field, FieldType } from "@fieldwright/connector-kit";
import { decimalText, shortest } from "./decimal-text.js";
import { isBlank } from "./is-blank.js";
import { readIso, sortableIso } from "./iso-date.js";
import { scalarText } from "./scalar-text.js";
import { sortedJson } from "./sorted-json.js";
import { timeText } from "./time-text.js";

/** A comparable text of a value: equal for equal values, whichever side they came from and however they were written. Blank is `null`. */
export type Canonical = (value: unknown) => string | null;

/** The comparison of a field's values. A value that its type does not know is compared as it is. */
export function canonical(field: Field): Canonical {
  if (field.type === "list") return field.of === undefined ? listText(undefined) : listText(canonical(field.of));
  if (field.type === "object") return objectText(field.fields ?? {});
  return byType[field.type];
}

const text: Canonical = (value) => {
  if (typeof value === "string") return isBlank(value) ? null : value;
  return value === null || value === undefined ? null : (scalarText(value) ?? sortedJson(value));
};

/** Compares by `read`, and as text what it does not know. */
function reading(read: (value: unknown) => string | undefined): Canonical {
  return (value) => {
    if (value === null || value === undefined) return null;
    return read(value) ?? text(value instanceof Date ? value.toISOString() : value);
  };
}

const decimal = reading((value) => {
  const plain = decimalText(value);
  return plain === undefined ? undefined : shortest(plain);
});

const float = reading((value) => {
  const number =
    typeof value === "number"
      ? value
      : typeof value === "string" && value.trim() !== "" && decimalText(value) !== undefined
        ? Number(value)
        : Number.NaN;
  return Number.isFinite(number) ? decimalText(number) : undefined;
});

const truths: Readonly<Record<string, string>> = { true: "true", false: "false", "1": "true", "0": "false" };
const boolean = reading((value) => {
  if (typeof value === "boolean") return value ? "true" : "false";
  const own = scalarText(value)?.trim().toLowerCase() ?? "";
  return Object.hasOwn(truths, own) ? truths[own] : undefined;
});

const utcForm = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?Z$/;
const zerosAtEnd = /\.?0+(?=Z?$)/;

const datetime = reading((value) => {
  const own = value instanceof Date ? (Number.isNaN(value.getTime()) ? undefined : value.toISOString()) : value;
  if (typeof own !== "string") return undefined;
  const utc = utcForm.exec(own);
  if (utc !== null) return utc[2] === undefined ? own : `${utc[1]}.${utc[2].slice(0, 6)}Z`.replace(zerosAtEnd, "");
  const iso = readIso(own.trim());
  return iso === undefined ? undefined : sortableIso(iso).replace(zerosAtEnd, "");
});

const date = reading((value) => {
  if (typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value)) return value;
  return datetime(value)?.replace(/^(\d{4}-\d\d-\d\d)T00:00:00Z?$/, "$1");
});

const jsonText: Canonical = (value) => (value === null || value === undefined ? null : sortedJson(value));

const byType: Readonly<Record<Exclude<FieldType, "list" | "object">, Canonical>> = {
  text,
  integer: decimal,
  number: float,
  decimal,
  boolean,
  date,
  datetime,
  time: reading((value) => (typeof value === "string" ? timeText(value) : undefined)),
  uuid: reading((value) => (typeof value === "string" ? value.trim().toLowerCase() || undefined : undefined)),
  json: jsonText,
};

/** An empty list is as good as none: many systems cannot tell the two apart. */
function listText(member: Canonical | undefined): Canonical {
  return (value) => {
    if (!Array.isArray(value)) return text(value);
    if (value.length === 0) return null;
    return sortedJson(member === undefined ? value : value.map(member));
  };
}

function objectText(fields: Readonly<Record<string, Field>>): Canonical {
  const members = new Map(Object.entries(fields).map(([name, field]) => [name, canonical(field)]));
  return (value) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return text(value);
    if (members.size === 0) return sortedJson(value);
    const comparable = Object.entries(value).map(
      ([name, member]) => [name, members.get(name)?.(member) ?? (members.has(name) ? undefined : member)] as const,
    );
    return sortedJson(Object.fromEntries(comparable));
  };
}

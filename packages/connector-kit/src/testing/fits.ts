import type { DataRecord, Field, Stream } from "../contract.js";

type Rule = (value: unknown, field: Field) => string | undefined;

const day = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/;
const moment = /^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?$/;
const offset = /(Z|[+-][0-9]{2}(:?[0-9]{2})?)$/;

const rules: Readonly<Record<Field["type"], Rule>> = {
  text: (value) => (typeof value === "string" ? undefined : "is not text"),
  integer: (value) =>
    Number.isSafeInteger(value) || isBigText(value) ? undefined : "is not a whole number (beyond 2^53: as decimal text)",
  number: (value) => (Number.isFinite(value) ? undefined : "is not a number"),
  decimal: (value) => (matches(value, /^-?[0-9]+(\.[0-9]+)?$/) ? undefined : "is not decimal text"),
  boolean: (value) => (typeof value === "boolean" ? undefined : "is not true or false"),
  date: (value) => (matches(value, day) && isDay(value) ? undefined : "is not a date as YYYY-MM-DD"),
  datetime,
  time: (value) => (matches(value, /^([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]+)?$/) ? undefined : "is not a time as HH:MM:SS"),
  uuid: (value) => (matches(value, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i) ? undefined : "is not a UUID"),
  json: () => undefined,
  list,
  object,
};

/** Why `value` is not one of this field, or `undefined`. Nothing (null, absent) fits every field. */
export function fits(field: Field, value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  const wrong = rules[field.type](value, field);
  if (wrong !== undefined) return field.type === "list" || field.type === "object" ? wrong : `${shown(value)} ${wrong}`;
  if (field.options && !field.options.some((option) => option === value))
    return `${shown(value)} is none of ${field.options.map(shown).join(", ")}`;
  if (field.maxLength !== undefined && typeof value === "string" && [...value].length > field.maxLength)
    return `${shown(value)} is longer than ${field.maxLength} characters`;
  return undefined;
}

/** Everything in which a record is not what its stream declares. */
export function fitsStream(stream: Pick<Stream, "fields" | "open" | "key">, record: DataRecord): readonly string[] {
  const wrong: string[] = [];
  for (const [name, field] of Object.entries(stream.fields)) {
    const value = record[name];
    const problem = fits(field, value);
    if (problem !== undefined) wrong.push(`${name}: ${problem}`);
    else if ((field.required === true || name === stream.key) && (value === undefined || value === null))
      wrong.push(`${name}: is required and missing`);
  }
  if (stream.open !== true)
    for (const name of Object.keys(record))
      if (!Object.hasOwn(stream.fields, name)) wrong.push(`${name}: is not declared, and the stream is not open`);
  return wrong;
}

function datetime(value: unknown, field: Field): string | undefined {
  if (typeof value !== "string") return "is not a date and time";
  const zone = offset.exec(value.slice(11))?.[0] ?? "";
  const local = value.slice(0, value.length - zone.length);
  if (!moment.test(local) || !isDay(local.slice(0, 10)) || Number.isNaN(Date.parse(`${local.replace(" ", "T")}Z`)))
    return "is not a date and time in ISO 8601";
  if (field.zoneless === true) return zone === "" ? undefined : "carries an offset, though the field is zoneless";
  return zone === "" ? "carries no offset, though the field is not zoneless" : undefined;
}

function list(value: unknown, field: Field): string | undefined {
  if (!Array.isArray(value)) return `${shown(value)} is not a list`;
  if (!field.of) return undefined;
  for (const [index, item] of value.entries()) {
    const wrong = fits(field.of, item);
    if (wrong !== undefined) return `[${index}]: ${wrong}`;
  }
  return undefined;
}

function object(value: unknown, field: Field): string | undefined {
  if (typeof value !== "object" || Array.isArray(value)) return `${shown(value)} is not an object`;
  for (const [name, member] of Object.entries(field.fields ?? {})) {
    const wrong = fits(member, (value as Record<string, unknown>)[name]);
    if (wrong !== undefined) return `.${name}: ${wrong}`;
  }
  return undefined;
}

function matches(value: unknown, pattern: RegExp): value is string {
  return typeof value === "string" && pattern.test(value);
}

function isBigText(value: unknown): boolean {
  return matches(value, /^-?[0-9]+$/) && !Number.isSafeInteger(Number(value));
}

/** Refuses 30 February, which `Date` makes 2 March of. */
function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === text;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 60)}...` : text;
}

import type { DataRecord } from "@fieldwright/connector-kit";
import { blank } from "./account.js";
import type { FieldDefinition } from "./collections.js";
import { humanised } from "./labels.js";
import { type Problem, somethingWentWrong } from "./refusal.js";

export interface Taken {
  readonly record: DataRecord;
  readonly problems: readonly Problem[];
}

/**
 * The record as it would be stored after `sent`, and what its collection has against it. Keys that are no fields are dropped, a number
 * that is none becomes nothing, and both without a word.
 */
export function take(fields: readonly FieldDefinition[], sent: unknown, before: DataRecord | undefined): Taken {
  const given = isObject(sent) ? sent : {};
  const base = before ?? blank({ fields });
  const { record, problems } = members(fields, { given, base, path: "", label: "" });
  return { record, problems };
}

interface Place {
  readonly given: Record<string, unknown>;
  readonly base: DataRecord;
  readonly path: string;
  readonly label: string;
}

function members(fields: readonly FieldDefinition[], { given, base, path, label }: Place): Taken {
  const record: Record<string, unknown> = { ...base };
  const problems: Problem[] = [];
  for (const field of fields) {
    const at = { path: path + field.name, label: label + (field.label ?? humanised(field.name)) };
    const found =
      field.name in given ? one(field, given[field.name], { ...at, base: base[field.name] }) : checked(field, base[field.name], at);
    if (found.value === undefined) delete record[field.name];
    else record[field.name] = found.value;
    problems.push(...found.problems);
  }
  return { record, problems };
}

interface At {
  readonly path: string;
  readonly label: string;
}

interface Found {
  readonly value: unknown;
  readonly problems: readonly Problem[];
}

function checked(field: FieldDefinition, value: unknown, { path, label }: At): Found {
  const isMissing = value === null || value === undefined || value === "";
  return { value, problems: field.required === true && isMissing ? [{ label, message: "This field is required.", path }] : [] };
}

function one(field: FieldDefinition, value: unknown, at: At & { readonly base: unknown }): Found {
  if (field.type === "group") {
    if (value === null) throw somethingWentWrong();
    const inner = {
      given: isObject(value) ? value : {},
      base: isObject(at.base) ? at.base : {},
      path: `${at.path}.`,
      label: `${at.label} > `,
    };
    const { record, problems } = members(field.fields ?? [], inner);
    return { value: record, problems };
  }
  if (field.type === "array") return rows(field, value, at);
  if (field.hasMany) return many(field, value, at);
  const stored = storedAs(field, value, at);
  return stored.problems.length > 0 ? stored : checked(field, stored.value, at);
}

function rows(field: FieldDefinition, value: unknown, at: At): Found {
  if (value === null || value === 0) return { value: [], problems: [] };
  if (!Array.isArray(value)) return { value: [], problems: [problem(at, "This field has an invalid input.")] };
  const taken = value.map((row: unknown, index) => {
    const given = isObject(row) ? row : {};
    const base = { id: typeof given.id === "string" ? given.id : rowId(), ...blank({ fields: field.fields ?? [] }) };
    return members(field.fields ?? [], { given, base, path: `${at.path}.${index}.`, label: `${at.label} ${index + 1} > ` });
  });
  return { value: taken.map((row) => row.record), problems: taken.flatMap((row) => row.problems) };
}

let lastRow = 0x6b00_0000;
function rowId(): string {
  lastRow += 1;
  return lastRow.toString(16).padEnd(24, "0");
}

function many(field: FieldDefinition, value: unknown, at: At & { readonly base: unknown }): Found {
  if (value === undefined || (value === null && field.type === "relationship")) return { value: [], problems: [] };
  if (field.type === "relationship") return related(field, Array.isArray(value) ? value : [value], at);
  // Neither nothing nor a text where a list is due changes anything.
  if (!Array.isArray(value)) return { value: at.base, problems: [] };
  return { value: value.map(String), problems: [] };
}

function storedAs(field: FieldDefinition, value: unknown, at: At): Found {
  const fine = (stored: unknown): Found => ({ value: stored, problems: [] });
  const bad = (message: string): Found => ({ value: null, problems: [problem(at, message)] });
  if (value === null || value === undefined) return fine(Array.isArray(field.relationTo) ? undefined : null);
  switch (field.type) {
    case "number":
      if (typeof value === "boolean") throw somethingWentWrong();
      return fine(String(value).trim() === "" || !Number.isFinite(Number(value)) ? null : Number(value));
    case "checkbox":
      return typeof value === "boolean" ? fine(value) : bad("This field can only be equal to true or false.");
    case "date":
      return date(value, at);
    case "select":
      return field.options?.includes(String(value)) === true ? fine(value) : bad("This field has an invalid selection.");
    case "email":
      return /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(String(value)) ? fine(value) : bad("Please enter a valid email address.");
    case "json":
      return json(value, at);
    case "relationship":
      return value === "" ? fine(Array.isArray(field.relationTo) ? undefined : null) : first(related(field, [value], at), field);
    default:
      return fine(String(value));
  }
}

function first({ value, problems }: Found, field: FieldDefinition): Found {
  const [only] = value as readonly unknown[];
  return { value: only ?? (Array.isArray(field.relationTo) ? undefined : null), problems };
}

/** Ids must be of the right type of JSON; whether they lead anywhere is left to the database. */
function related({ relationTo }: FieldDefinition, values: readonly unknown[], at: At): Found {
  const idOf = (value: unknown): unknown => (Array.isArray(relationTo) ? (isObject(value) ? value.value : undefined) : value);
  const wrong = values.filter((value) => typeof idOf(value) !== "number");
  if (wrong.length > 0) {
    const said = wrong.map((value, index) => `${String(value)} ${index}`).join(", ");
    return { value: [], problems: [problem(at, `This relationship field has the following invalid relationships: ${said}`)] };
  }
  const kept = values.filter((value) => !Array.isArray(relationTo) || (isObject(value) && relationTo.includes(String(value.relationTo))));
  return { value: kept.map((value) => (isObject(value) ? { relationTo: value.relationTo, value: value.value } : value)), problems: [] };
}

function date(value: unknown, at: At): Found {
  if (value === "") throw somethingWentWrong();
  const moment = new Date(value as string | number);
  if (!Number.isNaN(moment.getTime())) return { value: moment.toISOString(), problems: [] };
  return { value: null, problems: [problem(at, `"${String(value)}" is not a valid date.`)] };
}

function json(value: unknown, at: At): Found {
  if (typeof value !== "string") return { value, problems: [] };
  try {
    return { value: JSON.parse(value) as unknown, problems: [] };
  } catch {
    return { value: null, problems: [problem(at, "This field has an invalid input.")] };
  }
}

function problem({ path, label }: At, message: string): Problem {
  return { label, message, path };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

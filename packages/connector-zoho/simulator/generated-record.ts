import type { DataRecord } from "@fieldwright/connector-kit";
import { type Random, randomAt } from "@fieldwright/connector-kit/testing";
import type { Field } from "./field.js";
import type { Module } from "./modules.js";
import type { Settings } from "./options.js";

/** Times are kept in milliseconds and lookups as bare ids. */
export type Stored = DataRecord & { readonly id: string; readonly Created_Time: number; readonly Modified_Time: number };

export const userCount = 3;
const firstOfAll = 5_550_001;

/** 19 digits: beyond what a JavaScript number can hold. */
export function idAt(number: number, index: number): string {
  return `${firstOfAll}${String(number).padStart(3, "0")}${String(index).padStart(9, "0")}`;
}

export function indexOf(number: number, id: string): number | undefined {
  const head = `${firstOfAll}${String(number).padStart(3, "0")}`;
  return id.length === 19 && id.startsWith(head) ? Number(id.slice(head.length)) : undefined;
}

export function userId(index: number): string {
  return idAt(0, index + 1);
}

export interface Ground {
  readonly settings: Settings;
  readonly count: (module: string) => number;
  readonly numberOf: (module: string) => number;
  /** When the history of generated records ends, in milliseconds. */
  readonly endMs: number;
}

export function generatedRecord(ground: Ground, module: Module, index: number): Stored {
  const random = randomAt(ground.settings.seed * 1000 + module.number, index);
  const person = { first: random.givenName(), last: random.familyName() };
  const place = random.city();
  const context: Context = { ground, module, index, random, person, place };
  const count = ground.count(module.name);
  const seconds = Math.floor((count - 1 - index) / ground.settings.perSecond);
  const modified = ground.endMs - seconds * 1000;
  const record: Record<string, unknown> = { id: idAt(module.number, index) };
  for (const field of module.fields) record[field.name] = fieldValue(field, context);
  const owner = userId(index % userCount);
  return Object.assign(record, {
    id: idAt(module.number, index),
    Owner: owner,
    Created_By: owner,
    Modified_By: owner,
    Created_Time: modified - 86_400_000,
    Modified_Time: modified,
  });
}

interface Context {
  readonly ground: Ground;
  readonly module: Module;
  readonly index: number;
  readonly random: Random;
  readonly person: { readonly first: string; readonly last: string };
  readonly place: ReturnType<Random["city"]>;
}

function fieldValue(field: Field, context: Context): unknown {
  const { random, index, person, place, module } = context;
  if (field.name === "Tag") return index % 5 === 0 ? [{ name: "vip", id: idAt(900, 1), color_code: null }] : [];
  if (field.name === "Converted__s") return false;
  if (field.readOnly && field.name !== "Full_Name") return null;
  if (field.name.startsWith("Extra_")) return index % 4 === 0 ? `extra ${field.name.slice(6)} of ${index}` : null;
  if (field.unique) return `${module.name.slice(0, 2).toUpperCase()}-${index + 1}`;
  const named = namedValue(field.name, { person, place, index });
  if (named !== undefined) return named;
  switch (field.type) {
    case "email":
      return field.name === "Email" ? `${person.first}.${person.last}.${index}@example.test`.toLowerCase() : null;
    case "phone":
      return random.chance(0.6) ? random.phone() : null;
    case "picklist":
      return field.mandatory || random.chance(0.8) ? random.pick(field.picks ?? []) : null;
    case "multiselectpicklist":
      return index % 3 === 0 ? (field.picks ?? []).slice(0, 2) : [];
    case "boolean":
      return index % 7 === 0;
    case "integer":
      return random.integer(1, 500);
    case "bigint":
      return `90071992547${String(409930 + index)}`;
    case "double":
    case "currency":
      return random.integer(100, 900_000) / 4;
    case "date":
      return random.date("1960-01-01", "2026-01-01").toISOString().slice(0, 10);
    case "datetime":
      return Math.floor(random.date("2025-01-01", "2026-01-01").getTime() / 1000) * 1000;
    case "lookup":
      return lookupAt(field, context);
    case "textarea":
      return index % 3 === 0 ? random.sentence() : null;
    case "website":
      return `https://www.example.test/${index}`;
    default:
      return field.mandatory ? `${random.words(2)} ${index + 1}` : null;
  }
}

function namedValue(
  name: string,
  { person, place, index }: { person: Context["person"]; place: Context["place"]; index: number },
): string | undefined {
  if (name === "Last_Name") return person.last;
  if (name === "First_Name") return person.first;
  if (name === "Full_Name") return `${person.first} ${person.last}`;
  if (name === "Company") return `${person.last} Ltd`;
  if (/(^|_)City$/.test(name)) return place.city;
  if (/(^|_)State$/.test(name)) return place.state;
  if (/(_Zip|Zip_Code|Billing_Code)$/.test(name)) return place.zip;
  if (name === "Deal_Name") return `Deal ${index + 1}`;
  return undefined;
}

function lookupAt(field: Field, { ground, index, module }: Context): string | null {
  const to = field.to ?? "";
  const count = ground.count(to);
  if (count === 0 || index % 4 === 3 || to === module.name) return null;
  return idAt(ground.numberOf(to), index % count);
}

import type { DataRecord } from "@fieldwright/connector-kit";
import { type Random, randomAt } from "@fieldwright/connector-kit/testing";
import type { CollectionDefinition, FieldDefinition } from "./collections.js";
import type { Settings } from "./options.js";

const begin = Date.parse("2024-01-01T08:00:00.000Z");
const end = Date.parse("2026-06-30T18:00:00.000Z");

/** The record at `index` of a collection, as it is stored: ids are serial numbers from 1. */
export function recordAt(settings: Settings, definition: CollectionDefinition, index: number): DataRecord {
  const random = randomAt(settings.seed + hash(definition.slug), index);
  const count = Math.max(1, settings.sizeOf(definition.slug));
  const made = begin + Math.floor(((end - begin) / (count + 1)) * index);
  const changed = made + Math.floor(random.next() * 20 * 86_400_000);
  const fields = definition.fields.map((field): [string, unknown] => [field.name, generated(settings, field, { random, index })]);
  return {
    id: index + 1,
    ...Object.fromEntries(fields.filter(([, value]) => value !== undefined)),
    updatedAt: new Date(changed).toISOString(),
    createdAt: new Date(made).toISOString(),
  };
}

interface Place {
  readonly random: Random;
  readonly index: number;
}

function generated(settings: Settings, field: FieldDefinition, place: Place): unknown {
  const { random } = place;
  if (field.type === "group")
    return Object.fromEntries((field.fields ?? []).map((member) => [member.name, generated(settings, member, place)]));
  if (field.type === "array") {
    return Array.from({ length: random.integer(0, 3) }, () => ({
      id: random.uuid().replaceAll("-", "").slice(0, 24),
      ...Object.fromEntries((field.fields ?? []).map((member) => [member.name, generated(settings, member, place)])),
    }));
  }
  if (field.hasMany) {
    const many = Array.from({ length: random.integer(0, 3) }, () => single(settings, field, place));
    return [...new Set(many)];
  }
  // A relation to several collections that leads nowhere is absent, everything else is null.
  if (field.required !== true && field.unique !== true && random.chance(0.15)) return Array.isArray(field.relationTo) ? undefined : null;
  return single(settings, field, place);
}

function single(settings: Settings, field: FieldDefinition, { random, index }: Place): unknown {
  switch (field.type) {
    case "number":
      return random.chance(0.5) ? random.integer(0, 50_000) : random.integer(0, 5_000_000) / 100;
    case "checkbox":
      return random.chance(0.5);
    case "date":
      return `${random.date("2020-01-01", "2026-06-30").toISOString().slice(0, 10)}T00:00:00.000Z`;
    case "select":
      return random.pick(field.options ?? ["one"]);
    case "json":
      return { ratings: [random.integer(1, 5), random.integer(1, 5)], "source of it": random.words(2) };
    case "email":
      return random.email(index + 1);
    case "relationship":
      return related(settings, field, random);
    default:
      return text(field, random, index);
  }
}

function related(settings: Settings, { relationTo }: FieldDefinition, random: Random): unknown {
  if (typeof relationTo === "string") return random.integer(1, Math.max(1, settings.sizeOf(relationTo)));
  const slug = random.pick(relationTo ?? []);
  return { relationTo: slug, value: random.integer(1, Math.max(1, settings.sizeOf(slug))) };
}

function text(field: FieldDefinition, random: Random, index: number): string {
  if (field.unique) return `${field.name}-${String(index + 1).padStart(7, "0")}`;
  switch (field.name) {
    case "firstName":
      return random.givenName();
    case "lastName":
      return random.familyName();
    case "phone":
      return random.phone();
    case "street":
      return random.street();
    case "city":
      return random.city().city;
    case "zip":
      return String(random.integer(10_000, 99_999));
    default:
      return random.words(2);
  }
}

function hash(text: string): number {
  let sum = 0;
  for (const letter of text) sum = (Math.imul(sum, 31) + (letter.codePointAt(0) ?? 0)) | 0;
  return sum;
}

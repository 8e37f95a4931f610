import type { DataRecord } from "@fieldwright/connector-kit";
import type { CollectionDefinition, FieldDefinition } from "./collections.js";
import { notQueryable, somethingWentWrong } from "./refusal.js";

export type Test = (record: DataRecord) => boolean;

/** Where a search looks, and which record a relation leads to. */
export interface Ground {
  readonly definition: CollectionDefinition;
  /** The record that an id of another collection names, with that collection's fields. */
  look(slug: string, id: unknown): DataRecord | undefined;
  definitionOf(slug: string): CollectionDefinition | undefined;
  /** Told when the search needs another table. */
  joins?(): void;
}

const operators = new Set([
  "equals",
  "not_equals",
  "in",
  "not_in",
  "exists",
  "greater_than",
  "greater_than_equal",
  "less_than",
  "less_than_equal",
  "like",
  "contains",
]);

/** @throws what Payload answers to paths and values that it cannot search by. */
export function testOf(where: unknown, ground: Ground): Test {
  if (!isObject(where)) throw somethingWentWrong();
  const bad: string[] = [];
  const test = allOf(where, ground, bad);
  if (bad.length > 0) throw notQueryable(bad);
  return test;
}

function allOf(where: Record<string, unknown>, ground: Ground, bad: string[]): Test {
  const tests = Object.entries(where).map(([name, value]): Test => {
    if (name === "and" || name === "or" || name === "AND" || name === "OR") {
      const parts = listOf(value).map((part) => allOf(isObject(part) ? part : {}, ground, bad));
      if (parts.length === 0) return () => true;
      return name.toLowerCase() === "and"
        ? (record) => parts.every((part) => part(record))
        : (record) => parts.some((part) => part(record));
    }
    return fieldTest(name, value, { ground, bad });
  });
  return (record) => tests.every((test) => test(record));
}

interface Searching {
  readonly ground: Ground;
  readonly bad: string[];
}

function fieldTest(path: string, value: unknown, { ground, bad }: Searching): Test {
  const conditions = isObject(value) ? Object.entries(value) : [["equals", value] as const];
  const tests = conditions.map(([operator, operand]): Test => {
    const place = placeOf(path.split("."), ground.definition.fields, ground);
    if (place === undefined || !operators.has(operator)) {
      bad.push(operators.has(operator) ? path : `${path}.${operator}`);
      return () => false;
    }
    const compare = comparing(operator, operand, place.field);
    return (record) => compare(place.valuesOf(record));
  });
  return (record) => tests.every((test) => test(record));
}

interface Place {
  readonly field: FieldDefinition;
  /** What stands there: several where a list lies on the way. */
  readonly valuesOf: (record: DataRecord) => readonly unknown[];
}

const built: readonly FieldDefinition[] = [
  { name: "id", type: "number", required: true, unique: true },
  { name: "createdAt", type: "date" },
  { name: "updatedAt", type: "date" },
];

function placeOf(path: readonly string[], fields: readonly FieldDefinition[], ground: Ground): Place | undefined {
  const [name = "", ...rest] = path;
  const field =
    fields.find((one) => one.name === name) ?? (fields === ground.definition.fields ? built.find((one) => one.name === name) : undefined);
  if (field === undefined) return undefined;
  const here = (record: DataRecord): readonly unknown[] => listOf(record[name]);
  if (field.hasMany || field.type === "array" || (field.type === "relationship" && rest.length > 0)) ground.joins?.();
  if (rest.length === 0) return field.type === "group" ? undefined : { field, valuesOf: (record) => listed(record[name]) };
  if (field.type === "json") {
    const inside = (value: unknown): unknown => rest.reduce((at: unknown, part) => (isObject(at) ? at[part] : undefined), value);
    return { field: { name, type: "json" }, valuesOf: (record) => [inside(record[name])] };
  }
  if (field.fields !== undefined) {
    const inner = placeOf(rest, field.name === "id" ? [] : [...field.fields, { name: "id", type: "text" }], ground);
    return (
      inner && { field: inner.field, valuesOf: (record) => here(record).flatMap((item) => (isObject(item) ? inner.valuesOf(item) : [])) }
    );
  }
  return field.type === "relationship" ? through(field, rest, ground) : undefined;
}

function through(field: FieldDefinition, rest: readonly string[], ground: Ground): Place | undefined {
  const { name, relationTo } = field;
  if (typeof relationTo !== "string") {
    if (rest[0] !== "value" && rest[0] !== "relationTo") return undefined;
    const key = rest[0];
    return {
      field: { name: key, type: key === "value" ? "number" : "text" },
      valuesOf: (record) => listOf(record[name]).map((item) => (isObject(item) ? item[key] : null)),
    };
  }
  const definition = ground.definitionOf(relationTo);
  const inner = definition && placeOf(rest, definition.fields, { ...ground, definition });
  return (
    inner && {
      field: inner.field,
      valuesOf: (record) =>
        listOf(record[name]).flatMap((id) => {
          const other = ground.look(relationTo, id);
          return other === undefined ? [] : inner.valuesOf(other);
        }),
    }
  );
}

type Compare = (values: readonly unknown[]) => boolean;

function comparing(operator: string, operand: unknown, field: FieldDefinition): Compare {
  const same = (values: readonly unknown[], wanted: readonly unknown[]): boolean => values.some((value) => wanted.includes(value));
  switch (operator) {
    case "exists": {
      const wanted = String(operand) === "true";
      return (values) => values.some(isThere) === wanted;
    }
    case "equals": {
      if (operand === null || operand === "null") return (values) => !values.some(isThere);
      const wanted = [typed(operand, field)];
      return (values) => same(values, wanted);
    }
    case "not_equals": {
      if (operand === null || operand === "null") return (values) => values.some(isThere);
      const wanted = [typed(operand, field)];
      return (values) => !same(values, wanted);
    }
    case "in":
    case "not_in": {
      const given = typeof operand === "string" ? operand.split(",") : listOf(operand);
      if (field.type === "number" && given.some((one) => !Number.isFinite(Number(one)))) throw somethingWentWrong();
      const wanted = given.map((one) => typed(one, field));
      return operator === "in" ? (values) => same(values, wanted) : (values) => !same(values, wanted);
    }
    case "like": {
      const words = String(operand).toLowerCase().split(" ").filter(Boolean);
      return (values) => values.some((value) => isThere(value) && words.every((word) => String(value).toLowerCase().includes(word)));
    }
    case "contains": {
      if (field.hasMany) return (values) => values.includes(operand);
      const part = String(operand).toLowerCase();
      return (values) => values.some((value) => isThere(value) && String(value).toLowerCase().includes(part));
    }
    default:
      return ordered(operator, operand, field);
  }
}

function ordered(operator: string, operand: unknown, field: FieldDefinition): Compare {
  const isDate = field.type === "date";
  const bound = isDate ? Date.parse(String(operand)) : Number(operand);
  const fits: Readonly<Record<string, (value: number) => boolean>> = {
    greater_than: (value) => value > bound,
    greater_than_equal: (value) => value >= bound,
    less_than: (value) => value < bound,
    less_than_equal: (value) => value <= bound,
  };
  const test = fits[operator] ?? (() => false);
  return (values) => values.some((value) => isThere(value) && test(isDate ? Date.parse(String(value)) : Number(value)));
}

/** The value as the column holds it; Postgres fails at what its column cannot hold. */
function typed(value: unknown, field: FieldDefinition): unknown {
  if (field.type === "relationship" && Array.isArray(field.relationTo)) throw somethingWentWrong();
  const isId = field.type === "relationship" || (field.name === "id" && field.type === "number");
  if (isId) {
    const id = Number(value);
    if (!Number.isInteger(id) || Math.abs(id) > 2_147_483_647) throw somethingWentWrong();
    return id;
  }
  switch (field.type) {
    case "number":
      return Number.isFinite(Number(value)) ? Number(value) : undefined;
    case "checkbox":
      return String(value) === "true";
    case "date":
      return Number.isNaN(Date.parse(String(value))) ? undefined : new Date(String(value)).toISOString();
    // Within JSON a number in the address is a text and finds nothing.
    case "json":
      return value;
    case "select":
      if (field.options?.includes(String(value)) !== true) throw somethingWentWrong();
      return String(value);
    default:
      return String(value);
  }
}

function isThere(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** What a path leads to: a list's items, and one that is empty holds none. */
function listed(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return isObject(value) && Object.keys(value).every((name) => /^\d+$/.test(name)) ? Object.values(value) : [value];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

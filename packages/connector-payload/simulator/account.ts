import type { DataRecord } from "@fieldwright/connector-kit";
import { createTable, type Table } from "@fieldwright/connector-kit/testing";
import type { CollectionDefinition } from "./collections.js";
import { recordAt } from "./generate.js";
import type { Settings } from "./options.js";

/** A collection with its records. */
export interface Kept {
  readonly definition: CollectionDefinition;
  readonly table: Table;
  /** The next serial number: used up also by a create that fails in the database. */
  nextId(): number;
  /** The id of the record with this value in a unique field. */
  holder(field: string, value: unknown): unknown;
}

export interface Account {
  readonly settings: Settings;
  readonly collections: ReadonlyMap<string, Kept>;
  /** Live logins: token to the moment it expires, in milliseconds. */
  readonly sessions: Map<string, number>;
  /** Set by a test: the API key that is good from now on. */
  apiKey: string;
}

export function createAccount(settings: Settings): Account {
  return {
    settings,
    collections: new Map(settings.collections.map((definition) => [definition.slug, kept(settings, definition)])),
    sessions: new Map(),
    apiKey: settings.apiKey,
  };
}

function kept(settings: Settings, definition: CollectionDefinition): Kept {
  const count = settings.sizeOf(definition.slug);
  const table = createTable({
    key: "id",
    records: { count, at: (index) => recordAt(settings, definition, index) },
    updatedField: "updatedAt",
  });
  let last = count;
  const nextId = (): number => {
    last += 1;
    return last;
  };
  const indexes = new Map<string, Map<unknown, unknown>>();
  return {
    definition,
    table: completing(table, definition, nextId),
    nextId,
    holder(field, value) {
      // Built when first needed and checked against the record: what has moved on since is looked for anew.
      let index = indexes.get(field);
      const known = index?.get(value);
      if (known !== undefined && table.get(known as number)?.[field] === value) return known;
      index = new Map([...table].map((record) => [record[field], record.id]));
      indexes.set(field, index);
      return index.get(value);
    },
  };
}

/** A person at the site adds with what a create fills in. */
function completing(table: Table, definition: CollectionDefinition, nextId: () => number): Table {
  const whole: Table = Object.create(table) as Table;
  return Object.assign(whole, {
    add: (record: DataRecord) =>
      table.add({ ...blank(definition), id: record.id ?? nextId(), createdAt: new Date().toISOString(), ...record }),
    [Symbol.iterator]: () => table[Symbol.iterator](),
  });
}

/** All fields as a record has them that was created without. */
export function blank({ fields }: Pick<CollectionDefinition, "fields">): DataRecord {
  const values = fields.map((field): [string, unknown] => {
    if (field.type === "group") return [field.name, blank({ fields: field.fields ?? [] })];
    if (field.type === "array" || field.hasMany) return [field.name, []];
    return [field.name, Array.isArray(field.relationTo) ? undefined : null];
  });
  return Object.fromEntries(values.filter(([, value]) => value !== undefined));
}

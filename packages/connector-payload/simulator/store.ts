import type { DataRecord } from "@fieldwright/connector-kit";
import type { Account, Kept } from "./account.js";
import type { FieldDefinition } from "./collections.js";
import { invalid, notFound, type Problem, somethingWentWrong } from "./refusal.js";
import { take } from "./take.js";

export function createRecord(account: Account, kept: Kept, sent: DataRecord): DataRecord {
  const { definition, table } = kept;
  const { record, problems } = take(definition.fields, sent, undefined);
  if (problems.length > 0) throw invalid(definition.slug, problems);
  const id = kept.nextId(); // used up even where the database refuses
  guard(account, kept, { record, id: undefined });
  const now = account.settings.clock.now().toISOString();
  const times = { updatedAt: moment(sent.updatedAt) ?? now, createdAt: moment(sent.createdAt) ?? now };
  const whole = table.add({ id, ...record, ...times });
  // A time of change that is given is kept.
  return { ...whole, ...(whole.updatedAt === times.updatedAt ? {} : replace(kept, { ...whole, ...times })) };
}

export function updateRecord(account: Account, kept: Kept, { id, sent }: { readonly id: number; readonly sent: DataRecord }): DataRecord {
  const { definition, table } = kept;
  const before = table.get(id);
  if (before === undefined) throw notFound();
  const { record, problems } = take(definition.fields, sent, before);
  if (problems.length > 0) throw invalid(definition.slug, problems, id);
  guard(account, kept, { record, id });
  const gone = Object.fromEntries(
    Object.keys(before)
      .filter((name) => !(name in record))
      .map((name) => [name, undefined]),
  );
  return table.change(id, { ...record, ...gone });
}

/** Related records lose what led here: a relation becomes nothing. */
export function deleteRecord(account: Account, { definition, table }: Kept, id: number): DataRecord {
  const record = table.get(id);
  if (record === undefined) throw notFound();
  table.remove(id);
  for (const other of account.collections.values()) {
    const leading = other.definition.fields.filter((field) => leadsTo(field, definition.slug));
    if (leading.length > 0) unlink(other, leading, { slug: definition.slug, id });
  }
  return record;
}

/** What the database itself refuses: a value that is there already, and a relation to nothing. */
function guard(account: Account, kept: Kept, { record, id }: { readonly record: DataRecord; readonly id: number | undefined }): void {
  const { definition } = kept;
  const taken = definition.fields.flatMap((field): Problem[] => {
    const value = record[field.name];
    if (!field.unique || value === null || value === undefined) return [];
    const holder = kept.holder(field.name, value);
    if (holder === undefined || holder === id) return [];
    return [{ message: "Value must be unique", path: field.name, tableName: definition.slug.replaceAll("-", "_") }];
  });
  if (taken.length > 0) throw invalid(definition.slug, taken.slice(0, 1), id);
  for (const field of definition.fields.filter((one) => one.type === "relationship")) {
    const values = [record[field.name]].flat().filter((value) => value !== null && value !== undefined);
    for (const value of values) if (!exists(account, field, value)) throw somethingWentWrong();
  }
}

function exists(account: Account, { relationTo }: FieldDefinition, value: unknown): boolean {
  const { slug, id } =
    typeof relationTo === "string"
      ? { slug: relationTo, id: value }
      : { slug: (value as { relationTo: string }).relationTo, id: (value as { value: unknown }).value };
  return account.collections.get(slug)?.table.has(id as number) === true;
}

function leadsTo({ relationTo }: FieldDefinition, slug: string): boolean {
  return relationTo === slug || (Array.isArray(relationTo) && relationTo.includes(slug));
}

interface Lost {
  readonly slug: string;
  readonly id: number;
}

function unlink(kept: Kept, fields: readonly FieldDefinition[], { slug, id }: Lost): void {
  const hits = (field: FieldDefinition, value: unknown): boolean => {
    if (typeof field.relationTo === "string") return value === id;
    const pair = value as { readonly relationTo?: string; readonly value?: unknown } | null | undefined;
    return pair?.relationTo === slug && pair.value === id;
  };
  const touched = kept.table.filter((record) => fields.some((field) => [record[field.name]].flat().some((value) => hits(field, value))));
  for (const record of touched) {
    const set = fields.map((field): [string, unknown] => {
      const value = record[field.name];
      if (Array.isArray(value)) return [field.name, value.filter((item) => !hits(field, item))];
      return [field.name, hits(field, value) ? (Array.isArray(field.relationTo) ? undefined : null) : value];
    });
    replace(kept, { ...record, ...Object.fromEntries(set) });
  }
}

/** The database's own hand: no time of change moves. */
function replace({ table }: Kept, record: DataRecord): DataRecord {
  const changed = table.change(record.id as number, record);
  return Object.assign(changed, { updatedAt: record.updatedAt });
}

function moment(value: unknown): string | undefined {
  if (typeof value !== "string" || Number.isNaN(Date.parse(value))) return undefined;
  return new Date(value).toISOString();
}

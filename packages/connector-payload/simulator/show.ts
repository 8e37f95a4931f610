import type { DataRecord } from "@fieldwright/connector-kit";
import type { Account } from "./account.js";
import type { FieldDefinition } from "./collections.js";

export interface Showing {
  readonly depth: number;
  /** `{ name: "true" }` shows only these, `{ name: "false" }` all but these. */
  readonly select?: unknown;
}

/** Relations as whole records down to `depth`, and only the fields asked for. */
export function shown(
  account: Account,
  slug: string,
  { record, showing }: { readonly record: DataRecord; readonly showing: Showing },
): DataRecord {
  const fields = account.collections.get(slug)?.definition.fields ?? [];
  const whole = showing.depth > 0 ? populated(account, { record, fields, depth: showing.depth }) : record;
  return selected(whole, showing.select);
}

interface Populating {
  readonly record: DataRecord;
  readonly fields: readonly FieldDefinition[];
  readonly depth: number;
}

function populated(account: Account, { record, fields, depth }: Populating): DataRecord {
  const grown = (slug: string, id: unknown): unknown => {
    const found = typeof id === "number" ? account.collections.get(slug)?.table.get(id) : undefined;
    return found === undefined ? id : shown(account, slug, { record: found, showing: { depth: depth - 1 } });
  };
  const one = (field: FieldDefinition, value: unknown): unknown => {
    if (value === null || value === undefined) return value;
    if (typeof field.relationTo === "string") return grown(field.relationTo, value);
    const { relationTo, value: id } = value as { readonly relationTo: string; readonly value: unknown };
    return { relationTo, value: grown(relationTo, id) };
  };
  const changed = fields.flatMap((field): (readonly [string, unknown])[] => {
    const value = record[field.name];
    if (field.type === "relationship") {
      return field.name in record ? [[field.name, Array.isArray(value) ? value.map((item) => one(field, item)) : one(field, value)]] : [];
    }
    if (field.fields === undefined || typeof value !== "object" || value === null) return [];
    const members = field.fields;
    const inner = (item: DataRecord) => populated(account, { record: item, fields: members, depth });
    return [[field.name, Array.isArray(value) ? value.map((item: DataRecord) => inner(item)) : inner(value as DataRecord)]];
  });
  return { ...record, ...Object.fromEntries(changed) };
}

function selected(record: DataRecord, select: unknown): DataRecord {
  if (typeof select !== "object" || select === null) return record;
  const asked = Object.entries(select);
  const leavesOut = asked.some(([, value]) => value === "false");
  const names = new Set(asked.map(([name]) => name));
  return Object.fromEntries(Object.entries(record).filter(([name]) => name === "id" || names.has(name) !== leavesOut));
}

import type { DataRecord } from "@fieldwright/connector-kit";
import type { Account, Kind } from "./account.js";
import { relationsTable } from "./relations.js";
import { rendered } from "./render.js";

/** What Copper itself moves when somebody writes: two states that differ in nothing else are the same. */
const touched = new Set([
  "date_created",
  "date_modified",
  "date_last_contacted",
  "date_stage_changed",
  "completed_date",
  "interaction_count",
]);

/** The whole account as text, always in the same order: equal texts are equal accounts, byte for byte. */
export function snapshotOf(account: Account): string {
  const kinds = Object.keys(account.kinds).filter((kind): kind is Kind => kind !== "relations") as Kind[];
  const lines = kinds.flatMap((kind) =>
    [...account.kinds[kind]].map((record) => line(kind, rendered(account, kind, record), account.kinds[kind].key)),
  );
  const relations = [...relationsTable(account)].map((record) => line("relations", record, "key"));
  const hooks = [...account.webhooks.values()].map((hook) => line("webhooks", { ...hook, created_at: null }, "id"));
  return `${[...lines, ...relations, ...hooks].sort().join("\n")}\n`;
}

function line(kind: string, record: DataRecord, key: string): string {
  const { custom_fields, ...rest } = record;
  const kept = Object.fromEntries(Object.entries(rest).filter(([name]) => !touched.has(name)));
  const custom = Array.isArray(custom_fields)
    ? { custom_fields: [...(custom_fields as readonly DataRecord[])].sort((a, b) => definitionOf(a) - definitionOf(b)) }
    : {};
  return `${kind} ${String(record[key])} ${JSON.stringify(sorted({ ...kept, ...custom }))}`;
}

function definitionOf(value: DataRecord): number {
  return Number(value.custom_field_definition_id);
}

/** Fields in the order of their names, however they came to be set. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, member]) => [name, sorted(member)]));
}

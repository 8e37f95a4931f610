import type { Field, WantedTable } from "@fieldwright/connector-kit";
import { VendorError } from "@fieldwright/connector-kit";
import { quoteName, quotePath } from "@fieldwright/connector-kit/sql";
import type { Table } from "./table.js";

export interface SchemaPlan {
  readonly stream: string;
  readonly wanted: WantedTable;
  readonly schemas: readonly string[];
  /** Schemas that are there already. */
  readonly existing: readonly string[];
  readonly table?: Table;
}

/** The statements that a table needs to take these fields. They create and add; nothing is dropped, renamed or retyped. */
export function plannedSchema(plan: SchemaPlan): readonly string[] {
  const { table, wanted } = plan;
  if (!table) return newTable(plan);
  const lacking = Object.entries(wanted.fields).filter(([name]) => !table.columns.some((column) => column.name === name));
  if (lacking.length === 0) return [];
  if (table.kind === "view") {
    throw new VendorError(`${plan.stream} is a view without ${lacking.map(([name]) => `"${name}"`).join(", ")}.`, {
      code: "sql/view",
      next: "stop-stream",
      hint: "Name a table as the target, or change the view yourself.",
    });
  }
  const columns = lacking.map(([name, field]) => `add column ${quoteName(name)} ${columnType(field)}${referenceOf(name, plan)}`);
  return [`alter table ${table.path}\n  ${columns.join(",\n  ")}`];
}

function newTable(plan: SchemaPlan): readonly string[] {
  const { wanted, existing, stream, schemas } = plan;
  const names = Object.keys(wanted.fields);
  const [schema, name] = placeOf(stream, schemas);
  const key = wanted.key ?? names[0];
  if (key === undefined)
    throw new VendorError(`No field is known for the new table ${stream}.`, {
      code: "sql/no-fields",
      next: "stop-stream",
      hint: "Give the sync fields.",
    });
  const fields = wanted.fields[key] === undefined ? { [key]: { type: "text" } as Field, ...wanted.fields } : wanted.fields;
  const columns = Object.entries(fields).map(
    ([field, described]) => `${quoteName(field)} ${columnType(described)}${field === key ? " primary key" : ""}${referenceOf(field, plan)}`,
  );
  const statements = [`create table ${quotePath(schema, name)} (\n  ${columns.join(",\n  ")}\n)`];
  return existing.includes(schema) ? statements : [`create schema if not exists ${quoteName(schema)}`, ...statements];
}

/** Schema and table of a stream's name. */
export function placeOf(stream: string, schemas: readonly string[]): readonly [schema: string, table: string] {
  const other = schemas.slice(1).find((schema) => stream.startsWith(`${schema}.`));
  return other === undefined ? [schemas[0] ?? "public", stream] : [other, stream.slice(other.length + 1)];
}

function referenceOf(field: string, { wanted, schemas }: SchemaPlan): string {
  const reference = wanted.references?.[field];
  if (!reference) return "";
  return ` references ${quotePath(...placeOf(reference.stream, schemas))} (${quoteName(reference.field)})`;
}

const types: Readonly<Record<Exclude<Field["type"], "datetime" | "list">, string>> = {
  text: "text",
  integer: "bigint",
  number: "double precision",
  decimal: "numeric",
  boolean: "boolean",
  date: "date",
  time: "time",
  uuid: "uuid",
  json: "jsonb",
  object: "jsonb",
};

/** Text has no limit here, whatever the source says about its length: a limit that proves wrong would only hold records. */
function columnType(field: Field): string {
  if (field.type === "datetime") return field.zoneless ? "timestamp" : "timestamptz";
  if (field.type !== "list") return types[field.type];
  const member = field.of;
  if (!member || member.type === "list" || member.type === "object" || member.type === "json") return "jsonb";
  return `${columnType(member)}[]`;
}

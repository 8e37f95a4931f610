import type { DataRecord } from "@fieldwright/connector-kit";
import type { Field } from "./field.js";
import type { ModuleTable } from "./module-table.js";
import { momentOf } from "./moments.js";
import type { Org } from "./org.js";
import { type Complaint, complaint } from "./refusal.js";

export interface Incoming {
  readonly org: Org;
  readonly table: ModuleTable;
  readonly body: DataRecord;
  /** Its place in `data`. */
  readonly index: number;
  /** Absent for a record that is to be created. */
  readonly id?: string | undefined;
}

/** What Zoho has against a record, or what of it will be stored. Unknown and read-only fields are passed over without a word. */
export function checkRecord(incoming: Incoming): { readonly complaint: Complaint } | { readonly set: DataRecord } {
  const { table, body, id } = incoming;
  const set: Record<string, unknown> = {};
  for (const field of table.module.fields) {
    const value = body[field.name] === "" ? null : body[field.name];
    const isMissing = value === null || (value === undefined && id === undefined);
    if (field.mandatory && isMissing) return { complaint: missing(incoming, field.name) };
    if (value === undefined || field.readOnly) continue;
    const wrong = value === null ? undefined : (wrongValue(incoming, field, value) ?? taken(incoming, field, value));
    if (wrong !== undefined) return { complaint: wrong };
    set[field.name] = storedValue(field, value);
  }
  return { set };
}

export function missing({ index }: Pick<Incoming, "index">, name: string): Complaint {
  return complaint("MANDATORY_NOT_FOUND", "required field not found", { api_name: name, json_path: `$.data[${index}].${name}` });
}

export function unknownId({ index }: Pick<Incoming, "index">, name = "id"): Complaint {
  return complaint("INVALID_DATA", "the id given seems to be invalid", { api_name: name, json_path: `$.data[${index}].${name}` });
}

function wrongValue(incoming: Incoming, field: Field, value: unknown): Complaint | undefined {
  const invalid = (details: DataRecord) =>
    complaint("INVALID_DATA", "invalid data", { api_name: field.name, json_path: `$.data[${incoming.index}].${field.name}`, ...details });
  const expected = misfit(field, value);
  if (expected !== undefined) return invalid({ expected_data_type: expected });
  if (typeof value === "string" && field.json === "string" && value.length > field.length) return invalid({ maximum_length: field.length });
  if (field.picks !== undefined && incoming.org.settings.strictPicklists) {
    const given: readonly unknown[] = Array.isArray(value) ? value : [value];
    if (given.some((one) => !field.picks?.includes(String(one)))) return invalid({ supported_values: field.picks });
  }
  if (field.type === "lookup" && incoming.org.tableIfAny(field.to ?? "")?.record(idOf(value)) === undefined)
    return unknownId(incoming, field.name);
  return undefined;
}

/** The type that was expected, where the value has another one. */
function misfit(field: Field, value: unknown): string | undefined {
  switch (field.json) {
    case "boolean":
      return typeof value === "boolean" ? undefined : "boolean";
    case "integer":
      return Number.isInteger(value) ? undefined : "integer";
    case "double":
      return typeof value === "number" ? undefined : "double";
    case "jsonarray":
      return Array.isArray(value) ? undefined : "jsonarray";
    case "jsonobject":
      return typeof value === "object" || typeof value === "string" ? undefined : "jsonobject";
    default:
  }
  if (typeof value !== "string") return field.type === "datetime" ? "datetime" : field.type === "date" ? "date" : "text";
  if (field.type === "date" && !/^\d{4}-\d\d-\d\d$/.test(value)) return "date";
  if (field.type === "datetime" && momentOf(value) === undefined) return "datetime";
  if (field.type === "email" && !/^[^@\s]+@[^@\s]+$/.test(value)) return "email";
  if (field.type === "bigint" && !/^-?\d{1,18}$/.test(value)) return "bigint";
  return undefined;
}

function taken({ org, table, index, id }: Incoming, field: Field, value: unknown): Complaint | undefined {
  const holder = field.unique ? table.holderOf(field.name, value) : undefined;
  if (holder === undefined || holder === id) return undefined;
  const owner = org.user(table.record(holder)?.Owner);
  return complaint("DUPLICATE_DATA", "duplicate data", {
    api_name: field.name,
    json_path: `$.data[${index}].${field.name}`,
    id: holder,
    duplicate_record: {
      id: holder,
      Owner: { name: owner.name, id: owner.id },
      module: { api_name: table.module.name, id: `${table.module.number}` },
    },
    more_records: false,
  });
}

function storedValue(field: Field, value: unknown): unknown {
  if (value === null) return field.json === "jsonarray" ? [] : null;
  if (field.type === "lookup" || field.type === "ownerlookup") return idOf(value);
  return field.type === "datetime" ? momentOf(value) : value;
}

function idOf(value: unknown): string {
  return typeof value === "object" && value !== null && "id" in value ? String(value.id) : String(value);
}

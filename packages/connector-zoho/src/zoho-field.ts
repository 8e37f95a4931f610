import type { DataRecord, Field } from "@fieldwright/connector-kit";

/** A field as the organisation's settings tell it; versions name and leave out keys differently, so all is read with care. */
export interface ZohoField {
  readonly name: string;
  readonly type: string;
  readonly json: string;
  readonly field: Field;
  /** The module that a lookup leads to. */
  readonly to?: string;
  readonly unique: boolean;
}

const person: Readonly<Record<string, Field>> = { id: { type: "text" }, name: { type: "text" }, email: { type: "text" } };
const plainTypes: Readonly<Record<string, Field["type"]>> = {
  date: "date",
  datetime: "datetime",
  integer: "integer",
  double: "number",
  currency: "number",
  percent: "number",
  boolean: "boolean",
  bigint: "text", // up to 18 digits, as text
  autonumber: "text",
};
const jsonTypes: Readonly<Record<string, Field["type"]>> = {
  integer: "integer",
  double: "number",
  boolean: "boolean",
  jsonarray: "list",
  jsonobject: "object",
};

export function zohoFieldOf(row: DataRecord): ZohoField {
  const name = String(row.api_name);
  const type = String(row.data_type ?? "text");
  const json = String(row.json_type ?? "string");
  const to = ((row.lookup ?? {}) as { module?: { api_name?: unknown } }).module?.api_name;
  return {
    name,
    type,
    json,
    unique: typeof row.unique === "object" && row.unique !== null && Object.keys(row.unique).length > 0,
    ...(typeof to === "string" && type === "lookup" ? { to } : {}),
    field: { ...shapeOf(row, type, json), ...rightsOf(row) },
  };
}

function shapeOf(row: DataRecord, type: string, json: string): Field {
  if (type === "multiselectpicklist") return { type: "list", of: { type: "text", ...optionsIn(row) } };
  if (json === "jsonarray") return { type: "list" };
  if (type === "lookup") return { type: "object", fields: { id: { type: "text" }, name: { type: "text" } }, about: "Written as { id }." };
  if (type === "ownerlookup" || type === "userlookup") return { type: "object", fields: person, about: "Written as { id } or { email }." };
  const known = plainTypes[type] ?? jsonTypes[json];
  if (known !== undefined) return { type: known };
  if (type === "picklist") return { type: "text", ...optionsIn(row) };
  const length = Number(row.length);
  return { type: "text", ...(Number.isInteger(length) && length > 0 ? { maxLength: length } : {}) };
}

/** Old values may stand in records long after they left the list, so these are the values to write, not all there are. */
function optionsIn(row: DataRecord): Pick<Field, "about"> {
  const values = Array.isArray(row.pick_list_values) ? (row.pick_list_values as readonly DataRecord[]) : [];
  const used = values.filter((value) => value.type !== "unused").map((value) => String(value.actual_value));
  return used.length === 0 ? {} : { about: `One of: ${used.join(", ")}.` };
}

function rightsOf(row: DataRecord): Pick<Field, "required" | "readOnly"> {
  const may = (row.operation_type ?? {}) as { api_create?: unknown; api_update?: unknown };
  const isReadOnly =
    row.read_only === true ||
    row.field_read_only === true ||
    (may.api_create === false && may.api_update === false) ||
    row.data_type === "formula";
  if (isReadOnly) return { readOnly: true };
  return {
    ...(row.system_mandatory === true ? { required: true } : {}),
    ...(may.api_update === false ? { readOnly: "after-create" as const } : {}),
  };
}

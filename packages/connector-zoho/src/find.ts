import { type Call, type DataRecord, VendorError } from "@fieldwright/connector-kit";
import type { Api } from "./api.js";
import type { Module } from "./modules.js";
import { dataOf, recordsByIds } from "./record-pages.js";

export interface Wanted {
  readonly module: Module;
  readonly field: string;
  readonly values: readonly unknown[];
}

/** COQL finds the ids: unlike the search it needs no index, which may be minutes behind. It ignores case, so what it gives is looked at again. */
export async function find(api: Api, { module, field, values }: Wanted, call: Call): Promise<readonly DataRecord[]> {
  const wanted = [...new Set(values.filter((value) => value !== null && value !== undefined && value !== "").map(String))];
  if (wanted.length === 0) return [];
  const name = field.replace(/\.id$/, "");
  if (field === "id") return recordsByIds(api, module, { ids: wanted.filter(isId), call });
  const known = module.fields.find((one) => one.name === name);
  if (known === undefined)
    throw new VendorError(`${module.name} has no field ${name} to find records by.`, {
      code: "zoho/no-such-field",
      next: "stop-stream",
      field: name,
      hint: "Fields go by their API names.",
    });
  // A text where Zoho wants an id or a number would be refused with the whole query, and no record can have it.
  const askable = wanted.filter((value) => (known.to !== undefined ? isId(value) : isFit(known.field.type, value)));
  const ids = new Set<string>();
  for (let at = 0; at < askable.length; at += api.assumptions.coqlValues) {
    const some = askable.slice(at, at + api.assumptions.coqlValues).map((value) => literal(known.field.type, value));
    for (const id of await idsWhere(api, { module: module.name, condition: `${name} in (${some.join(", ")})` }, call)) ids.add(id);
  }
  const records = await recordsByIds(api, module, { ids: [...ids], call });
  return records.filter((record) => wanted.includes(plain(record[name])));
}

/** By ids that rise, so that nothing is passed over when records change meanwhile. */
async function idsWhere(api: Api, of: { readonly module: string; readonly condition: string }, call: Call): Promise<readonly string[]> {
  const ids: string[] = [];
  const { coqlRows } = api.assumptions;
  for (;;) {
    const after = ids.at(-1);
    const where = after === undefined ? of.condition : `(${of.condition}) and (id > '${after}')`;
    const select_query = `select id from ${of.module} where ${where} order by id asc limit 0, ${coqlRows}`;
    const answer = await api.send({ method: "POST", path: "/crm/v8/coql", json: { select_query }, safeToRepeat: true }, call);
    const rows = dataOf(answer.body);
    ids.push(...rows.map((row) => String(row.id)));
    if (rows.length < coqlRows) return ids;
  }
}

function literal(type: string, value: string): string {
  return isNumeric(type) || type === "boolean" ? value : `'${value.replaceAll("'", "''")}'`;
}

function isFit(type: string, value: string): boolean {
  if (type === "boolean") return value === "true" || value === "false";
  return !isNumeric(type) || /^-?\d+(\.\d+)?$/.test(value);
}

function isNumeric(type: string): boolean {
  return type === "integer" || type === "number";
}

export function isId(value: string): boolean {
  return /^\d{1,20}$/.test(value);
}

function plain(value: unknown): string {
  return typeof value === "object" && value !== null && "id" in value ? String(value.id) : String(value);
}

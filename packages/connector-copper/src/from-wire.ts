import { type Call, type DataRecord, VendorError } from "@fieldwright/connector-kit";
import { type Api, isObject } from "./api.js";
import type { CustomField, Definition } from "./definitions.js";
import { linksOf } from "./links.js";
import type { Model } from "./model.js";
import { closeDateFrom, customFrom, momentFrom } from "./wire-values.js";

/** Records as specs see them: times in ISO, custom fields by name, options by label. */
export async function fromWire(api: Api, model: Model, rows: readonly DataRecord[], call: Call): Promise<readonly DataRecord[]> {
  const reader = { api, model, late: lateDefinitions(api) };
  const records: DataRecord[] = [];
  for (const row of rows) {
    const record = await recordFrom(reader, row, call);
    const links = model.connected.length === 0 ? {} : await linksOf(api, model, { id: row.id, call });
    records.push({ ...record, ...links });
  }
  return records;
}

interface Reader {
  readonly api: Api;
  readonly model: Model;
  readonly late: (id: number, call: Call) => Promise<Definition | undefined>;
}

async function recordFrom(reader: Reader, row: DataRecord, call: Call): Promise<DataRecord> {
  const { api, model } = reader;
  const entries: [string, unknown][] = [];
  for (const [name, value] of Object.entries(row)) {
    if (name === "custom_fields") continue;
    const type = model.kind.fields[name]?.type;
    entries.push([name, type === "datetime" ? momentFrom(value) : name === "close_date" ? closeDateFrom(api, value) : value]);
  }
  if ("email_address" in model.kind.fields) entries.push(["email_address", mailIn(row)]);
  if ("phone_number" in model.kind.fields) entries.push(["phone_number", firstIn(row.phone_numbers, "number")]);
  for (const [name, value] of await customEntries(reader, row, call)) entries.push([name, value]);
  return Object.fromEntries(entries);
}

async function customEntries(reader: Reader, row: DataRecord, call: Call): Promise<readonly (readonly [string, unknown])[]> {
  const entries: [string, unknown][] = [];
  for (const one of Array.isArray(row.custom_fields) ? row.custom_fields : []) {
    if (!isObject(one)) continue;
    const custom = reader.model.byId.get(Number(one.custom_field_definition_id));
    // A field that was made after the fields were loaded: the next load knows it.
    if (!custom || custom.definition.type === "Connect") continue;
    const value = customFrom(reader.api, custom, one.value);
    entries.push([custom.name, value === undefined ? await lateValue(reader, custom, { one, row, call }) : value]);
  }
  return entries;
}

interface Odd {
  readonly one: DataRecord;
  readonly row: DataRecord;
  readonly call: Call;
}

/** An option that was added after the fields were loaded. */
async function lateValue({ api, late }: Reader, custom: CustomField, { one, row, call }: Odd): Promise<unknown> {
  const definition = await late(custom.definition.id, call);
  const value = definition && customFrom(api, { ...custom, definition }, one.value);
  if (value !== undefined) return value;
  throw new VendorError(
    `Copper's record ${String(row.id)} has in "${custom.name}" the option ${JSON.stringify(one.value)}, which the field does not list.`,
    {
      code: "copper/unknown-option",
      next: "stop-stream",
      field: custom.name,
      hint: "Somebody may be changing this field's options now. Run again; if it stays so, save the record anew in Copper.",
    },
  );
}

/** Loaded at most once a page, and only when something unknown turns up. */
function lateDefinitions(api: Api): Reader["late"] {
  let loading: Promise<readonly Definition[]> | undefined;
  return async (id, call) => {
    loading ??= api.definitions(call);
    return (await loading).find((definition) => definition.id === id);
  };
}

function mailIn(row: DataRecord): unknown {
  return isObject(row.email) ? (row.email.email ?? null) : firstIn(row.emails, "email");
}

function firstIn(list: unknown, part: string): unknown {
  const [first] = Array.isArray(list) ? list : [];
  return isObject(first) ? (first[part] ?? null) : null;
}

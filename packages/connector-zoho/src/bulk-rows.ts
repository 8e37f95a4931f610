import { Readable } from "node:stream";
import type { DataRecord } from "@fieldwright/connector-kit";
import { VendorError } from "@fieldwright/connector-kit";
import { parse } from "csv-parse";
import { unzipSync } from "fflate";
import type { Api } from "./api.js";
import type { Module } from "./modules.js";
import type { ZohoField } from "./zoho-field.js";

/** The records in a zip with one CSV in it, whose header holds API names and `Id`. */
export async function* bulkRows(api: Api, module: Module, zip: Uint8Array): AsyncGenerator<DataRecord> {
  const csv = csvIn(zip);
  const rows = Readable.from([Buffer.from(csv)]).pipe(parse({ columns: true, bom: true, relax_column_count: false }));
  for await (const row of rows as AsyncIterable<Readonly<Record<string, string>>>) {
    const record: Record<string, unknown> = { id: row.Id ?? row.id };
    for (const field of module.fields) record[field.name] = valueIn(field, row[field.name] ?? "", api.assumptions.bulkSeparator);
    yield record;
  }
}

function csvIn(zip: Uint8Array): Uint8Array {
  try {
    const [csv] = Object.values(unzipSync(zip));
    if (csv !== undefined) return csv;
  } catch (cause) {
    throw broken(cause);
  }
  throw broken(undefined);
}

function broken(cause: unknown): VendorError {
  return new VendorError("Zoho's bulk result is no zip with a CSV in it.", { code: "zoho/bulk-broken", next: "retry", cause });
}

/** A cell is text; an empty one is nothing, as a list of records says it. */
function valueIn(field: ZohoField, text: string, separator: string): unknown {
  const { type } = field.field;
  if (type === "list") {
    const parts = text === "" ? [] : text.split(separator);
    return field.name === "Tag" ? parts.map((name) => ({ name })) : parts;
  }
  if (text === "") return null;
  if (type === "object") return { id: text };
  if (type === "boolean") return text.toLowerCase() === "true";
  return type === "integer" || type === "number" ? Number(text) : text;
}

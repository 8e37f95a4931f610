import type { Call, DataRecord } from "@fieldwright/connector-kit";
import type { Api } from "./api.js";
import type { Declaration } from "./declaration.js";
import { listAll, listByMany } from "./list.js";

/** The records with these keys; those that do not exist are left out. */
export async function getRecords(
  api: Api,
  stream: Declaration,
  { keys, call }: { keys: readonly string[]; call: Call },
): Promise<readonly DataRecord[]> {
  // Anything but a number would be refused, and with it the whole request.
  const values = [...new Set(keys)].filter((key) => /^\d{1,18}$/.test(key));
  if (values.length === 0) return [];
  if (stream.getBy === "ids") return listByMany(api, stream, { parameter: "ids", values, call });
  const wanted = new Set(values);
  return (await listAll(api, stream, { query: {}, call })).filter((record) => wanted.has(String(record.id)));
}

/** Every record with one of these values; ServiceTitan's filters of text may find more than was asked for. */
export async function findRecords(
  api: Api,
  stream: Declaration,
  { field, values, call }: { field: string; values: readonly unknown[]; call: Call },
): Promise<readonly DataRecord[]> {
  const parameter = stream.finds?.[field];
  if (parameter === undefined) return [];
  const isId = stream.fields[field]?.type === "integer";
  const wanted = new Set(values.map(String).filter((value) => !isId || /^\d{1,18}$/.test(value)));
  const found = new Map<string, DataRecord>();
  for (const value of wanted) {
    const rows = await listAll(api, stream, { query: { [parameter]: value }, call });
    for (const row of rows) if (String(row[field]) === value) found.set(String(row[stream.key ?? "id"]), row);
  }
  return [...found.values()];
}

import { type Call, type DataRecord, VendorError } from "@fieldwright/connector-kit";
import type { Api } from "../api.js";
import type { Declaration } from "../declaration.js";
import { getRecords } from "../get.js";

/** The record as it is now. */
export async function currentOf(
  api: Api,
  stream: Declaration,
  { key, call }: { readonly key: string; readonly call: Call },
): Promise<DataRecord> {
  const [record] = await getRecords(api, stream, { keys: [key], call });
  if (record !== undefined) return record;
  throw new VendorError(`ServiceTitan has no record ${key} in ${stream.name}.`, { code: "servicetitan/not-found", next: "hold-record" });
}

/** ServiceTitan may take what is not sent for removed: all values go along, the new ones in place of the old. */
export function allCustomFields(current: unknown, given: unknown): unknown {
  if (!Array.isArray(given)) return given;
  const byType = new Map<unknown, unknown>();
  for (const { typeId, value } of [...asList(current), ...asList(given)]) byType.set(Number(typeId), value);
  return [...byType]
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([typeId, value]) => ({ typeId, value: String(value) }));
}

function asList(value: unknown): readonly { readonly typeId?: unknown; readonly value?: unknown }[] {
  return Array.isArray(value) ? value : [];
}

import type { Call, DataRecord } from "@fieldwright/connector-kit";
import type { Api } from "./api.js";
import { fromWire } from "./from-wire.js";
import type { Model } from "./model.js";

interface Asked {
  readonly keys: readonly string[];
  readonly call: Call;
}

/** Few keys are asked for one by one; many are searched for, and only those that the search does not show are asked for. */
export async function getEntities(api: Api, model: Model, { keys, call }: Asked): Promise<readonly DataRecord[]> {
  const ids = [...new Set(keys.filter(isId))];
  const found = ids.length > api.assumptions.singleGets ? await searched(api, model, { keys: ids, call }) : [];
  const known = new Set(found.map((row) => String(row.id)));
  const missing = ids.filter((id) => !known.has(id));
  const rows = [...found];
  for (const id of missing) {
    const row = await api.recordIfAny(`/${model.kind.path}/${id}`, call);
    if (row) rows.push(row);
  }
  const rest = missing.filter((id) => !rows.some((row) => String(row.id) === id));
  // A converted lead is gone but for a search that asks for such.
  if (model.kind.path === "leads" && api.options.convertedLeads && found.length === 0 && rest.length > 0)
    rows.push(...(await searched(api, model, { keys: rest, call })));
  return fromWire(api, model, rows, call);
}

export function isId(key: string): boolean {
  return /^[1-9]\d{0,15}$/.test(key);
}

async function searched(api: Api, { kind }: Model, { keys, call }: Asked): Promise<readonly DataRecord[]> {
  const rows: DataRecord[] = [];
  const size = api.assumptions.maxPageSize;
  const always = kind.path === "leads" && api.options.convertedLeads ? { include_converted_leads: true } : {};
  for (let from = 0; from < keys.length; from += size) {
    const ids = keys.slice(from, from + size).map(Number);
    const found = await api.search(`/${kind.path}`, { ...always, ids, page_number: 1, page_size: size }, call);
    rows.push(...found.rows.filter((row) => ids.includes(Number(row.id))));
  }
  return rows;
}

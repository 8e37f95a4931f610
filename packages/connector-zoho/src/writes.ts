import { type Call, type DataRecord, type Outcome, type Update, VendorError } from "@fieldwright/connector-kit";
import type { Api } from "./api.js";
import { complaintIn } from "./errors.js";
import type { Module } from "./modules.js";
import { pathOf } from "./record-pages.js";
import { refusalOf } from "./refusals.js";

export interface Target {
  readonly api: Api;
  readonly module: Module;
}

export async function createRecords({ api, module }: Target, records: readonly DataRecord[], call: Call): Promise<readonly Outcome[]> {
  if (records.length === 0) return [];
  const json = { data: records, trigger: api.options.trigger };
  const items = await api.each({ method: "POST", path: pathOf(module), json, safeToRepeat: false, credits: priceOf(records) }, call);
  return outcomes({ module, items, count: records.length }, () => true);
}

/** An update that carries `Modified_Time` is carried out only if the record has not changed since. */
export async function updateRecords(target: Target, updates: readonly Update[], call: Call): Promise<readonly Outcome[]> {
  const groups = new Map<string, number[]>();
  updates.forEach((update, index) => {
    const stamp = typeof update.set.Modified_Time === "string" ? update.set.Modified_Time : "";
    groups.set(stamp, [...(groups.get(stamp) ?? []), index]);
  });
  const all: Outcome[] = [];
  for (const [stamp, places] of groups) {
    const some = places.flatMap((place) => updates[place] ?? []);
    const told = await afterOthers(all, () => updateGroup(target, { updates: some, stamp }, call), some.length);
    places.forEach((place, n) => {
      const outcome = told[n];
      if (outcome !== undefined) all[place] = outcome;
    });
  }
  return all;
}

/** What an earlier call did must be told, so a later one that fails is told as outcomes too. */
async function afterOthers(done: readonly Outcome[], work: () => Promise<readonly Outcome[]>, count: number): Promise<readonly Outcome[]> {
  if (done.length === 0) return work();
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
    return Array.from({ length: count }, (): Outcome => ({ ok: false, error }));
  }
}

interface Group {
  readonly updates: readonly Update[];
  readonly stamp: string;
}

async function updateGroup({ api, module }: Target, { updates, stamp }: Group, call: Call): Promise<readonly Outcome[]> {
  const data = updates.map(({ key, set: { Modified_Time: _stamp, ...set } }) => ({ ...set, id: key }));
  const headers = stamp === "" ? {} : { headers: { [api.assumptions.unmodifiedHeader]: stamp } };
  const json = { data, trigger: api.options.trigger };
  const items = await api.each({ method: "PUT", path: pathOf(module), json, credits: priceOf(data), ...headers }, call);
  return outcomes({ module, items, count: data.length }, () => false);
}

/** `on` becomes Zoho's `duplicate_check_fields`: tried in this order, each by itself. */
export async function upsertRecords(
  { api, module }: Target,
  { records, on }: { readonly records: readonly DataRecord[]; readonly on: readonly string[] },
  call: Call,
): Promise<readonly Outcome[]> {
  if (records.length === 0) return [];
  const fields = on.filter((name) => name !== "id");
  const check = fields.length === 0 ? {} : { duplicate_check_fields: fields };
  const json = { data: records, trigger: api.options.trigger, ...check };
  // Twice does the same as once: the second time finds what the first one made.
  const request = {
    method: "POST",
    path: `${pathOf(module)}/upsert`,
    json,
    safeToRepeat: fields.length > 0,
    credits: priceOf(records),
  } as const;
  const items = await api.each(request, call);
  return outcomes({ module, items, count: records.length }, (item) => item.action === "insert");
}

/** To the recycle bin, where Zoho keeps records for a while. */
export async function deleteRecords({ api, module }: Target, keys: readonly string[], call: Call): Promise<readonly Outcome[]> {
  if (keys.length === 0) return [];
  const query = { ids: keys, wf_trigger: api.options.trigger.includes("workflow") };
  const items = await api.each({ method: "DELETE", path: pathOf(module), query }, call);
  return outcomes({ module, items, count: keys.length }, () => false);
}

/** One call a record: a call for many may be put off by Zoho, and then nobody knows what became of them. */
export async function restoreRecords({ api, module }: Target, keys: readonly string[], call: Call): Promise<readonly Outcome[]> {
  const all: Outcome[] = [];
  for (const key of keys) {
    const path = `/crm/v8/settings/recycle_bin/${encodeURIComponent(key)}/actions/restore`;
    all.push(await restoreOne({ api, module }, { path, key, isFirst: all.length === 0 }, call));
  }
  return all;
}

async function restoreOne(
  { api, module }: Target,
  { path, key, isFirst }: { readonly path: string; readonly key: string; readonly isFirst: boolean },
  call: Call,
): Promise<Outcome> {
  try {
    const items = await api.each({ method: "POST", path, safeToRepeat: true }, call);
    return outcomes({ module, items, count: 1 }, () => false)[0] ?? lost(module);
  } catch (error) {
    if (!(error instanceof VendorError) || (error.next !== "hold-record" && isFirst)) throw error;
    const hint = "It may have been emptied out of the recycle bin, or its parent record is deleted too: restore that one first.";
    return {
      ok: false,
      error: new VendorError(`${module.name} ${key} cannot be restored: ${error.message}`, {
        code: error.code,
        next: error.next,
        inDoubt: error.inDoubt,
        hint,
      }),
    };
  }
}

interface Told {
  readonly module: Module;
  readonly items: readonly DataRecord[];
  readonly count: number;
}

/** Zoho keeps the order of the records. */
function outcomes({ module, items, count }: Told, isCreated: (item: DataRecord) => boolean): readonly Outcome[] {
  return Array.from({ length: count }, (_, index): Outcome => {
    const item = items[index];
    if (item === undefined) return lost(module);
    const complaint = complaintIn(item);
    if (complaint !== undefined && item.status === "error") return { ok: false, error: refusalOf(complaint, module.name) };
    const id = ((item.details ?? {}) as DataRecord).id;
    return typeof id === "string" ? { ok: true, key: id, created: isCreated(item) } : lost(module);
  });
}

function lost(module: Module): Outcome {
  const error = new VendorError(`Zoho did not say what became of a ${module.name} record.`, {
    code: "zoho/no-outcome",
    next: "hold-record",
    inDoubt: true,
    hint: "Look in Zoho whether it was written.",
  });
  return { ok: false, error };
}

/** A credit for ten records. */
function priceOf(records: readonly unknown[]): number {
  return Math.max(1, Math.ceil(records.length / 10));
}

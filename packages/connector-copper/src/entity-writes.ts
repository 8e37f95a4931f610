import {
  attempt,
  type Call,
  type DataRecord,
  notTried,
  type Outcome,
  oneByOne,
  outcomeOf,
  stopsAll,
  type Update,
  VendorError,
} from "@fieldwright/connector-kit";
import { type Api, isObject, unknownShape } from "./api.js";
import { bulkSize, sendBulk } from "./bulk.js";
import { refuse } from "./errors.js";
import { fromWire } from "./from-wire.js";
import { isId } from "./get.js";
import { writeLinks } from "./links.js";
import type { Model } from "./model.js";
import { stillSame } from "./still-same.js";
import { thenAlso } from "./then-also.js";
import { type Prepared, toWire } from "./to-wire.js";

interface Item {
  readonly prepared: Prepared;
  /** Of a record that is there; absent for a new one. */
  readonly key?: string;
}

export async function createEntities(
  api: Api,
  model: Model,
  { records, call }: { readonly records: readonly DataRecord[]; readonly call: Call },
): Promise<readonly Outcome[]> {
  return write(api, model, { wanted: records.map((set) => ({ set })), call });
}

export async function updateEntities(
  api: Api,
  model: Model,
  { updates, call }: { readonly updates: readonly Update[]; readonly call: Call },
): Promise<readonly Outcome[]> {
  return write(api, model, { wanted: updates, call });
}

export async function deleteEntities(
  api: Api,
  model: Model,
  { keys, call }: { readonly keys: readonly string[]; readonly call: Call },
): Promise<readonly Outcome[]> {
  return oneByOne(keys, async (key) => {
    const sent = await attempt(() => api.send({ method: "DELETE", path: `/${model.kind.path}/${encodeURIComponent(key)}` }, call));
    // The first try may have done it without an answer; then the second finds nothing left to delete.
    if ("error" in sent && !(sent.error.code === "copper/not-found" && sent.error.inDoubt)) throw sent.error;
    return { ok: true, key, created: false };
  });
}

interface Wanted {
  readonly wanted: readonly { readonly set: DataRecord; readonly key?: string }[];
  readonly call: Call;
}

async function write(api: Api, model: Model, { wanted, call }: Wanted): Promise<readonly Outcome[]> {
  if (wanted.length === 0) return [];
  const same = await stillSame(api, model, { names: wanted.flatMap(({ set }) => Object.keys(set)), call });
  const outcomes: (Outcome | undefined)[] = [];
  const items: { item: Item; index: number }[] = [];
  for (const [index, { set, key }] of wanted.entries()) {
    const named = key === undefined ? {} : { key };
    const made = await attempt(async () => ({ prepared: await toWire(api, model, { set, same, call, ...named }), ...named }));
    if ("error" in made) outcomes[index] = { ok: false, error: made.error };
    else items.push({ item: made.value, index });
  }
  const written = await writeAll(api, model, { items: items.map(({ item }) => item), call });
  for (const [place, { index }] of items.entries()) outcomes[index] = written[place];
  return outcomes.map((outcome) => outcome ?? { ok: false, error: refuse("This record was not tried.") });
}

interface Batch {
  readonly items: readonly Item[];
  readonly call: Call;
}

async function writeAll(api: Api, model: Model, { items, call }: Batch): Promise<readonly Outcome[]> {
  const inBulk = api.assumptions.bulkOn.includes(model.kind.path);
  if (!inBulk || items.length === 1) return oneByOne(items, (item) => writeOne(api, model, { item, call }));
  const outcomes: Outcome[] = [];
  let stop: VendorError | undefined;
  for (let from = 0; from < items.length; from += bulkSize) {
    const chunk = items.slice(from, from + bulkSize);
    const error = stop;
    const done: readonly Outcome[] = error ? chunk.map(() => ({ ok: false, error })) : await writeChunk(api, model, { items: chunk, call });
    const failed = done.find((outcome) => !outcome.ok && stopsAll(outcome.error));
    if (failed && !failed.ok) stop = notTried(failed.error);
    outcomes.push(...done);
  }
  return outcomes;
}

async function writeOne(api: Api, model: Model, { item, call }: { readonly item: Item; readonly call: Call }): Promise<Outcome> {
  const { prepared, key } = item;
  const path = `/${model.kind.path}`;
  const request =
    key === undefined
      ? ({ method: "POST", path, json: prepared.body, safeToRepeat: false } as const)
      : ({ method: "PUT", path: `${path}/${encodeURIComponent(key)}`, json: prepared.body } as const);
  const sent = await attempt(() => api.send(request, call));
  if ("error" in sent) throw await explained(api, model, { error: sent.error, key, call });
  if (!isObject(sent.value)) throw unknownShape(path);
  return finish(api, model, { item, row: sent.value, call });
}

async function writeChunk(api: Api, model: Model, { items, call }: Batch): Promise<readonly Outcome[]> {
  const isUpdate = items[0]?.key !== undefined;
  // An id that cannot be one would spoil the request for all the others.
  if (isUpdate && !items.every(({ key = "" }) => isId(key))) return oneByOne(items, (item) => writeOne(api, model, { item, call }));
  const bodies = items.map(({ prepared, key }) => (key === undefined ? prepared.body : { id: Number(key), ...prepared.body }));
  const doing = isUpdate ? "bulk_update" : "bulk_create";
  const sent = await attempt(() => sendBulk(api, { path: model.kind.path, doing, items: bodies }, call));
  if ("error" in sent) return items.map(() => ({ ok: false, error: sent.error }));
  const outcomes: Outcome[] = [];
  for (const [index, item] of items.entries()) {
    const row = sent.value[index] ?? unknownShape(model.kind.path);
    const outcome = await outcomeOf(async () => {
      if (row instanceof VendorError) throw await explained(api, model, { error: row, key: item.key, call });
      return finish(api, model, { item, row, call });
    });
    outcomes.push(outcome);
  }
  return outcomes;
}

interface Done {
  readonly item: Item;
  readonly row: DataRecord;
  readonly call: Call;
}

/** Links and a person's company take requests of their own, after the record itself. */
export async function finish(api: Api, model: Model, { item, row, call }: Done): Promise<Outcome> {
  const { prepared, key } = item;
  const id = key ?? String(row.id);
  let last = row;
  const done = `Copper ${key === undefined ? "made" : "changed"} ${model.kind.word} ${id}`;
  if (prepared.company !== undefined) {
    const { company } = prepared;
    last = await thenAlso(done, () => moveToCompany(api, { id, company, call }));
  }
  for (const link of prepared.links) await thenAlso(done, () => writeLinks(api, model, { ...link, id, call }));
  const read = await attempt(() => fromWire(api, model, [last], call));
  // The write is done: a failure to look at it is not one to write.
  const record = "value" in read ? read.value[0] : undefined;
  return { ok: true, key: id, created: key === undefined, ...(record ? { record } : {}) };
}

async function moveToCompany(
  api: Api,
  { id, company, call }: { readonly id: string; readonly company: number | null; readonly call: Call },
): Promise<DataRecord> {
  const path = `/people/${encodeURIComponent(id)}/related`;
  const present = (await api.list(`${path}/companies`, call)).map((one) => Number(one.id));
  for (const old of present.filter((one) => one !== company))
    await api.send({ method: "DELETE", path, json: { resource: { id: old, type: "company" } } }, call);
  if (company !== null && !present.includes(company))
    await api.send({ method: "POST", path, json: { resource: { id: company, type: "company" } }, safeToRepeat: true }, call);
  return (await api.recordIfAny(`/people/${encodeURIComponent(id)}`, call)) ?? {};
}

interface Failed {
  readonly error: VendorError;
  readonly key: string | undefined;
  readonly call: Call;
}

/** A lead that is not found may have been converted, and then somebody has to look at the person that it became. */
async function explained(api: Api, { kind }: Model, { error, key, call }: Failed): Promise<VendorError> {
  if (kind.path !== "leads" || key === undefined || error.code !== "copper/not-found" || !isId(key)) return error;
  const body = { include_converted_leads: true, ids: [Number(key)], page_number: 1, page_size: 1 };
  const found = await attempt(() => api.search("/leads", body, call));
  const lead = "value" in found ? found.value.rows.find((row) => String(row.id) === key) : undefined;
  if (typeof lead?.converted_at !== "number") return error;
  const person = typeof lead.converted_contact_id === "number" ? ` to person ${lead.converted_contact_id}` : "";
  return new VendorError(`Lead ${key} was converted${person}, so Copper takes no more changes of it.`, {
    code: "copper/lead-converted",
    next: "hold-record",
    hint: "Write to the person, company or opportunity that it became.",
  });
}

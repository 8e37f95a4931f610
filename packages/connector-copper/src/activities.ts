import {
  attempt,
  type Call,
  type DataRecord,
  defineStream,
  type Field,
  type Outcome,
  oneByOne,
  type Page,
  type ReadRequest,
  type Stream,
  VendorError,
} from "@fieldwright/connector-kit";
import { type Api, isObject, unknownShape } from "./api.js";
import { bulkSize, sendBulk } from "./bulk.js";
import { secondsOf } from "./entities.js";
import { refuse } from "./errors.js";
import { isId } from "./get.js";
import { walk } from "./walk.js";
import { momentFrom, secondsFrom } from "./wire-values.js";

const moment: Field = { type: "datetime", readOnly: true };
const fields: Readonly<Record<string, Field>> = {
  id: { type: "integer", readOnly: true },
  parent: { type: "object", required: true, readOnly: "after-create", fields: { id: { type: "integer" }, type: { type: "text" } } },
  type: {
    type: "object",
    required: true,
    readOnly: "after-create",
    fields: { id: { type: "integer" }, category: { type: "text" } },
    about: "Only those of the category user can be written; 0 is a note.",
  },
  user_id: { type: "integer" },
  details: { type: "text", about: "Copper wants it of a new one." },
  activity_date: { type: "datetime" },
  old_value: { type: "json", readOnly: true },
  new_value: { type: "json", readOnly: true },
  date_created: moment,
  date_modified: moment,
};

export function activities(api: Api): Stream {
  return defineStream({
    name: "activities",
    about: "Notes, calls, meetings and what Copper notes down itself, newest first. They can be asked for by their own date only.",
    key: "id",
    fields,
    open: true,
    cursor: {
      field: "activity_date",
      type: "datetime",
      granularity: "second",
      filter: true,
      overlap: api.assumptions.activityOverlapDays * 86_400_000,
    },
    window: { field: "activity_date" },
    references: { user_id: "users" },
    listing: { maxPageSize: api.assumptions.maxPageSize, complete: "by-page", total: true },
    batchSize: bulkSize,
    sideEffects: "An activity may count as an interaction with its parent. Deleting is for good.",
    read: (request, call) => readActivities(api, request, call),
    get: (keys, call) => getActivities(api, keys, call),
    create: (records, call) => createActivities(api, records, call),
    update: (updates, call) =>
      oneByOne(updates, async ({ key, set }) => {
        const request = { method: "PUT", path: `/activities/${encodeURIComponent(key)}`, json: bodyOf(api, set) } as const;
        return outcome(await api.send(request, call), false);
      }),
    delete: (keys, call) =>
      oneByOne(keys, async (key) => {
        const sent = await attempt(() => api.send({ method: "DELETE", path: `/activities/${encodeURIComponent(key)}` }, call));
        if ("error" in sent && !(sent.error.code === "copper/not-found" && sent.error.inDoubt)) throw sent.error;
        return { ok: true, key, created: false };
      }),
  });
}

async function* readActivities(api: Api, { window, since, until, ...paging }: ReadRequest, call: Call): AsyncGenerator<Page> {
  const from = [secondsOf(since), secondsOf(window && `${window.from}T00:00:00Z`)].filter((one) => one !== undefined);
  const to = [secondsOf(until), secondsOf(window && `${window.to}T23:59:59Z`)].filter((one) => one !== undefined);
  const pages = walk(
    api,
    {
      path: "/activities",
      body: {},
      by: "activity_date",
      direction: "down",
      from: from.length === 0 ? undefined : Math.max(...from),
      to: to.length === 0 ? undefined : Math.min(...to),
      request: paging,
      // People move an activity to another day, and then it may jump over the walk.
      isFixed: false,
    },
    call,
  );
  const isEverything = from.length === 0 && to.length === 0;
  for await (const page of pages)
    yield {
      ...page,
      records: page.records.map(shown),
      ...(page.complete === undefined ? {} : { complete: page.complete && isEverything }),
    };
}

function shown(row: DataRecord): DataRecord {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, fields[name]?.type === "datetime" ? momentFrom(value) : value]),
  );
}

async function getActivities(api: Api, keys: readonly string[], call: Call): Promise<readonly DataRecord[]> {
  const found: DataRecord[] = [];
  for (const key of keys.filter(isId)) {
    const row = await api.recordIfAny(`/activities/${key}`, call);
    if (row) found.push(shown(row));
  }
  return found;
}

async function createActivities(api: Api, records: readonly DataRecord[], call: Call): Promise<readonly Outcome[]> {
  if (!api.assumptions.bulkOn.includes("activities") || records.length < 2 || records.length > bulkSize)
    return oneByOne(records, (record) => createOne(api, record, call));
  const bodies = await Promise.all(records.map((record) => attempt(() => bodyOf(api, record))));
  const items = bodies.flatMap((body) => ("value" in body ? [body.value] : []));
  const sent =
    items.length === 0 ? { value: [] } : await attempt(() => sendBulk(api, { path: "activities", doing: "bulk_create", items }, call));
  let place = 0;
  return bodies.map((body): Outcome => {
    if ("error" in body) return { ok: false, error: body.error };
    if ("error" in sent) return { ok: false, error: sent.error };
    const row = sent.value[place++];
    if (row === undefined || row instanceof VendorError) return { ok: false, error: row ?? unknownShape("/activities") };
    return outcome(row, true);
  });
}

async function createOne(api: Api, record: DataRecord, call: Call): Promise<Outcome> {
  return outcome(await api.send({ method: "POST", path: "/activities", json: bodyOf(api, record), safeToRepeat: false }, call), true);
}

function outcome(row: unknown, created: boolean): Outcome {
  if (!isObject(row)) throw unknownShape("/activities");
  return { ok: true, key: String(row.id), created, record: shown(row) };
}

function bodyOf(api: Api, set: DataRecord): DataRecord {
  const entries = Object.entries(set).filter(([, value]) => value !== undefined);
  for (const [name] of entries)
    if (!fields[name] || fields[name].readOnly === true)
      throw refuse(`Copper does not let ${name} of an activity be written.`, { field: name });
  return Object.fromEntries(
    entries.map(([name, value]) => [name, name === "activity_date" ? secondsFrom(name, value, api.options.timeZone) : value]),
  );
}

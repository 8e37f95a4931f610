import {
  type Call,
  type DataRecord,
  defineStream,
  type Page,
  type ReadRequest,
  type Stream,
  VendorError,
} from "@fieldwright/connector-kit";
import type { Api } from "./api.js";
import { createEntities, deleteEntities, updateEntities } from "./entity-writes.js";
import { findEntities } from "./find.js";
import { fromWire } from "./from-wire.js";
import { getEntities } from "./get.js";
import type { Model } from "./model.js";
import { upsertLeads } from "./upsert-leads.js";
import { walk } from "./walk.js";

/** A stream of leads, people, companies, opportunities, projects or tasks. */
export function entityStream(api: Api, model: Model): Stream {
  const { kind } = model;
  const { assumptions } = api;
  return defineStream({
    name: kind.path,
    about: kind.about,
    key: "id",
    fields: model.fields,
    open: true,
    cursor: {
      field: "date_modified",
      type: "datetime",
      granularity: "second",
      filter: assumptions.modifiedFilterOn.includes(kind.path),
      overlap: assumptions.searchLagSeconds * 1000,
    },
    window: { field: "date_created" },
    references: kind.references,
    volatile: ["interaction_count", "date_last_contacted"],
    listing: { maxPageSize: assumptions.maxPageSize, complete: "by-page", total: true },
    batchSize: 10,
    sideEffects: kind.sideEffects,
    read: (request, call) => readEntities(api, model, { request, call }),
    get: (keys, call) => getEntities(api, model, { keys, call }),
    find: (field, values, call) => findEntities(api, model, { field, values, call }),
    create: (records, call) => createEntities(api, model, { records, call }),
    update: (updates, call) => updateEntities(api, model, { updates, call }),
    delete: (keys, call) => deleteEntities(api, model, { keys, call }),
    ...(kind.path === "leads"
      ? { upsert: (records: readonly DataRecord[], on: readonly string[], call: Call) => upsertLeads(api, model, { records, on, call }) }
      : {}),
  });
}

async function* readEntities(
  api: Api,
  model: Model,
  { request, call }: { readonly request: ReadRequest; readonly call: Call },
): AsyncGenerator<Page> {
  const { window, since, until, ...paging } = request;
  const changed = { from: secondsOf(since), to: secondsOf(until) };
  const wider = api.assumptions.secondsWider;
  const isFiltered = api.assumptions.modifiedFilterOn.includes(model.kind.path);
  const pages = walk(
    api,
    {
      path: `/${model.kind.path}`,
      body: {
        ...alwaysOf(api, model),
        ...(isFiltered && changed.from !== undefined ? { minimum_modified_date: changed.from - wider } : {}),
        ...(isFiltered && changed.to !== undefined ? { maximum_modified_date: changed.to + wider } : {}),
      },
      by: "date_created",
      direction: "up",
      ...(window ? { from: secondsOf(`${window.from}T00:00:00Z`), to: secondsOf(`${window.to}T23:59:59Z`) } : {}),
      request: paging,
      isFixed: true,
    },
    call,
  );
  const isEverything = since === undefined && until === undefined && window === undefined;
  for await (const page of pages) {
    const kept = page.records.filter((record) => isWithin(record.date_modified, changed));
    const records = await fromWire(api, model, kept, call);
    yield { ...page, records, ...(page.complete === undefined ? {} : { complete: page.complete && isEverything }) };
  }
}

/** Converted leads are shown only to who asks for them. */
export function alwaysOf({ options }: Api, { kind }: Model): DataRecord {
  return kind.path === "leads" && options.convertedLeads ? { include_converted_leads: true } : {};
}

export function secondsOf(moment: string | undefined): number | undefined {
  if (moment === undefined) return undefined;
  const ms = Date.parse(moment);
  if (Number.isNaN(ms))
    throw new VendorError(`${moment} is no moment in time.`, {
      code: "copper/no-moment",
      next: "stop-stream",
      hint: "Read the stream in full once.",
    });
  return Math.floor(ms / 1000);
}

export function isWithin(
  seconds: unknown,
  { from, to }: { readonly from?: number | undefined; readonly to?: number | undefined },
): boolean {
  if (typeof seconds !== "number") return true;
  return (from === undefined || seconds >= from) && (to === undefined || seconds <= to);
}

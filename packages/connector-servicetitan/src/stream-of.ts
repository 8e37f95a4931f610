import { defineStream, type Stream, VendorError } from "@fieldwright/connector-kit";
import type { Api } from "./api.js";
import type { Declaration } from "./declaration.js";
import { readFeed } from "./feed.js";
import { findRecords, getRecords } from "./get.js";
import { readList } from "./list.js";
import { type Writes, writing } from "./writing.js";

/** A stream from its declaration: the same for all but for what they are declared to be. */
export function streamOf(api: Api, declared: Declaration, writes: Writes = {}): Stream {
  const { assumptions, recentChanges } = api.options;
  const fed = isFed(api, declared);
  const overlapSeconds = fed && !recentChanges ? assumptions.feedLagSeconds : assumptions.overlapSeconds;
  const get = writes.get ?? (declared.getBy === undefined ? undefined : (keys, call) => getRecords(api, declared, { keys, call }));
  return defineStream({
    name: declared.name,
    about: declared.about,
    fields: declared.fields,
    key: declared.key ?? "id",
    cursor: { field: "modifiedOn", type: "datetime", granularity: "exact", filter: true, overlap: overlapSeconds * 1000 },
    ...(declared.references === undefined ? {} : { references: declared.references }),
    ...(declared.volatile === undefined ? {} : { volatile: declared.volatile }),
    ...(declared.sideEffects === undefined ? {} : { sideEffects: declared.sideEffects }),
    listing: {
      maxPageSize: assumptions.maxPageSize,
      complete: fed ? (recentChanges ? "by-page" : "never") : declared.everything === undefined ? "never" : "by-page",
      total: !fed,
      ...(fed ? {} : { skip: (position) => ({ page: Number(position?.page ?? 1) + 1 }) }),
    },
    batchSize: 100,
    read: (request, call) => (fed ? readFeed(api, declared, { request, call }) : readList(api, declared, { request, call })),
    ...(get === undefined ? {} : { get }),
    ...(declared.finds === undefined
      ? {}
      : {
          async find(field, values, call) {
            if (field !== (declared.key ?? "id") && declared.finds?.[field] === undefined) throw cannotFind(declared, field);
            if (field === (declared.key ?? "id") && get !== undefined) return get(values.map(String), call);
            return findRecords(api, declared, { field, values, call });
          },
        }),
    ...writing(api, declared, { writes, ...(get === undefined ? {} : { get }) }),
  });
}

function isFed(api: Api, { name, feed }: Declaration): boolean {
  return feed !== undefined && (api.options.sources[name] ?? api.options.source) === "feed";
}

function cannotFind({ name, finds }: Declaration, field: string): VendorError {
  return new VendorError(`ServiceTitan cannot look ${name} up by ${field}, only by ${Object.keys(finds ?? {}).join(", ")}.`, {
    code: "servicetitan/cannot-find-by",
    next: "stop-stream",
    hint: "Match on landed data instead.",
  });
}

import { defineStream, type Listing, type Position, type Stream } from "@fieldwright/connector-kit";
import type { Collection } from "../collections/collection.js";
import type { Api } from "./api.js";
import { howChanges } from "./changes.js";
import { findRecords, getRecords } from "./find.js";
import { pageSizeOf } from "./query.js";
import { walk } from "./walk.js";
import { createRecords, deleteRecords, updateRecords } from "./writes.js";

/** A collection of the API as a stream. */
export function apiStream(api: Api, collection: Collection): Stream {
  const { name, about, fields, references, sideEffects } = collection;
  const way = howChanges(api, collection);
  return defineStream({
    name,
    about,
    fields,
    open: true,
    key: "id",
    references,
    listing: listingOf(api, collection),
    ...(sideEffects === undefined ? {} : { sideEffects }),
    ...(collection.read && way !== "none"
      ? {
          cursor: {
            field: "updatedAt",
            type: "datetime",
            granularity: "second",
            filter: true,
            overlap: api.options.assumptions.overlapMs,
          } as const,
        }
      : {}),
    ...(collection.read ? { read: (request, call) => walk(api, { collection, request }, call) } : {}),
    ...(collection.one ? { get: (keys, call) => getRecords(api, { collection, keys }, call) } : {}),
    ...(collection.read && (collection.one || Object.keys(collection.finds).length > 0)
      ? { find: (field, values, call) => findRecords(api, { collection, field, values }, call) }
      : {}),
    ...(collection.create ? { create: (records, call) => createRecords(api, { collection, records }, call) } : {}),
    ...(collection.update ? { update: (updates, call) => updateRecords(api, { collection, updates }, call) } : {}),
    ...(collection.delete ? { delete: (keys, call) => deleteRecords(api, { collection, keys }, call) } : {}),
  } satisfies Stream);
}

function listingOf(api: Api, collection: Collection): Listing {
  const maxPageSize = pageSizeOf(api, collection, { pageSize: Number.MAX_SAFE_INTEGER });
  if (!collection.read) return { maxPageSize, complete: "never", total: false };
  return { maxPageSize, complete: "by-page", total: true, skip: skipPage };
}

/** What was passed over was not read: from there on nothing proves that the listing is whole. */
function skipPage(position: Position | undefined): Position | undefined {
  if (position === undefined || position.way !== "api") return undefined;
  return { ...position, page: Number(position.page) + 1, total: -1 };
}

import { type Call, defineStream, type Field, type Stream } from "@fieldwright/connector-kit";
import type { Collection } from "./collection.js";
import { fieldOf, type IdTypes, referencesIn } from "./fields.js";
import { idField, idOf } from "./ids.js";
import { findBy } from "./look-up.js";
import { readById } from "./read.js";
import type { Site } from "./site.js";
import { createWriter } from "./write.js";

export interface Neighbours {
  readonly idTypes: IdTypes;
  /** Slugs of the collections that are streams too. */
  readonly slugs: ReadonlySet<string>;
}

const moment: Field = { type: "datetime", readOnly: true };
/** The sessions of an auth collection come and go with every login. */
const volatile = ["sessions"];

export function collectionStream(site: Site, collection: Collection, { idTypes, slugs }: Neighbours): Stream {
  const { slug, about, idType, timestamps, schema, seen, rights } = collection;
  const { overlapMs, maxPageSize } = site.options.assumptions;
  const may = (operation: "create" | "read" | "update" | "delete"): boolean =>
    rights?.[operation] !== "none" && (rights !== undefined || site.options.collections !== undefined);
  const writer = createWriter(site, collection, idTypes);
  const references = Object.entries(referencesIn(schema ?? {})).filter(([, to]) => slugs.has(to));
  const look = (field: string, values: readonly unknown[], call: Call) => findBy(site, collection, { field, values, idTypes }, call);
  return defineStream({
    name: slug,
    ...(about === undefined ? {} : { about }),
    key: "id",
    fields: {
      ...Object.fromEntries(seen.map((name): [string, Field] => [name, { type: "json" }])),
      ...Object.fromEntries(Object.entries(schema ?? {}).map(([name, field]): [string, Field] => [name, fieldOf(field, idTypes)])),
      ...(timestamps ? { createdAt: moment, updatedAt: moment } : {}),
      id: idField(idType),
    },
    open: true,
    ...(references.length === 0 ? {} : { references: Object.fromEntries(references) }),
    ...(timestamps
      ? { cursor: { field: "updatedAt", type: "datetime", granularity: "millisecond", filter: true, overlap: overlapMs } }
      : {}),
    ...(timestamps ? { window: { field: "createdAt" } } : {}),
    ...(seen.includes("sessions") || schema?.sessions !== undefined ? { volatile } : {}),
    listing: { maxPageSize, complete: rights?.read === "all" && site.options.identity ? "by-page" : "never", total: true },
    batchSize: 100,
    sideEffects: "The hooks of the collection run: what they do, such as a mail, is up to the site.",
    ...(may("read")
      ? {
          read: (request, call) => readById(site, collection, { request, call }),
          get: (keys, call) =>
            look(
              "id",
              keys.map((key) => idOf(key, idType)),
              call,
            ),
          find: look,
        }
      : {}),
    ...(may("create") ? { create: writer.create } : {}),
    ...(may("update") ? { update: writer.update } : {}),
    ...(may("delete") ? { delete: writer.delete } : {}),
  } satisfies Stream);
}

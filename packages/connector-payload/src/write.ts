import { type Call, type DataRecord, type HttpRequest, type Outcome, type Update, VendorError } from "@fieldwright/connector-kit";
import { bodyOf } from "./body.js";
import type { Collection } from "./collection.js";
import { type IdTypes, referencesIn } from "./fields.js";
import { idOf } from "./ids.js";
import { inParallel } from "./in-parallel.js";
import { lostIn } from "./lost.js";
import type { Site } from "./site.js";

export interface Writer {
  create(records: readonly DataRecord[], call: Call): Promise<readonly Outcome[]>;
  update(updates: readonly Update[], call: Call): Promise<readonly Outcome[]>;
  delete(keys: readonly string[], call: Call): Promise<readonly Outcome[]>;
}

/** One request a record: Payload has no bulk create, and on Postgres one bad record makes its bulk update fail for all of them. */
export function createWriter(site: Site, collection: Collection, idTypes: IdTypes): Writer {
  const { slug, idType } = collection;
  const { parallel } = site.options.assumptions;
  const told = new Set<string>();
  const pathOf = (key: string): string => {
    const id = idOf(key, idType);
    if (id === undefined) throw noSuch(slug, key);
    return `/${slug}/${encodeURIComponent(id)}`;
  };
  const store = async (record: DataRecord, request: Omit<HttpRequest, "json">, call: Call): Promise<DataRecord> => {
    const json = bodyOf(record, collection.schema ?? {}, idTypes);
    try {
      const doc = docIn(slug, await site.write(slug, { ...request, json }, call));
      for (const name of lostIn(json, doc)) {
        if (told.has(name)) continue;
        told.add(name);
        site.notice(
          `Payload kept nothing of ${slug}.${name}: there is no such field, its type is another, or this user may not see or write it.`,
        );
      }
      return doc;
    } catch (error) {
      if (!(error instanceof VendorError && error.code === "payload/failed")) throw error;
      throw (await deadRelation(site, { collection, json, idTypes }, call)) ?? error;
    }
  };
  return {
    create: (records, call) =>
      inParallel(records, { parallel, signal: call.signal }, async (record) => {
        const doc = await store(record, { method: "POST", path: `/${slug}`, safeToRepeat: false }, call);
        return { ok: true, key: String(doc.id), created: true, record: doc };
      }),
    update: (updates, call) =>
      inParallel(updates, { parallel, signal: call.signal }, async ({ key, set }) => {
        const doc = await store(set, { method: "PATCH", path: pathOf(key), safeToRepeat: true }, call);
        return { ok: true, key, created: false, record: doc };
      }),
    delete: (keys, call) =>
      inParallel(keys, { parallel, signal: call.signal }, async (key) => {
        await remove(site, { slug, path: pathOf(key) }, call);
        return { ok: true, key, created: false };
      }),
  };
}

/** Gone already is as good: a delete that is repeated, because its first answer was lost, meets that. */
async function remove(site: Site, { slug, path }: { readonly slug: string; readonly path: string }, call: Call): Promise<void> {
  try {
    await site.write(slug, { method: "DELETE", path }, call);
  } catch (error) {
    if (!(error instanceof VendorError && error.code === "payload/not-found")) throw error;
  }
}

interface Written {
  readonly collection: Collection;
  readonly json: DataRecord;
  readonly idTypes: IdTypes;
}

/**
 * Payload does not look whether a related record exists, and its database then fails without a word on why. Where one is missing, that
 * is why, and nothing was written.
 */
async function deadRelation(site: Site, { collection, json, idTypes }: Written, call: Call): Promise<VendorError | undefined> {
  for (const [path, slug] of Object.entries(referencesIn(collection.schema ?? {}))) {
    const id = idOf(valueAt(json, path), idTypes(slug));
    if (id === undefined) continue;
    const { docs } = await site.find(slug, { where: { id: { in: [id] } }, limit: 1 }, call);
    if (docs.length > 0) continue;
    return new VendorError(`${path} leads to ${slug} ${id}, and Payload has no such record.`, {
      code: "payload/no-such-relation",
      next: "hold-record",
      field: path,
      hint: "The record may have been deleted since; it must be there before this one is written.",
    });
  }
  return undefined;
}

function valueAt(record: DataRecord, path: string): unknown {
  let value: unknown = record;
  for (const part of path.split(".")) value = typeof value === "object" && value !== null ? (value as DataRecord)[part] : undefined;
  return value;
}

/** The answer of a write is `{ doc, message }`. */
function docIn(slug: string, body: unknown): DataRecord {
  const doc = typeof body === "object" && body !== null && "doc" in body ? body.doc : undefined;
  if (typeof doc === "object" && doc !== null && "id" in doc) return doc as DataRecord;
  throw new VendorError(`Payload took a write to ${slug} and answered with something other than the record.`, {
    code: "payload/no-doc",
    next: "hold-record",
    inDoubt: true,
    hint: "Look whether the record is there; a hook of the collection may change what is answered.",
  });
}

function noSuch(slug: string, key: string): VendorError {
  return new VendorError(`Payload has no such record: ${JSON.stringify(key)} cannot be an id of ${slug}.`, {
    code: "payload/not-found",
    next: "hold-record",
  });
}

import type { Call, DataRecord } from "@fieldwright/connector-kit";
import type { Access, Rights } from "./access.js";
import { idTypeOf } from "./ids.js";
import type { CollectionSchema, FieldSchema, IdType } from "./schema.js";
import type { Site } from "./site.js";

/** What is known of a collection. */
export interface Collection {
  readonly slug: string;
  readonly about?: string | undefined;
  readonly idType: IdType;
  readonly timestamps: boolean;
  /** As given in the options. */
  readonly schema?: Readonly<Record<string, FieldSchema>> | undefined;
  /** Names seen in records and rights, where there is no schema. */
  readonly seen: readonly string[];
  /** Absent where the site tells nothing of it: then it is left to its answers. */
  readonly rights?: Rights | undefined;
}

/** Payload's own: preferences, locks, migrations, jobs. */
const own = /^payload-/;

export interface Told {
  readonly access: Access;
  /** The ids of collections that hold no record yet. */
  readonly usualIds: IdType;
}

/** The collections of the options, else those of which this user may see or make something. */
export async function collectionsOf(site: Site, { access, usualIds }: Told, call: Call): Promise<readonly Collection[]> {
  const given = site.options.collections;
  const slugs =
    given === undefined
      ? Object.keys(access).filter((slug) => !own.test(slug) && (access[slug]?.read !== "none" || access[slug]?.create !== "none"))
      : Object.keys(given);
  return Promise.all(slugs.map((slug) => collectionOf(site, { slug, schema: given?.[slug], rights: access[slug], usualIds }, call)));
}

interface Known {
  readonly slug: string;
  readonly schema: CollectionSchema | undefined;
  readonly rights: Rights | undefined;
  readonly usualIds: IdType;
}

async function collectionOf(site: Site, { slug, schema, rights, usualIds }: Known, call: Call): Promise<Collection> {
  const isTold = schema?.fields !== undefined && schema.idType !== undefined;
  const canLook = rights !== undefined && rights.read !== "none";
  const sample = isTold || !canLook ? [] : (await site.find(slug, { limit: site.options.assumptions.sampleSize }, call)).docs;
  const names = new Set([...(rights?.fields ?? []), ...sample.flatMap((record) => Object.keys(record))]);
  return {
    slug,
    about: schema?.about,
    idType: schema?.idType ?? idTypeOf(idsOf(sample)) ?? usualIds,
    timestamps: schema?.fields === undefined && sample.length > 0 ? names.has("updatedAt") : (schema?.timestamps ?? true),
    schema: schema?.fields,
    seen: schema?.fields === undefined ? [...names] : [],
    rights,
  };
}

function idsOf(records: readonly DataRecord[]): readonly unknown[] {
  return records.map((record) => record.id).filter((id) => id !== undefined && id !== null);
}

import type { Field } from "@fieldwright/connector-kit";

/** What the connector knows of one collection of the API. */
export interface Collection {
  readonly name: string;
  readonly about: string;
  /** The resource type of what is read; on writes the vendor wants the name of the path. */
  readonly type: string;
  readonly fields: Readonly<Record<string, Field>>;
  /** Relationship -> the stream that it leads to. */
  readonly relations: Readonly<Record<string, string>>;
  /** Those of `relations` that a read asks for. */
  readonly include: readonly string[];
  readonly references: Readonly<Record<string, string>>;
  readonly incremental: "filter" | "sortStop" | "none";
  readonly sorts: boolean;
  readonly read: boolean;
  readonly one: boolean;
  /** Field -> the filter that narrows a search by it; what comes is compared once more. */
  readonly finds: Readonly<Record<string, string>>;
  readonly create: boolean;
  readonly update: boolean;
  readonly delete: boolean;
  /** Field -> the attributes that a write knows it by. */
  readonly writeNames: Readonly<Record<string, readonly string[]>>;
  /** Foreign key -> the relationship that Centerpoint wants to be told beside it. */
  readonly alsoRelated: Readonly<Record<string, string>>;
  readonly sideEffects?: string;
  readonly isJob: boolean;
}

export type CollectionSetup = Pick<Collection, "name" | "about" | "fields"> & Partial<Collection>;

export function collection(setup: CollectionSetup): Collection {
  const { relations = {}, include = [] } = setup;
  return {
    type: setup.name,
    relations,
    include,
    references: {},
    incremental: "filter",
    sorts: true,
    read: true,
    one: true,
    finds: {},
    create: false,
    update: false,
    delete: false,
    writeNames: {},
    alsoRelated: {},
    isJob: false,
    ...setup,
  };
}

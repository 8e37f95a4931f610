import type { Field } from "@fieldwright/connector-kit";

/** How a column's values travel: what must be done to them on the way in and out. */
export type Form = "text" | "number" | "float" | "boolean" | "instant" | "json" | "bytes" | "list";

export interface Column {
  readonly name: string;
  readonly field: Field;
  /** Quoted name of its type, below any domain and without a length: a cast to a length cuts text silently, an assignment complains. */
  readonly type: string;
  /** Quoted name of the type of a list of such values; lists have none. */
  readonly listType?: string;
  /** The name of its type in the catalog: "int4", "_text". */
  readonly typeName: string;
  /** As people write it: "character varying(20)". */
  readonly typeText: string;
  readonly form: Form;
  /** Of a list's members. */
  readonly memberForm?: Form;
  /** Selected as text, because drivers differ about the type or do not know it. */
  readonly asText: boolean;
  /** Digits in all and after the point, for numerics that have a limit. */
  readonly digits?: { readonly precision: number; readonly scale: number };
  readonly notNull: boolean;
  /** The database fills it when it is not given. */
  readonly filled: boolean;
  /** Computed, or an identity that takes no value. */
  readonly fixed: boolean;
  /** First column of an index. */
  readonly indexed: boolean;
}

export interface Unique {
  readonly name: string;
  readonly columns: readonly string[];
  readonly primary: boolean;
  /** Checked at once; a deferrable one cannot serve `ON CONFLICT`. */
  readonly immediate: boolean;
}

export interface ForeignKey {
  readonly name: string;
  readonly columns: readonly string[];
  readonly schema: string;
  readonly table: string;
  readonly targets: readonly string[];
}

export interface Rights {
  readonly insert: boolean;
  readonly update: boolean;
  readonly delete: boolean;
}

/** A table or view as the catalog describes it. */
export interface Table {
  readonly stream: string;
  readonly schema: string;
  readonly name: string;
  /** Quoted. */
  readonly path: string;
  readonly kind: "table" | "view";
  /** The row that `returning` gives lacks its system columns. */
  readonly partitioned: boolean;
  readonly about?: string;
  /** As the planner believes; undefined when it has no idea. */
  readonly estimatedRows?: number;
  readonly columns: readonly Column[];
  readonly uniques: readonly Unique[];
  readonly foreignKeys: readonly ForeignKey[];
  /** Quoted paths of constraints that would otherwise speak up only at the commit. */
  readonly deferred: readonly string[];
  /** Where COPY gives the same as INSERT and its keys can be trusted: no row-level security, no trigger that may change or drop a row. */
  readonly plainInsert: boolean;
  readonly rights: Rights;
  /** Whether temporary tables are allowed in this database. */
  readonly mayStage: boolean;
}

/** What names a row. */
export interface Key {
  /** The field of the record. */
  readonly field: string;
  /** One column, or the parts of `field` in order; none where rows are known only by their content. */
  readonly columns: readonly Column[];
}

import type { DataRecord } from "@fieldwright/connector-kit";
import type { Store } from "../store.js";

/** The rows that an expression speaks of, by alias; none where a LEFT JOIN found nothing. */
export type Scope = Readonly<Record<string, DataRecord | undefined>>;

/** What stands behind an alias: names of its columns in any case, as they are stored, with their types. */
export interface Known {
  readonly alias: string;
  readonly columns: ReadonlyMap<string, { readonly name: string; readonly type: string }>;
}

export interface Database {
  /** By its name in lower case. */
  store(name: string): Store | undefined;
  now(): Date;
  readonly timeZone: string;
}

export interface World {
  readonly database: Database;
  /** The nearest first. */
  readonly known: readonly Known[];
}

export type Evaluate = (scope: Scope) => unknown;

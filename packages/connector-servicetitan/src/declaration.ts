import type { DataRecord, Field, Query } from "@fieldwright/connector-kit";

/** What sets one stream apart from the others. */
export interface Declaration {
  readonly name: string;
  readonly about: string;
  /** "crm": the first part of the path. */
  readonly module: string;
  /** The list below the tenant. */
  readonly list: string;
  /** The export feed, where there is one. */
  readonly feed?: string;
  /** What the feed wants besides, so that it hides nothing. */
  readonly feedQuery?: Query;
  readonly fields: Readonly<Record<string, Field>>;
  /** Fields that are written and never read; words with spaces between. */
  readonly writeOnly?: string;
  readonly references?: Readonly<Record<string, string>>;
  readonly volatile?: readonly string[];
  /** Whether the list can be sorted by id; then pages do not shift when rows are added. */
  readonly sorted?: boolean;
  /** How the list is told to hide nothing; absent where it cannot. */
  readonly everything?: Query;
  /** How records are asked for by key: `ids` (50 a request), or by reading the whole list where that is short. */
  readonly getBy?: "ids" | "whole list";
  /** Fields that the list can be filtered by, and the parameter of each. */
  readonly finds?: Readonly<Record<string, string>>;
  /** The list takes the application whose external data it shows. */
  readonly externalData?: boolean;
  /** The field that names a record. "id" if not given. */
  readonly key?: string;
  /** A row as it is landed: with what its key or a plain mapping needs. */
  shaped?(row: DataRecord): DataRecord;
  readonly sideEffects?: string;
}

/** The fields of a list's rows that only a feed says: no list shows what was deleted. */
export function withActive(row: DataRecord): DataRecord {
  return "active" in row ? row : { ...row, active: true };
}

import type { DataRecord } from "@fieldwright/connector-kit";
import type { Draw } from "./draw.js";

/** Where a relationship of a row leads: an id, several, or nowhere. */
export type Related = string | readonly string[] | null;

export interface Row {
  readonly attributes: Record<string, unknown>;
  readonly relations: Readonly<Record<string, Related>>;
}

export interface WriteRule {
  readonly create?: boolean;
  readonly update?: boolean;
  readonly delete?: boolean;
  readonly required?: readonly string[];
  /** Relationships without which nothing is created. */
  readonly requiredRelations?: readonly string[];
  /** Longest text by attribute. */
  readonly longest?: Readonly<Record<string, number>>;
  readonly oneOf?: Readonly<Record<string, readonly string[]>>;
  /** Attributes that writes know by another name than reads. */
  readonly names?: Readonly<Record<string, string>>;
}

/** A collection of the API: path, resource type, how its rows are made, what may be asked. */
export interface Kind {
  readonly path: string;
  readonly type: string;
  /** The type of what each relationship leads to. */
  readonly relationTypes: Readonly<Record<string, string>>;
  readonly row: (draw: Draw) => Row;
  /** Beside paging, sort and `updated_at`. Attribute filters compare the attribute of that name. */
  readonly filters: readonly string[];
  readonly updatedFilter: boolean;
  readonly sortable: boolean;
  /** Shown only when `fields` names them. */
  readonly onDemand: readonly string[];
  readonly list: boolean;
  readonly single: boolean;
  readonly write: WriteRule;
  /** Rows carry no times. */
  readonly timeless?: boolean;
}

export type KindSetup = Pick<Kind, "path" | "row"> & Partial<Kind>;

export function kind(setup: KindSetup): Kind {
  return {
    type: setup.path,
    relationTypes: {},
    filters: [],
    updatedFilter: true,
    sortable: true,
    onDemand: [],
    list: true,
    single: true,
    write: {},
    ...setup,
  };
}

/** As it lies in a table: attributes beside `id` and `relations`. */
export interface Stored extends DataRecord {
  readonly id: string;
  readonly relations: Readonly<Record<string, Related>>;
}

import type { Limits } from "@fieldwright/connector-kit";
import type { Spec } from "../spec/model.js";

/** A checked project: `fieldwright.yaml` and its specs, or `defineProject` in code. */
export interface Project {
  readonly name: string;
  /** Absolute folder of `fieldwright.yaml`; the process' folder for a project made in code. */
  readonly folder: string;
  readonly store: StoreSettings;
  readonly connections: Readonly<Record<string, ConnectionSettings>>;
  readonly syncs: readonly Spec[];
  /** Named groups of streams for `--skip`. */
  readonly groups: Readonly<Record<string, readonly string[]>>;
}

export interface ConnectionSettings {
  /** npm package of the connector, e.g. "@fieldwright/connector-postgres"; the engine is given the connector itself. */
  readonly package: string;
  /** As written, with `env:NAME` already replaced. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Names of unset environment variables that the options ask for. */
  readonly missing: readonly string[];
  readonly limits?: Partial<Limits>;
  /** Line in fieldwright.yaml. */
  readonly line?: number;
}

export interface StoreSettings {
  /** A Postgres address; the embedded store at `path` without it. */
  readonly url?: string;
  /** Absolute. */
  readonly path: string;
  readonly schema: string; // "fieldwright"
  readonly landingSchema: string; // "landing"
  readonly keep?: Retention;
}

/** How long what happened is kept, in milliseconds; for ever where nothing is said. */
export interface Retention {
  /** Every write, before and after: what a rollback and a record's history go by. */
  readonly trailMs?: number;
  readonly plansMs?: number;
  /** The log of runs, with the reports of their checks. */
  readonly runsMs?: number;
}

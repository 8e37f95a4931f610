import type { CheckItem, Connector, Field } from "@fieldwright/connector-kit";
import type { SqlDatabase } from "@fieldwright/connector-kit/sql";
import type { Listener, RunMode, RunReport, RunStatus, SyncReport } from "./events.js";
import type { Checked } from "./problem.js";
import type { Project } from "./project/model.js";
import type { Spec } from "./spec/model.js";

export interface EngineOptions {
  readonly project: Project;
  /** By connection name. */
  readonly connectors: Readonly<Record<string, Connector>>;
  /** An open database to use instead of the project's store; the engine does not close it. */
  readonly store?: SqlDatabase;
  readonly tenant?: string;
  readonly now?: () => Date;
}

export interface RunOptions {
  /** Names of syncs; all without it. */
  readonly syncs?: readonly string[];
  /** `incremental` if not given (a stream that was never read is read in full all the same). */
  readonly mode?: RunMode;
  /** Streams ("crm.users" or "users"), syncs or groups of the project to leave out. */
  readonly skip?: readonly string[];
  readonly signal?: AbortSignal;
  readonly onEvent?: Listener;
}

/** What `plan` found: what a run would do to the targets now. Nothing was written to a target. */
export interface Plan {
  readonly report: RunReport;
  /** The first changes of each sync, for people. */
  readonly changes: readonly PlannedChange[];
}

export interface PlannedChange {
  readonly sync: string;
  readonly sourceId: string;
  readonly targetId: string | null;
  readonly operation: "create" | "update" | "delete" | "hold" | "wait";
  readonly reason: string;
  readonly fields: readonly { readonly field: string; readonly before: unknown; readonly after: unknown; readonly line?: number }[];
}

export interface RunRow {
  readonly run: string;
  readonly status: RunStatus;
  readonly startedAt: string;
  readonly completedAt: string | null;
  readonly mode: string;
  readonly error: string | null;
  readonly report: RunReport | null;
}

export interface SyncStatus {
  readonly sync: string;
  readonly lastRun: string | null;
  readonly lastStatus: string | null;
  readonly lastSuccessAt: string | null;
  readonly linked: number;
  readonly waiting: number;
  readonly held: number;
  readonly failed: number;
  readonly lastReport: SyncReport | null;
}

export interface StreamInfo {
  readonly stream: string; // "crm.users"
  readonly key: string;
  readonly fields: Readonly<Record<string, Field>>;
  readonly operations: readonly string[];
  readonly cursor: string; // in words
  readonly landed: number | null;
  readonly usedBy: readonly string[];
}

/** What one source record became, and why. */
export interface Explanation {
  readonly sync: string;
  readonly sourceId: string;
  readonly stream: string;
  readonly source: Readonly<Record<string, unknown>> | null;
  readonly targetId: string | null;
  readonly state: string; // "linked", "waiting", "held", "failed", "never seen"
  readonly reason: string | null;
  readonly fields: readonly {
    readonly target: string;
    readonly from: string;
    readonly source: unknown;
    readonly wanted: unknown;
    readonly line?: number;
  }[];
  readonly history: readonly {
    readonly at: string;
    readonly run: string;
    readonly operation: string;
    readonly before: unknown;
    readonly after: unknown;
  }[];
}

export interface Engine {
  /** Checks every spec against the connectors' schemas. */
  validate(): Promise<Checked<readonly Spec[]>>;
  plan(options?: RunOptions): Promise<Plan>;
  run(options?: RunOptions): Promise<RunReport>;
  status(): Promise<readonly SyncStatus[]>;
  history(limit?: number): Promise<readonly RunRow[]>;
  explain(sync: string, sourceId: string): Promise<Explanation>;
  /** What works and what does not, in plain words. */
  diagnose(): Promise<readonly (CheckItem & { readonly part: string })[]>;
  /** The statements that targets lack; `apply` carries them out. */
  migrations(): Promise<readonly { readonly connection: string; readonly statements: readonly string[] }[]>;
  migrate(): Promise<void>;
  streams(): Promise<readonly StreamInfo[]>;
  /** A query on the store. Read-only unless `write`. */
  sql(text: string, options?: { readonly write?: boolean }): Promise<readonly Readonly<Record<string, unknown>>[]>;
  close(): Promise<void>;
}

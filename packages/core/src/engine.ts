import type { CheckItem, Connector, Field } from "@fieldwright/connector-kit";
import type { SqlDatabase } from "@fieldwright/connector-kit/sql";
import type { CheckOptions, CheckReport } from "./checks/report.js";
import type { Listener, RunMode, RunReport, RunStatus, SyncReport } from "./events.js";
import type { Explanation } from "./explain/explanation.js";
import type { Transform } from "./mapping/index.js";
import type { Ceiling, GuardReading, GuardTotals, KeptField, Suspicion, Trip } from "./policy/index.js";
import type { Checked } from "./problem.js";
import type { Project } from "./project/model.js";
import type { Replay } from "./replay/replay-report.js";
import type { Spec } from "./spec/model.js";
import type { TestReport } from "./spec-tests/test-report.js";
import type { ChangesQuery, PlanHead } from "./store/plans.js";

export interface EngineOptions {
  readonly project: Project;
  /** By connection name. */
  readonly connectors: Readonly<Record<string, Connector>>;
  /** An open database to use instead of the project's store; the engine does not close it. */
  readonly store?: SqlDatabase;
  readonly tenant?: string;
  /** Steps of the app's own (`defineTransform`), the same that the project was loaded with. */
  readonly transforms?: readonly Transform[];
  readonly now?: () => Date;
}

export interface RunOptions {
  /** Names of syncs; all without it. */
  readonly syncs?: readonly string[];
  /** `incremental` if not given (a stream that was never read is read in full all the same). */
  readonly mode?: RunMode;
  /** Streams ("crm.users" or "users"), syncs or groups of the project to leave out. */
  readonly skip?: readonly string[];
  /**
   * `true`: every guard is answered with yes beforehand. A ceiling: it stops before a sync goes beyond these numbers. Without it the guards of
   * the specs (`ask_first_if`) are asked before the first write, and what they hold is kept as a plan.
   */
  readonly approve?: true | Ceiling;
  /** Who asks for it, for the trail. */
  readonly by?: string;
  readonly signal?: AbortSignal;
  readonly onEvent?: Listener;
}

export interface PlanOptions extends Omit<RunOptions, "approve"> {
  /** How long the plan may be carried out, in milliseconds; a day without it. */
  readonly expiresInMs?: number;
}

export interface ReplayOptions {
  /** How many changed records are shown; 20 if not given. All are counted. */
  readonly limit?: number;
  readonly signal?: AbortSignal;
}

export interface ApplyOptions extends Pick<RunOptions, "signal" | "onEvent" | "by"> {
  /** Only changes that one of these names: a source or target id, an operation, a field, a reason. */
  readonly only?: readonly string[];
  /** All but those. */
  readonly except?: readonly string[];
}

export interface RollbackOptions extends Pick<RunOptions, "signal" | "onEvent" | "by"> {
  /** Source ids; all records of the run without it. */
  readonly records?: readonly string[];
}

/** What a run, or a rollback, would do to the targets now. Nothing was written to a target. It is kept, and `apply` carries out exactly this. */
export interface Plan {
  readonly id: string;
  readonly kind: PlanHead["kind"];
  readonly status: PlanHead["status"];
  readonly createdAt: string;
  readonly expiresAt: string;
  /** Of all its changes: what an approval is about. */
  readonly hash: string;
  /** The run that a rollback takes back. */
  readonly ofRun: string | null;
  readonly approvedBy: string | null;
  readonly approvedAt: string | null;
  readonly report: RunReport;
  readonly syncs: readonly PlannedSync[];
  /** The first changes of each sync, for people; `changes()` gives all. */
  readonly changes: readonly PlannedChange[];
}

/** A plan in the list of plans. */
export type PlanEntry = Omit<Plan, "report" | "syncs" | "changes"> & { readonly syncs: readonly string[] };

export interface PlannedSync {
  readonly sync: string;
  readonly specHash: string;
  readonly totals: GuardTotals;
  /** How near it comes to each limit. */
  readonly guards: readonly GuardReading[];
  /** The guards that ask for a person. */
  readonly asks: readonly Trip[];
  /** Patterns over many changes that people mostly did not mean. */
  readonly suspicions: readonly Suspicion[];
  /** How many of its changes could be taken back wholly, and what of the others. */
  readonly undo: { readonly wholly: number; readonly of: number; readonly says: readonly string[] };
  /** Some new records as they would be, for a person to look at. */
  readonly samples: readonly { readonly sourceId: string; readonly values: Readonly<Record<string, unknown>> }[];
  /** What the target's system does besides, such as sending a mail. */
  readonly sideEffects?: string;
}

export interface PlannedChange {
  /** From 1, in the order of the plan. */
  readonly n: number;
  readonly sync: string;
  readonly sourceId: string;
  readonly targetId: string | null;
  /** `keep`: the source asks for something that a rule does not let through. */
  readonly operation: "create" | "update" | "delete" | "keep" | "hold" | "wait";
  readonly code: string | null;
  readonly reason: string;
  /** The key by which a target was found that was not linked before. */
  readonly matched?: { readonly key: string; readonly value: string; readonly line?: number };
  readonly fields: readonly {
    readonly field: string;
    readonly before: unknown;
    readonly after: unknown;
    readonly rule?: string;
    readonly line?: number;
    /** Steps of the app's own that its value went through. */
    readonly custom?: readonly string[];
  }[];
  /** Fields that stay as they are, with the rule that keeps them. */
  readonly kept: readonly KeptField[];
}

/** A record that waits for a person. */
export interface HeldRecord {
  readonly sync: string;
  readonly sourceId: string;
  readonly state: "held" | "failed" | "waiting";
  readonly code: string;
  readonly reason: string;
  readonly field: string | null;
  readonly since: string;
  readonly run: string | null;
  /** What can be done about it. */
  readonly actions: readonly HeldAction[];
}

export type HeldAction = "approve" | "link" | "ignore" | "retry";

export interface HeldQuery {
  readonly sync?: string;
  /** `held` if not given. */
  readonly states?: readonly HeldRecord["state"][];
  readonly limit?: number;
}

/** A person's answer for a record. `link` names the target record that it is. */
export type Resolution = { readonly action: "approve" | "ignore" | "retry" } | { readonly action: "link"; readonly targetId: string };

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
  readonly about?: string;
  /** Records may carry fields beyond `fields`. */
  readonly open?: boolean;
  readonly key: string;
  readonly fields: Readonly<Record<string, Field>>;
  readonly operations: readonly string[];
  readonly cursor: string; // in words
  readonly landed: number | null;
  readonly usedBy: readonly string[];
}

export interface Engine {
  /** Checks every spec against the connectors' schemas. */
  validate(): Promise<Checked<readonly Spec[]>>;
  /** Runs the `tests` of the specs, all or of those named, by the code of a run. Reads no records and writes nothing. */
  test(options?: { readonly syncs?: readonly string[] }): Promise<TestReport>;
  /** Decides landed records again by a spec as it is now, and tells whose decisions change. Reads nothing from the source, writes nothing. */
  replay(sync: string, options?: ReplayOptions): Promise<Replay>;
  plan(options?: PlanOptions): Promise<Plan>;
  /** The newest plans, without their changes. */
  plans(limit?: number): Promise<readonly PlanEntry[]>;
  /** A kept plan. */
  planned(id: string): Promise<Plan>;
  /** All changes of a kept plan, a page at a time. */
  changes(query: ChangesQuery): Promise<readonly PlannedChange[]>;
  /** Carries out a kept plan: exactly its changes, each compared with the target as it is now. */
  apply(id: string, options?: ApplyOptions): Promise<RunReport>;
  /** Takes back what a run wrote, where the target still holds it. */
  rollback(run: string, options?: RollbackOptions): Promise<RunReport>;
  /** The same as a plan to look at first; `apply` carries it out. */
  planRollback(run: string, options?: RollbackOptions): Promise<Plan>;
  /** Records that wait for a person, newest last. */
  held(query?: HeldQuery): Promise<readonly HeldRecord[]>;
  /** Answers for a held record, for good; the next run carries it out. */
  resolve(sync: string, sourceId: string, resolution: Resolution & { readonly by?: string }): Promise<void>;
  /** Gives fields that people took over back to the sync; all of the record's without `fields`. */
  release(
    sync: string,
    sourceId: string,
    options?: { readonly fields?: readonly string[]; readonly by?: string },
  ): Promise<readonly string[]>;
  run(options?: RunOptions): Promise<RunReport>;
  /** How the two sides agree now: what a run checks at its end, alone and of more records. Writes nothing but its report. */
  check(options?: CheckOptions): Promise<CheckReport>;
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

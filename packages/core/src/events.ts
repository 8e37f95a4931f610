/** Everything a run tells, in one typed stream: progress bars, logs, alerts and HTTP listeners read the same events. */
export type RunEvent =
  | {
      readonly type: "run-started";
      readonly run: string;
      readonly at: string;
      readonly mode: RunMode;
      readonly streams: readonly string[];
      readonly syncs: readonly string[];
    }
  | { readonly type: "step-started"; readonly run: string; readonly step: Step; readonly name: string; readonly resumed: boolean }
  | ({ readonly type: "progress"; readonly run: string } & Progress)
  | { readonly type: "page-failed"; readonly run: string; readonly stream: string; readonly page: number; readonly message: string }
  | {
      readonly type: "step-finished";
      readonly run: string;
      readonly step: Step;
      readonly name: string;
      readonly status: PartStatus;
      readonly error?: string;
    }
  | { readonly type: "waiting-for-budget"; readonly run: string; readonly connection: string; readonly untilMs: number }
  | { readonly type: "notice"; readonly run: string; readonly level: "info" | "warning"; readonly text: string }
  | {
      readonly type: "checked";
      readonly run: string;
      readonly sync: string;
      readonly verified: boolean;
      readonly issues: readonly CheckIssue[];
    }
  | { readonly type: "run-finished"; readonly run: string; readonly status: RunStatus; readonly report: RunReport };

/** `read`: from the vendor into landing. `sync`: from landing into the target. `plan`: decides the same and writes nothing. */
export type Step = "read" | "sync" | "plan";

export type RunMode =
  | { readonly kind: "full" }
  | { readonly kind: "incremental" }
  | { readonly kind: "window"; readonly from: string; readonly to: string };

export interface Progress {
  readonly step: Step;
  /** Of the stream ("crm.users") or sync. */
  readonly name: string;
  readonly processed: number;
  readonly total?: number;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly held: number;
  readonly failed: number;
  readonly perSecond: number;
  readonly secondsLeft?: number;
  /** Where `total` and `secondsLeft` come from. */
  readonly estimate: "vendor's total" | "last full read" | "counted" | "unknown";
}

/** `asks`: a guard holds it until a person approves. */
export type PartStatus = "done" | "partial" | "failed" | "stopped" | "skipped" | "asks";
export type RunStatus = "running" | "done" | "partial" | "failed" | "stopped" | "interrupted";

/** One row of the sync log. fetched = inserted + updated + unchanged + failed + held. */
export interface StreamReport {
  readonly stream: string;
  readonly status: PartStatus;
  readonly fetched: number;
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly failed: number;
  readonly held: number;
  readonly deleted: number;
  readonly error: string | null;
}

/** read = filtered + unchanged + created + updated + deleted + waiting + held + failed. */
export interface SyncReport {
  readonly sync: string;
  readonly status: PartStatus;
  readonly read: number;
  readonly filtered: number;
  readonly unchanged: number;
  readonly created: number;
  readonly updated: number;
  readonly deleted: number;
  readonly waiting: number;
  readonly held: number;
  readonly failed: number;
  readonly error: string | null;
  /** Whether no check of severity `fail` found anything, or could not be carried out; absent where nothing was checked. */
  readonly verified?: boolean;
  /** What the checks found, and those that could not be carried out. */
  readonly issues?: readonly CheckIssue[];
}

/** What a check after a run has to say. */
export interface CheckIssue {
  /** "email is unique" */
  readonly check: string;
  readonly severity: "warn" | "fail";
  /** In a sentence or two. */
  readonly says: string;
}

export interface RunReport {
  readonly run: string;
  readonly status: RunStatus;
  readonly startedAt: string;
  readonly seconds: number;
  readonly streams: readonly StreamReport[];
  readonly syncs: readonly SyncReport[];
  /** The plan of what guards hold for approval. */
  readonly plan?: string;
  /** Whether every part was checked, and all is as it should be: a run can be completed, but not verified. Absent where nothing was checked. */
  readonly verified?: boolean;
  /** The kept report of its checks. */
  readonly checks?: string;
}

export type Listener = (event: RunEvent) => void;

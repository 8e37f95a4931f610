import type { Condition, Path, Scalar } from "./model-condition.js";

/** Decides whether a new target record may be created; existing ones are updated all the same. */
export interface CreateIf {
  readonly condition: Condition;
  readonly otherwise: "wait" | "skip" | "hold";
  readonly line?: number;
}

/** Target fields by what keeps the sync from writing them; no field is in two lists. */
export interface Protect {
  readonly neverWrite: readonly string[];
  readonly setOnce: readonly string[];
  readonly onlyIfBlank: readonly string[];
  readonly keepHumanEdits: readonly string[];
  /** What an explicit blank of the source does. A field that the source does not mention never clears anything. */
  readonly whenSourceBlank: "keep" | "clear";
}

export interface Stages {
  /** Target field that holds the stage. */
  readonly stageField: string;
  /** Target field that holds the pipeline; without it a stage stands in one pipeline only, so that its name tells which. */
  readonly pipelineField?: string;
  readonly pipelines: readonly Pipeline[];
  /** In the order of the file. */
  readonly rules: readonly StageRule[];
  /** Which of the rules that hold decides. */
  readonly wins: "first" | "last";
  readonly line?: number;
}

/** A stage's own name is unique within its pipeline, side stages included. */
export interface Pipeline {
  readonly name: string;
  /** From first to last; a record only moves on. */
  readonly forwardOnly: readonly string[];
  readonly sideStages: readonly SideStage[];
  /** Of this pipeline; never left, but for a pipeline that names it in `mayComeFrom`. */
  readonly protected: readonly string[];
  /** Stages of other pipelines from which a record may move here. */
  readonly mayComeFrom: readonly StageName[];
  /** Whether a new record may begin here: so it is said, or nothing is said of where records come from. */
  readonly mayStartHere: boolean;
  readonly line?: number;
}

export interface SideStage {
  readonly stage: string;
  /** Stages of the same pipeline from which it may be entered; every one of `forwardOnly` if not given. */
  readonly onlyFrom?: readonly string[];
  /** Otherwise only a person leads a record out of it. */
  readonly syncMayLeave: boolean;
}

/** `sales.contacted` as its two parts. */
export interface StageName {
  readonly pipeline: string;
  readonly stage: string;
}

export interface StageRule {
  /** From 1, in the order of the file. */
  readonly number: number;
  readonly to: StageName;
  /** Always, if not given. */
  readonly when?: Condition;
  /** Written only if the stage was set. By target field. */
  readonly andSet: Readonly<Record<string, Scalar>>;
  readonly line?: number;
}

/** Passed when every bound that is given is exceeded: `50 and 25%`. */
export interface Limit {
  readonly count?: number;
  /** Of linked records, in percent (0 to 100). */
  readonly percent?: number;
}

/** What a run asks a person about before its first write. A limit that is absent is never passed. */
export interface Guards {
  readonly always: boolean;
  readonly firstRun: boolean;
  readonly changes?: Limit;
  readonly creates?: Limit;
  readonly deletes?: Limit;
  readonly errors?: Limit;
  readonly sourceIsEmpty: boolean;
}

/** For `direction: both`. */
export interface Conflicts {
  /** Whose value counts, by target field. */
  readonly owner: Readonly<Record<string, "source" | "target">>;
  /** For fields that changed on both sides and have no owner. `ours` in the file is the source, `theirs` the target. */
  readonly otherwise: "hold" | "source" | "target" | "newest";
}

/** A question asked after each run. */
export type Check = {
  /** For the report, in the file's own words. */
  readonly about?: string;
  /** `fail`: the run is completed, but not verified. */
  readonly severity: "warn" | "fail";
  readonly line?: number;
} & CheckQuestion;

export type CheckQuestion =
  /** No two target records have the same values in all of these fields together; blanks do not count. */
  | { readonly is: "unique"; readonly fields: readonly string[] }
  /** None of these target fields is blank. */
  | { readonly is: "not_blank"; readonly fields: readonly string[] }
  /** As many source records (that `only` lets through) as linked target records; exact is `{ count: 0 }`. */
  | { readonly is: "count_close"; readonly within: Limit }
  /** A number added up over the source records and over the linked target records; exact is `{ count: 0 }`. */
  | { readonly is: "sum_close"; readonly from: Path; readonly to: string; readonly within: Limit }
  /** Every linked target record that fits `every` fits `has` too. Paths are target fields. */
  | { readonly is: "every"; readonly every: Condition; readonly has: Condition }
  /** A target field that is blank or holds the key of a record of the stream. */
  | { readonly is: "references"; readonly field: string; readonly connection: string; readonly stream: string }
  /** A query in the target's database: every row that it gives is an issue. */
  | { readonly is: "sql"; readonly sql: string };

export interface Alert {
  /** Names that the app, or the project, knows an address for. */
  readonly to: readonly string[];
  readonly when: readonly AlertWhen[];
}

export type AlertWhen =
  | { readonly is: "failed" | "partial" | "not_verified" | "needs_approval" }
  | { readonly is: "held_records_over" | "waiting_records_over" | "failed_records_over"; readonly count: number }
  | { readonly is: "no_success_for"; readonly ms: number };

/** What becomes of one record, told in the spec. */
export interface SpecTest {
  /** `about` of the file, or "test 1". */
  readonly name: string;
  /** The source record; related records under their names of `with`. */
  readonly given: Readonly<Record<string, unknown>>;
  /** The target record that it matches; absent: there is none. */
  readonly targetHas?: Readonly<Record<string, unknown>>;
  /** Sync, then source id, then target id: what `ref` finds. */
  readonly linked: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** ISO 8601; the time that `within` and `now` go by. */
  readonly now?: string;
  readonly expect: Expected;
  readonly line?: number;
}

/** An outcome, or what the target's fields hold afterwards (those not named are not asked about). */
export type Expected =
  | { readonly is: "outcome"; readonly outcome: (typeof testOutcomes)[number] }
  | { readonly is: "fields"; readonly fields: Readonly<Record<string, unknown>> };

export const testOutcomes = ["created", "updated", "unchanged", "filtered", "waiting", "held"] as const;

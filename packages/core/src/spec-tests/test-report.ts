import type { Expected } from "../spec/model.js";

/** What became of a project's `tests`. */
export interface TestReport {
  readonly passed: number;
  readonly failed: number;
  /** In the order of the specs. */
  readonly tests: readonly TestResult[];
  /** Syncs that have no tests. */
  readonly untested: readonly string[];
}

export interface TestResult {
  readonly sync: string;
  /** `about`, or "test 1". */
  readonly name: string;
  readonly file?: string;
  readonly line?: number;
  readonly ok: boolean;
  readonly expected: Expected;
  /** What a run would do with the record. */
  readonly outcome: TestOutcome;
  /** Why it is held, or waits. */
  readonly reason: string | null;
  /** Fields that are not as expected. */
  readonly differences: readonly TestDifference[];
  /** What would be written. */
  readonly writes: readonly TestWrite[];
}

export type TestOutcome = Extract<Expected, { is: "outcome" }>["outcome"];

export interface TestDifference {
  readonly field: string;
  readonly expected: unknown;
  readonly actual: unknown;
  /** The rule that decided it, in words; `null` where the field is not written at all. */
  readonly because: string | null;
}

export interface TestWrite {
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly line?: number;
}

import type { Remembered } from "../store/remembered.js";

/** What one source record became, and why: from the source's value to the rule that let it be written. */
export interface Explanation {
  readonly sync: string;
  readonly sourceId: string;
  readonly stream: string;
  readonly source: Readonly<Record<string, unknown>> | null;
  readonly targetId: string | null;
  readonly state: string; // "linked", "waiting", "held", "failed", "not linked", "deleted at the source", "never seen"
  readonly reason: string | null;
  /** Why it waits, is held or was refused, since when, and what can be done about it. */
  readonly undecided: ExplainedHold | null;
  /** What a person decided about it for good. */
  readonly ruling: { readonly ruling: string; readonly by: string; readonly at: string } | null;
  /** The key by which its target was found; `null` where the sync created it, or nothing tells. */
  readonly matched: { readonly key: string; readonly value: string; readonly line?: number } | null;
  /** Every key in the order in which they are tried, with the record's value for it. */
  readonly keys: readonly ExplainedKey[];
  /** What a run would do with it now; `null` where that cannot be told, as `note` says. */
  readonly now: ExplainedDecision | null;
  readonly note: string | null;
  readonly fields: readonly ExplainedField[];
  /** What the sync keeps in mind of it to tell a person's work from its own. */
  readonly remembered: Remembered | null;
  readonly history: readonly ExplainedWrite[];
}

export interface ExplainedHold {
  readonly state: string;
  readonly code: string;
  readonly reason: string;
  readonly field: string | null;
  readonly since: string;
  readonly run: string | null;
  readonly actions: readonly ("approve" | "link" | "ignore" | "retry")[];
}

export interface ExplainedKey {
  /** "email", or "phone + zip" where two must fit together. */
  readonly key: string;
  /** As it is looked for; `null` where it is blank, so that the key is passed over. */
  readonly value: string | null;
  /** Why it cannot be read. */
  readonly trouble?: string;
  /** Whether the linked target fits it as it is now; `null` without a target. */
  readonly fits: boolean | null;
}

export interface ExplainedDecision {
  readonly decision: string; // "create", "update", "unchanged", "filtered", "waiting", "held", "delete", …
  readonly code?: string;
  readonly reason?: string;
}

export interface ExplainedField {
  readonly target: string;
  /** "summary", "first + last", "a fixed value", "customerId -> crm-customers", "stages rule 3" */
  readonly from: string;
  readonly source: unknown;
  readonly steps: readonly ExplainedStep[];
  /** What the source asks for after all steps, in the target's type; `null` also where it says nothing. */
  readonly wanted: unknown;
  /** What the target holds now; `null` without a target. */
  readonly holds: unknown;
  /** `write`: the next run writes it. `keep`: a rule keeps it. `same`: it is as wanted. `silent`: the source does not mention it. */
  readonly fate: "write" | "keep" | "same" | "silent" | "undecided";
  /** The rule that keeps it or chose it: "protect.only_if_blank", "stages rule 3". */
  readonly rule: string | null;
  readonly why: string | null;
  /** Of the field in the spec's file. */
  readonly line?: number;
  /** Of the rule. */
  readonly ruleLine?: number;
  /** Since when it belongs to a person. */
  readonly humanSince?: string;
}

export interface ExplainedStep {
  readonly name: string;
  readonly argument?: unknown;
  /** A step of the app's own. */
  readonly custom?: true;
  /** The value after it. */
  readonly gives: unknown;
  /** Why it could not convert the value: the later steps were not reached. */
  readonly trouble?: string;
}

export interface ExplainedWrite {
  readonly at: string;
  readonly run: string;
  readonly kind: string; // of the run: "run", "apply" or "rollback"
  readonly by: string | null;
  readonly operation: string;
  /** "done", "refused", "intended" (in doubt) or "settled". */
  readonly state: string;
  readonly targetId: string | null;
  readonly before: unknown;
  readonly after: unknown;
  /** The rules behind it: the key, the stage's rule, fields that were kept. */
  readonly why: unknown;
}

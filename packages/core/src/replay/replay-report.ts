/** Whose decisions an edited spec changes. Nothing was read from the source's system, and nothing written anywhere. */
export interface Replay {
  readonly sync: string;
  /** Of the spec as it is now. */
  readonly specHash: string;
  /** Of the spec that decided the records last; `null` where it cannot be asked any more, and how each record stands is compared instead. */
  readonly comparedWith: string | null;
  /** Why it cannot be asked. */
  readonly note: string | null;
  /** Landed records that were decided again: read = same + changed. */
  readonly read: number;
  readonly same: number;
  readonly changed: number;
  /** Records whose data changed since their last decision; the next run decides them anyway. */
  readonly inLine: number;
  /** What becomes what, the most frequent first. */
  readonly changes: readonly { readonly was: ReplayedKind; readonly becomes: ReplayedKind; readonly records: number }[];
  /** Target fields that would hold something else, the most frequent first. */
  readonly fields: readonly { readonly field: string; readonly records: number; readonly line?: number }[];
  /** The first of the changed records, by id. */
  readonly records: readonly ReplayedRecord[];
}

export type ReplayedKind = "create" | "update" | "unchanged" | "filtered" | "waiting" | "held" | "failed";

export interface ReplayedDecision {
  readonly decision: ReplayedKind;
  readonly code?: string;
  readonly reason?: string;
}

export interface ReplayedRecord {
  readonly sourceId: string;
  readonly targetId: string | null;
  readonly was: ReplayedDecision;
  readonly becomes: ReplayedDecision;
  readonly fields: readonly ReplayedField[];
}

export interface ReplayedField {
  readonly field: string;
  /** What the target's field holds now; `null` for a record that is not there. */
  readonly holds: unknown;
  /** What it would hold by the spec before. */
  readonly was: unknown;
  readonly becomes: unknown;
  /** The rule that decides now, in words. */
  readonly because: string | null;
}

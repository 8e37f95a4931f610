/** What to check, and how much of it. */
export interface CheckOptions {
  /** Names of syncs; all without it. */
  readonly syncs?: readonly string[];
  /**
   * At most so many linked records of a sync are asked for at a target that takes no SQL, and no check claims more than it looked at;
   * 2,000 without it, `all` where the account's requests allow it.
   */
  readonly look?: number | "all";
  /** How long a query in the target's database may take; half a minute without it. */
  readonly sqlTimeoutMs?: number;
  readonly signal?: AbortSignal;
}

/** How the two sides of each sync agree. It is kept. */
export interface CheckReport {
  readonly id: string;
  /** The run that it followed; `null` where it was asked for alone. */
  readonly run: string | null;
  readonly at: string;
  readonly seconds: number;
  /** No check of severity `fail` found anything or could not be carried out. */
  readonly verified: boolean;
  readonly syncs: readonly SyncChecks[];
}

export interface SyncChecks {
  readonly sync: string;
  readonly source: string; // "connection.stream"
  readonly target: string;
  readonly verified: boolean;
  /** Records that the source was last read to have, all of them, and those that are linked. */
  readonly counts: { readonly source: number; readonly linked: number };
  readonly checks: readonly CheckResult[];
}

export interface CheckResult extends Asked {
  /** `not checked`: it could not be carried out, and `says` tells why. Never to be taken for a pass. */
  readonly status: "passed" | "failed" | "not checked";
  /** A sentence or two with the numbers. */
  readonly says: string;
  /** Of a sample, or of what could be looked at before it ended. */
  readonly looked?: Looked;
  /** For what is counted or added up; decimal text. */
  readonly sides?: { readonly source: string; readonly target: string; readonly mismatch: string };
  /** How many issues there are in all; `records` has the first of them. */
  readonly found: number;
  readonly records: readonly NamedRecord[];
  /** What a person can do. */
  readonly advice?: string;
}

/** What a result answers. */
export interface Asked {
  readonly check: BuiltIn | "unique" | "not_blank" | "count_close" | "sum_close" | "every" | "references" | "sql";
  /** "email is unique", or the spec's own words. */
  readonly about: string;
  readonly builtIn: boolean;
  readonly severity: "warn" | "fail";
  /** In the spec's file. */
  readonly line?: number;
}

/** Checks that every sync has. */
export type BuiltIn = "counts_balance" | "links_one_to_one" | "links_lead_somewhere" | "written_values" | "match_keys_unique";

export interface Looked {
  readonly at: number;
  readonly of: number;
}

/** A record by its ids, and by a field that a person knows it by. */
export interface NamedRecord {
  readonly sourceId: string | null;
  readonly targetId: string | null;
  readonly name: string | null;
  readonly says: string;
}

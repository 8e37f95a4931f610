import type { Call, Connection, Stream } from "@fieldwright/connector-kit";
import type { SqlSession } from "@fieldwright/connector-kit/sql";
import type { Listener, RunMode, StreamReport, SyncReport } from "./events.js";
import type { KeptField } from "./policy/index.js";
import type { ReadySync, Relation } from "./ready-sync.js";
import type { Lease } from "./store/leases.js";
import type { Store } from "./store/open-store.js";
import type { Remembered } from "./store/remembered.js";
import type { StreamState } from "./store/stream-state.js";

/** The world of one run: what a step may touch is here, and a dry run gets another world. */
export interface Run {
  readonly id: number;
  readonly kind: RunKind;
  readonly mode: RunMode;
  /** The plan of what its guards hold for approval. */
  asks?: string;
  readonly store: Store;
  readonly lease: Lease;
  /** Asks for the end after the page in hand. */
  readonly signal: AbortSignal;
  /** For calls that read. */
  readonly call: Call;
  readonly emit: Listener;
  readonly now: () => Date;
  /** For every text that is kept or shown and came from outside. */
  readonly redact: (text: string) => string;
  /** Commits what `work` did; a plan's transaction stays open to the end and is thrown away. */
  transaction<T>(work: (session: SqlSession) => Promise<T>): Promise<T>;
  /** Has the last word on every decision before anything is written: a plan collects them, an approval goes no further than what was approved. */
  readonly review: (sync: ReadySync, decisions: readonly Decision[]) => readonly Decision[];
}

/** `apply` carries out a plan, `rollback` takes a run back. */
export type RunKind = "run" | "plan" | "apply" | "rollback";

/** A stream that is read, with the syncs that map it: a unit of work. */
export interface Unit {
  readonly name: string; // "connection.stream"
  readonly connection: Connection;
  readonly stream: Stream;
  readonly key: string;
  readonly syncs: readonly ReadySync[];
  /** Syncs anywhere that look at this stream through `with`. */
  readonly watchers: readonly Watcher[];
  state: StreamState;
  counts: Omit<StreamReport, "stream" | "status" | "error">;
  /** Records that this run's full listing of the source held. */
  listed?: number;
  /** Inserted records when the tables were last analyzed. */
  analyzedAt: number;
  /** Read pages whose checkpoint is not committed yet, because nothing in them had changed. */
  unsaved: { readonly pages: number; readonly seen: readonly string[] };
}

/** A relation by which records of a sync, of this run or not, depend on this stream's. */
export interface Watcher {
  readonly syncId: number;
  /** The sync's own source stream. */
  readonly source: string;
  readonly relation: Relation;
}

export type SyncCounts = Omit<SyncReport, "sync" | "status" | "error" | "verified" | "issues">;

/** What is to become of one source record. */
export type Decision = { readonly why?: Why; readonly remember?: Remembered } & (
  | { readonly kind: "filtered"; readonly id: string }
  | { readonly kind: "unchanged"; readonly id: string; readonly targetId?: string; readonly newLink?: string }
  | { readonly kind: "create"; readonly id: string; readonly values: Values }
  | {
      readonly kind: "update";
      readonly id: string;
      readonly targetId: string;
      readonly newLink: boolean;
      readonly before: Values;
      readonly after: Values;
    }
  | { readonly kind: "delete"; readonly id: string; readonly targetId: string; readonly before: Values }
  /** A deleted target record comes back under its old id; only a rollback does that. */
  | { readonly kind: "restore"; readonly id: string; readonly targetId: string; readonly after: Values }
  | { readonly kind: "unlink"; readonly id: string; readonly targetId: string }
  | Undecided
);

/** The rules behind a decision, for the plan, the trail and `explain`. */
export interface Why {
  /** The key by which the target was found, for a new link. */
  readonly matched?: { readonly key: string; readonly value: string; readonly line?: number };
  /** The rule that chose the stage. */
  readonly stage?: { readonly to: string; readonly rule?: number; readonly line?: number };
  /** Fields that keep their value though the source asks for another. */
  readonly kept?: readonly KeptField[];
}

/** A record that cannot be decided now. */
export interface Undecided {
  readonly why?: Why;
  readonly remember?: Remembered;
  readonly kind: "waiting" | "held" | "failed";
  readonly id: string;
  readonly code: string;
  readonly reason: string;
  readonly field?: string;
  readonly waitsFor?: { readonly sync: number; readonly id: string };
}

export type Values = Readonly<Record<string, unknown>>;

export function noStreamCounts(): Unit["counts"] {
  return { fetched: 0, inserted: 0, updated: 0, unchanged: 0, failed: 0, held: 0, deleted: 0 };
}

export function noSyncCounts(): SyncCounts {
  return { read: 0, filtered: 0, unchanged: 0, created: 0, updated: 0, deleted: 0, waiting: 0, held: 0, failed: 0 };
}

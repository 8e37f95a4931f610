import type { SqlSession } from "@fieldwright/connector-kit/sql";
import type { ReadySync } from "./ready-sync.js";
import { type Decision, noSyncCounts, type Run, type SyncCounts, type Undecided } from "./run.js";
import { removeLinks, writeLinks } from "./store/links.js";
import { type PendingRow, removePending, writePending } from "./store/pending.js";
import { settleIntents, type TrailRow, writeTrail } from "./store/trail.js";
import type { Write, Written } from "./write.js";

export interface Decided {
  readonly sync: ReadySync;
  /** Everything but the writes. */
  readonly rest: readonly Decision[];
  readonly written: readonly Written[];
  /** Whether intents of these writes lie in the trail already. */
  readonly intended: boolean;
}

/** Links, trail and what is left pending, in the commit of the page. The answer counts what was decided. */
export async function recordPage(run: Run, session: SqlSession, page: Decided): Promise<SyncCounts> {
  const { sync, rest, written } = page;
  const id = sync.state.id;
  const done = written.filter((one) => one.outcome.ok);
  await removeLinks(run.store, session, {
    sync: id,
    sourceIds: [
      ...done.filter((one) => one.write.kind === "delete").map((one) => one.write.id),
      ...rest.filter((one) => one.kind === "unlink").map((one) => one.id),
    ],
  });
  await writeLinks(run.store, session, { sync: id, rows: newLinks(rest, done) });
  if (page.intended) {
    await settleIntents(run.store, session, {
      sync: id,
      run: run.id,
      done: done.map((one) => ({ sourceId: one.write.id, targetId: targetIdOf(one) })),
      refused: written.filter((one) => !one.outcome.ok && !one.outcome.error.inDoubt).map((one) => one.write.id),
    });
  } else {
    await writeTrail(run.store, session, {
      sync: id,
      run: run.id,
      state: "done",
      rows: done.map((one) => trailRow(one.write, targetIdOf(one))),
    });
  }
  const undecided = [...rest.filter(isUndecided), ...written.filter((one) => !one.outcome.ok).map(refused)];
  await removePending(run.store, session, {
    sync: id,
    sourceIds: [...rest.filter((one) => !isUndecided(one)).map((one) => one.id), ...done.map((one) => one.write.id)],
  });
  await writePending(run.store, session, { sync: id, run: run.id, rows: undecided.map(pendingRow) });
  return count(rest, written);
}

/** The trail's row of a write, before or after it was carried out. */
export function trailRow(write: Write, targetId: string | null): TrailRow {
  const base = { sourceId: write.id, targetId, operation: write.kind };
  if (write.kind === "create") return { ...base, before: null, after: write.values };
  if (write.kind === "delete") return { ...base, before: write.before, after: null };
  return { ...base, before: write.before, after: write.after };
}

function newLinks(rest: readonly Decision[], done: readonly Written[]): { sourceId: string; targetId: string }[] {
  const links: { sourceId: string; targetId: string }[] = [];
  for (const one of rest)
    if (one.kind === "unchanged" && one.newLink !== undefined) links.push({ sourceId: one.id, targetId: one.newLink });
  for (const one of done) {
    if (one.write.kind === "create" || (one.write.kind === "update" && one.write.newLink))
      links.push({ sourceId: one.write.id, targetId: targetIdOf(one) });
  }
  return links;
}

function targetIdOf(one: Written): string {
  if (one.write.kind !== "create") return one.write.targetId;
  return one.outcome.ok ? one.outcome.key : "";
}

function refused(one: Written): Undecided {
  const error = one.outcome.ok ? undefined : one.outcome.error;
  return {
    kind: "failed",
    id: one.write.id,
    code: error?.code ?? "target/refused",
    reason: [error?.message, error?.hint].filter(Boolean).join(" "),
    ...(error?.field === undefined ? {} : { field: error.field }),
  };
}

function isUndecided(decision: Decision): decision is Undecided {
  return decision.kind === "waiting" || decision.kind === "held" || decision.kind === "failed";
}

function pendingRow(one: Undecided): PendingRow {
  return {
    sourceId: one.id,
    state: one.kind,
    code: one.code,
    reason: one.reason,
    field: one.field ?? null,
    waitsFor: one.waitsFor ?? null,
  };
}

const countOf = {
  filtered: "filtered",
  unchanged: "unchanged",
  unlink: "unchanged",
  waiting: "waiting",
  held: "held",
  failed: "failed",
  create: "created",
  update: "updated",
  delete: "deleted",
} as const;

function count(rest: readonly Decision[], written: readonly Written[]): SyncCounts {
  const counts = { ...noSyncCounts() } as Record<keyof SyncCounts, number>;
  for (const one of rest) counts[countOf[one.kind]]++;
  for (const one of written) counts[one.outcome.ok ? countOf[one.write.kind] : "failed"]++;
  counts.read = rest.length + written.length;
  return counts;
}

import type { SqlSession } from "@fieldwright/connector-kit/sql";
import type { ReadySync } from "./ready-sync.js";
import { asTaken } from "./remember.js";
import { type Decision, noSyncCounts, type Run, type SyncCounts, type Undecided } from "./run.js";
import { removeLinks, writeLinks } from "./store/links.js";
import { type PendingRow, removePending, writePending } from "./store/pending.js";
import { forget, type Remembered, writeRemembered } from "./store/remembered.js";
import { dropRulings } from "./store/rulings.js";
import { settleIntents, type TrailRow, writeTrail } from "./store/trail.js";
import { linkedTwin, linkTwins } from "./twins.js";
import type { Write, Written } from "./write.js";

/** Links made and broken by decisions that write nothing. */
export async function recordLinks(run: Run, session: SqlSession, page: { sync: ReadySync; rest: readonly Decision[] }): Promise<void> {
  const sync = page.sync.state.id;
  removeLinks(run.store, session, { sync, sourceIds: page.rest.filter((one) => one.kind === "unlink").map((one) => one.id) });
  const rows = page.rest.flatMap((one) =>
    one.kind === "unchanged" && one.newLink !== undefined ? [{ sourceId: one.id, targetId: one.newLink }] : [],
  );
  await writeLinks(run.store, session, { sync, rows });
  if (page.sync.remembers === undefined) return;
  const remembered = page.rest.flatMap((one) => (one.remember && !isUndecided(one) ? [[one.id, one.remember] as const] : []));
  await writeRemembered(run.store, session, { sync, rows: new Map(remembered) });
}

export interface Outcomes {
  readonly sync: ReadySync;
  readonly written: readonly Written[];
  /** Whether intents of these writes lie in the trail already. */
  readonly intended: boolean;
}

/** Links and trail of writes that were carried out, in one commit: a write known as done is never without its link. */
export async function recordWritten(run: Run, session: SqlSession, { sync, written, intended }: Outcomes): Promise<void> {
  const id = sync.state.id;
  const done = written.filter((one) => one.outcome.ok);
  const made = newLinks(done);
  // A link whose target was gone gives way to the new one.
  const unlinked = done.filter((one) => one.write.kind === "delete").map((one) => one.write.id);
  const relinked = sync.state.ruled ? made.map((row) => row.sourceId) : [];
  removeLinks(run.store, session, { sync: id, sourceIds: [...unlinked, ...relinked] });
  await writeLinks(run.store, session, { sync: id, rows: made });
  dropRulings(run.store, session, { sync: id, sourceIds: relinked });
  if (sync.remembers !== undefined) {
    forget(run.store, session, { sync: id, sourceIds: unlinked });
    await writeRemembered(run.store, session, { sync: id, rows: rememberedOf(done) });
  }
  if (!intended) {
    await writeTrail(run.store, session, {
      sync: id,
      run: run.id,
      state: "done",
      rows: done.map((one) => trailRow(one.write, targetIdOf(one))),
    });
  } else if (written.length > 0) {
    await settleIntents(run.store, session, {
      sync: id,
      run: run.id,
      done: done.map((one) => ({ sourceId: one.write.id, targetId: targetIdOf(one) })),
      refused: written.filter((one) => !one.outcome.ok && !one.outcome.error.inDoubt).map((one) => one.write.id),
    });
  }
}

/** What is left pending of a page. The answer counts what was decided. */
export async function recordPage(
  run: Run,
  session: SqlSession,
  page: { sync: ReadySync; rest: readonly Decision[]; written: readonly Written[]; line: "kept" | "empty" | "moved" },
): Promise<SyncCounts> {
  const { rest, written } = page;
  if (page.line === "kept") return count(rest, written);
  const sync = page.sync.state.id;
  const twins = await linkTwins(run, session, { sync: page.sync, written });
  const notDone = written.filter((one) => !one.outcome.ok).map((one) => twins.get(one.write.id) ?? refused(one));
  const undecided = [...rest.filter(isUndecided), ...notDone];
  if (page.line === "moved") {
    const decided = [
      ...rest.filter((one) => !isUndecided(one)).map((one) => one.id),
      ...written.filter((one) => one.outcome.ok).map((one) => one.write.id),
    ];
    removePending(run.store, session, { sync, sourceIds: decided });
  }
  await writePending(run.store, session, { sync, run: run.id, rows: undecided.map(pendingRow) });
  return count(
    [...rest, ...notDone],
    written.filter((one) => one.outcome.ok),
  );
}

/** The trail's row of a write, before or after it was carried out. */
export function trailRow(write: Write, targetId: string | null): TrailRow {
  const why = write.why ?? null;
  // To bring a record back is to create it as far as the trail goes: its inverse takes it away again.
  const base = { sourceId: write.id, targetId, operation: write.kind === "restore" ? ("create" as const) : write.kind, why };
  if (write.kind === "create") return { ...base, before: null, after: write.values };
  if (write.kind === "restore") return { ...base, before: null, after: write.after };
  if (write.kind === "delete") return { ...base, before: write.before, after: null };
  return { ...base, before: write.before, after: write.after };
}

function rememberedOf(done: readonly Written[]): ReadonlyMap<string, Remembered> {
  const rows = new Map<string, Remembered>();
  for (const { write, outcome } of done) {
    if (!write.remember || !outcome.ok) continue;
    const patch = write.kind === "create" ? write.values : write.kind === "update" ? write.after : {};
    rows.set(write.id, outcome.record ? asTaken(write.remember, { patch, record: outcome.record }) : write.remember);
  }
  return rows;
}

function newLinks(done: readonly Written[]): { sourceId: string; targetId: string }[] {
  const made = done.filter(
    ({ write }) => write.kind === "create" || write.kind === "restore" || (write.kind === "update" && write.newLink),
  );
  return made.map((one) => ({ sourceId: one.write.id, targetId: targetIdOf(one) }));
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
    reason: [error?.message, error?.hint, error?.inDoubt ? "The next run looks whether it was carried out." : undefined]
      .filter(Boolean)
      .join(" "),
    ...(error?.field === undefined ? {} : { field: error.field }),
  };
}

function isUndecided(decision: Decision): decision is Undecided {
  return decision.kind === "waiting" || decision.kind === "held" || decision.kind === "failed";
}

function pendingRow(one: Undecided): PendingRow {
  return {
    sourceId: one.id,
    state: one.code === linkedTwin ? "changed" : one.kind,
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
  restore: "created",
} as const;

function count(rest: readonly Decision[], written: readonly Written[]): SyncCounts {
  const counts = { ...noSyncCounts() } as Record<keyof SyncCounts, number>;
  for (const one of rest) counts[countOf[one.kind]]++;
  for (const one of written) counts[one.outcome.ok ? countOf[one.write.kind] : "failed"]++;
  counts.read = rest.length + written.length;
  return counts;
}

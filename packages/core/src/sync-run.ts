import { VendorError } from "@fieldwright/connector-kit";
import { sqlTrouble } from "@fieldwright/connector-kit/sql";
import type { PartStatus, SyncReport } from "./events.js";
import { leaseScope } from "./fenced.js";
import { knownBefore, withinGuards } from "./guard.js";
import { add, type LandedPage } from "./land.js";
import { plain } from "./plain.js";
import { FieldwrightError } from "./problem.js";
import { progressOf } from "./progress.js";
import type { ReadySync } from "./ready-sync.js";
import { noSyncCounts, type Run, type SyncCounts } from "./run.js";
import { keepSpec } from "./store/kept-spec.js";
import { countPending, countPendingAmong, enqueue, nextPending, writePending } from "./store/pending.js";
import { closeSyncLog } from "./store/run-log.js";
import { readStreamState } from "./store/stream-state.js";
import { writeSyncState } from "./store/sync-state.js";
import { doubtfulSources } from "./store/trail.js";
import { type Decide, syncPage } from "./sync.js";

/** A sync within a run: its counts so far, and whether it may still write. */
export interface SyncRun {
  readonly sync: ReadySync;
  counts: SyncCounts;
  /** Its guards are asked first: until then pages are only counted. */
  deferred: boolean;
  /** Watches the limits that hold without a question. */
  readonly review?: Run["review"];
  /** Something is in line for this sync: pages must look there. */
  anyPending: boolean;
  failure?: Error;
  tell: ReturnType<typeof progressOf>;
}

const pageSize = 1000;

/** Brings the line up to date: changes landed since, all records after a change of the spec, writes in doubt. */
export async function openSync(run: Run, sync: ReadySync, asks?: { readonly deferred: boolean }): Promise<SyncRun> {
  run.emit({ type: "step-started", run: String(run.id), step: "sync", name: sync.spec.name, resumed: false });
  await run.transaction(async (session) => {
    run.lease.fence(session, leaseScope(sync));
    if (run.kind === "rollback") return; // goes by the trail, and leaves the line to the next run
    const line = { sync: sync.state.id, stream: sync.source.name };
    const doubtful = await doubtfulSources(run.store, session, { sync: sync.state.id });
    if (doubtful.length > 0) await enqueue(run.store, session, { ...line, which: { ids: doubtful } });
    const { version } = await readStreamState(run.store, session, sync.source.name);
    const respecified = sync.state.hash !== null && sync.state.hash !== sync.spec.hash;
    if (respecified) await enqueue(run.store, session, { ...line, which: "all" });
    if (version > sync.state.version) await enqueue(run.store, session, { ...line, which: { above: sync.state.version } });
    if (!respecified && version === sync.state.version && sync.state.hash !== null) return;
    const state = { ...sync.state, hash: sync.spec.hash, version };
    writeSyncState(run.store, session, state);
    sync.state = state;
  });
  const pending = await countPending(run.store, run.store.database, { sync: sync.state.id });
  const inLine = pending.changed + pending.waiting + pending.held + pending.failed > 0;
  const own: SyncRun = {
    sync,
    counts: noSyncCounts(),
    deferred: asks?.deferred ?? false,
    anyPending: inLine,
    tell: progressOf(run, "sync", sync.spec.name),
  };
  if (!asks) return own;
  const known = await knownBefore(run, sync);
  return Object.assign(own, { review: withinGuards(sync, known, () => own.counts.failed) });
}

/** A page straight from landing. */
export async function syncLanded(run: Run, own: SyncRun, landed: LandedPage): Promise<void> {
  if (own.failure) return;
  if (own.deferred) {
    const waitInLine = await countPendingAmong(run.store, run.store.database, { sync: own.sync.state.id, sourceIds: landed.unchangedIds });
    const same = landed.unchangedIds.length - waitInLine;
    own.counts = add(own.counts, { read: same, unchanged: same });
    return tellProgress(own);
  }
  if (landed.changed.length === 0 && landed.version === own.sync.state.version && !own.anyPending) {
    // Nothing to decide and nothing to move: only counted, and told with the sync's line at the end.
    const same = landed.unchangedIds.length;
    own.counts = add(own.counts, { read: same, unchanged: same });
    return tellProgress(own);
  }
  const inLine = own.anyPending
    ? await countPendingAmong(run.store, run.store.database, { sync: own.sync.state.id, sourceIds: landed.unchangedIds })
    : 0;
  await guarded(run, own, {
    records: landed.changed,
    unchanged: landed.unchangedIds.length - inLine,
    version: landed.version,
    areNew: landed.areNew && !own.anyPending,
  });
}

/** Records that are in line: `all` that are due, or only those that became due since. */
export async function syncPending(run: Run, own: SyncRun, which: "all" | "new"): Promise<void> {
  if (own.failure || run.signal.aborted) return;
  const { sync } = own;
  if (which === "new") await catchUp(run, own);
  for (let progress = true; progress; ) {
    progress = false;
    let after = "";
    for (;;) {
      if (run.signal.aborted || own.failure) return;
      const only = which === "all" ? "all" : "new";
      const records = await nextPending(run.store, run.store.database, {
        sync: sync.state.id,
        stream: sync.source.name,
        after,
        limit: pageSize,
        only,
        run: run.id,
      });
      const last = records.at(-1);
      if (!last) break;
      after = last.id;
      await guarded(run, own, { records, unchanged: 0 });
      progress = which === "new"; // a link made here may be what another record of the same sync waits for
    }
  }
}

/** Deletions found at the end of a read, and what related streams have marked since. */
export async function catchUp(run: Run, own: SyncRun): Promise<void> {
  const { sync } = own;
  await run.transaction(async (session) => {
    run.lease.fence(session, leaseScope(sync));
    const { version } = await readStreamState(run.store, session, sync.source.name);
    if (version <= sync.state.version) return;
    await enqueue(run.store, session, { sync: sync.state.id, stream: sync.source.name, which: { above: sync.state.version } });
    const state = { ...sync.state, hash: sync.spec.hash, version };
    writeSyncState(run.store, session, state);
    sync.state = state;
  });
}

/** Records out of the line, by a way of deciding of their own. */
export function syncRows(run: Run, own: SyncRun, page: Omit<PageOf, "counts">, decide?: Decide): Promise<void> {
  return guarded(run, own, page, decide);
}

type PageOf = Parameters<typeof syncPage>[2];

/** A page that fails is put in line for the next run, and the sync goes on; what stops the run stops the sync. */
async function guarded(run: Run, own: SyncRun, page: Omit<PageOf, "counts">, decide?: Decide): Promise<void> {
  const { sync } = own;
  try {
    own.counts = await syncPage(own.review ? { ...run, review: own.review } : run, sync, { ...page, counts: own.counts }, decide);
  } catch (error) {
    if (stops(error)) {
      own.failure = error as Error;
      if (isGuard(error)) return;
      if (!(error instanceof VendorError) || error.next === "stop-run") throw error;
      return;
    }
    const reason = error instanceof Error ? error.message : String(error);
    await run.transaction(async (session) => {
      run.lease.fence(session, leaseScope(sync));
      if (page.keepsLine) return;
      await writePending(run.store, session, {
        sync: sync.state.id,
        run: run.id,
        rows: page.records.map((record) => ({
          sourceId: record.id,
          state: "failed",
          code: "page/failed",
          reason,
          field: null,
          waitsFor: null,
        })),
      });
      if (page.version !== undefined) writeSyncState(run.store, session, { ...sync.state, hash: sync.spec.hash, version: page.version });
    });
    if (page.version !== undefined) sync.state = { ...sync.state, hash: sync.spec.hash, version: page.version };
    own.counts = add(own.counts, { read: page.records.length + page.unchanged, failed: page.records.length, unchanged: page.unchanged });
    run.emit({
      type: "notice",
      run: String(run.id),
      level: "warning",
      text: `A page of ${sync.spec.name} failed and is tried again by the next run: ${reason}`,
    });
  }
  const { waiting, held, failed } = own.counts;
  own.anyPending ||= waiting + held + failed > 0;
  tellProgress(own);
}

function tellProgress(own: SyncRun): void {
  const { read, created, updated, unchanged, held, failed } = own.counts;
  own.tell({ processed: read, created, updated, unchanged, held, failed });
}

/** A guard ends its own sync; the others go on. */
function isGuard(error: unknown): boolean {
  return error instanceof FieldwrightError && error.code === "guard/tripped";
}

function stops(error: unknown): boolean {
  if (error instanceof FieldwrightError) return true;
  if (error instanceof VendorError) return error.next === "stop-run" || error.next === "stop-stream";
  const trouble = sqlTrouble(error);
  return trouble === "connection" || trouble === "disk";
}

/** The sync's line in the log. Records still in line from earlier runs are counted: a run tells how things stand. */
export async function closeSync(run: Run, own: SyncRun, end: { status: PartStatus; log: boolean; only?: boolean }): Promise<SyncReport> {
  const { sync } = own;
  // A plan of a rollback, and what carries a plan out, are about their own records alone.
  if (end.log && !end.only && (run.kind === "run" || run.kind === "plan")) {
    const left = await countPending(run.store, run.store.database, { sync: sync.state.id, exceptRun: run.id });
    own.counts = add(own.counts, { read: left.waiting + left.held, waiting: left.waiting, held: left.held });
  }
  const status: PartStatus = own.failure
    ? isGuard(own.failure)
      ? "partial"
      : "failed"
    : end.status === "stopped" || end.status === "failed"
      ? end.status
      : own.counts.held + own.counts.failed > 0
        ? "partial"
        : end.status;
  const report: SyncReport = { sync: sync.spec.name, status, error: own.failure ? plain(own.failure) : null, ...own.counts };
  if (end.log) await closeSyncLog(run.store, { run: run.id, report });
  if (run.kind !== "rollback" && !own.failure) await keepSpec(run.store, run.store.database, { sync: sync.state.id, spec: sync.spec });
  run.emit({
    type: "step-finished",
    run: String(run.id),
    step: "sync",
    name: sync.spec.name,
    status,
    ...(report.error === null ? {} : { error: report.error }),
  });
  return report;
}

import type { SqlSession } from "@fieldwright/connector-kit/sql";
import { diffRecord } from "./diff.js";
import { decideGone } from "./gone.js";
import { add } from "./land.js";
import { mapPage } from "./map.js";
import { matchPage } from "./match.js";
import type { ReadySync } from "./ready-sync.js";
import { recordPage, trailRow } from "./record.js";
import type { Decision, Run, SyncCounts } from "./run.js";
import type { LandedRecord } from "./store/landing.js";
import { logSync } from "./store/run-log.js";
import { type SyncState, writeSyncState } from "./store/sync-state.js";
import { writeTrail } from "./store/trail.js";
import { isWrite, type Write, writePage } from "./write.js";

/** Landed records that a sync owes a decision. */
export interface SyncPage {
  readonly records: readonly LandedRecord[];
  /** Records that were read but have not changed: only counted. */
  readonly unchanged: number;
  /** The source stream's version that this page completes; absent for records out of the line. */
  readonly version?: number;
}

type CountedPage = SyncPage & { readonly counts: SyncCounts };
type Done = { readonly counts: SyncCounts; readonly state: SyncState };

/** One page's way through a sync: map, match, diff, write, record. */
export async function syncPage(run: Run, sync: ReadySync, page: CountedPage): Promise<SyncCounts> {
  const done = sync.target.inStore ? await inOneCommit(run, sync, page) : await withIntents(run, sync, page);
  sync.state = done.state;
  return done.counts;
}

/** The target lies in the store's own database: its writes, the trail, the links and the checkpoint commit together. */
function inOneCommit(run: Run, sync: ReadySync, page: CountedPage): Promise<Done> {
  return run.transaction(async (session) => {
    await run.lease.fence(session, leaseScope(sync));
    const { writes, rest } = await decide(run, session, { sync, records: page.records });
    const written = await writePage(run, session, { sync, writes });
    const counts = await recordPage(run, session, { sync, rest, written, intended: false });
    return completePage(run, session, { sync, page, counts });
  });
}

/** A target elsewhere cannot join a commit: what is about to be written is written down first, and its outcome after. */
async function withIntents(run: Run, sync: ReadySync, page: CountedPage): Promise<Done> {
  const { writes, rest } = await decide(run, run.store.database, { sync, records: page.records });
  if (writes.length > 0) {
    await run.transaction(async (session) => {
      await run.lease.fence(session, leaseScope(sync));
      await writeTrail(run.store, session, {
        sync: sync.state.id,
        run: run.id,
        state: "intended",
        rows: writes.map((write) => trailRow(write, write.kind === "create" ? null : write.targetId)),
      });
    });
  }
  const written = await writePage(run, run.store.database, { sync, writes });
  return run.transaction(async (session) => {
    await run.lease.fence(session, leaseScope(sync));
    const counts = await recordPage(run, session, { sync, rest, written, intended: true });
    return completePage(run, session, { sync, page, counts });
  });
}

export function leaseScope(sync: ReadySync): string {
  return `sync:${sync.spec.name}`;
}

/** What is to be done with each record of a page; nothing is written. */
async function decide(
  run: Run,
  session: SqlSession,
  page: { sync: ReadySync; records: readonly LandedRecord[] },
): Promise<{ writes: readonly Write[]; rest: readonly Decision[] }> {
  const { sync } = page;
  const gone = await decideGone(run, session, page);
  const mapped = await mapPage(run, session, page);
  const found = await matchPage(run, session, { sync, wanted: mapped.wanted });
  const decisions = [...gone, ...mapped.decided, ...found.decided, ...found.matched.map((one) => diffRecord(sync, one))];
  run.observe(sync, decisions);
  return { writes: decisions.filter(isWrite), rest: decisions.filter((one) => !isWrite(one)) };
}

/** Moves the sync's checkpoint and its line in the log, in the commit of the page. */
async function completePage(
  run: Run,
  session: SqlSession,
  done: { sync: ReadySync; page: CountedPage; counts: SyncCounts },
): Promise<Done> {
  const { sync, page } = done;
  const counts = add(add(page.counts, done.counts), { read: page.unchanged, unchanged: page.unchanged });
  const moves = page.version !== undefined && page.version !== sync.state.version;
  const state = moves ? { ...sync.state, hash: sync.spec.hash, version: page.version } : sync.state;
  if (moves) await writeSyncState(run.store, session, state);
  await logSync(run.store, session, { run: run.id, report: { sync: sync.spec.name, status: "done", error: null, ...counts }, over: false });
  return { counts, state };
}

import { VendorError } from "@fieldwright/connector-kit";
import { type SqlSession, sqlTrouble } from "@fieldwright/connector-kit/sql";
import { diffRecord } from "./diff.js";
import { fenced } from "./fenced.js";
import { decideGone } from "./gone.js";
import { add } from "./land.js";
import { mapPage } from "./map.js";
import { matchPage } from "./match.js";
import { orHold } from "./or-hold.js";
import type { ReadySync } from "./ready-sync.js";
import { recordLinks, recordPage, recordWritten, trailRow } from "./record.js";
import type { Decision, Run, SyncCounts } from "./run.js";
import { settleDoubts } from "./settle.js";
import type { LandedRecord } from "./store/landing.js";
import { readRemembered } from "./store/remembered.js";
import { type Ruling, readRulings } from "./store/rulings.js";
import { logSync } from "./store/run-log.js";
import { type SyncState, writeSyncState } from "./store/sync-state.js";
import { writeTrail } from "./store/trail.js";
import { type Batch, batchesOf, isWrite, type Write, type Written, writeBatch } from "./write.js";

/** Landed records that a sync owes a decision. */
export interface SyncPage {
  readonly records: readonly LandedRecord[];
  /** Records that were read but have not changed: only counted. */
  readonly unchanged: number;
  /** The source stream's version that this page completes; absent for records out of the line. */
  readonly version?: number;
  /** What is decided about these records leaves the line as it is. */
  readonly keepsLine?: boolean;
  /** None of these records was landed before, and none of the sync's is in line. */
  readonly areNew?: boolean;
}

type CountedPage = SyncPage & { readonly counts: SyncCounts };
type DecidedPage = { readonly sync: ReadySync; readonly records: readonly LandedRecord[]; readonly areNew?: boolean };
export type Decide = (run: Run, session: SqlSession, page: DecidedPage) => Promise<readonly Decision[]>;
type Work = { readonly page: CountedPage; readonly decide: Decide };
type Done = { readonly counts: SyncCounts; readonly state: SyncState };

/** One page's way through a sync: map, match, diff, write, record. `decide` says what is to be done with its records; a rollback has another one. */
export async function syncPage(run: Run, sync: ReadySync, page: CountedPage, decide: Decide = decidePage): Promise<SyncCounts> {
  const done = sync.target.inStore ? await inOneCommit(run, sync, { page, decide }) : await withIntents(run, sync, { page, decide });
  sync.state = done.state;
  return done.counts;
}

/** The target lies in the store's own database: its writes, the trail, the links and the checkpoint commit together. */
function inOneCommit(run: Run, sync: ReadySync, { page, decide }: Work): Promise<Done> {
  return fenced(run, sync, async (session) => {
    const { writes, rest } = sorted(
      run.review(sync, await decide(run, session, { sync, records: page.records, areNew: page.areNew ?? false })),
    );
    const written: Written[] = [];
    for (const batch of batchesOf(sync, writes)) written.push(...(await writeBatch(run, session, { sync, batch })));
    await recordLinks(run, session, { sync, rest });
    await recordWritten(run, session, { sync, written, intended: false });
    const counts = await recordPage(run, session, { sync, rest, written, line: lineOf(page) });
    return completePage(run, session, { sync, page, counts });
  }).catch((error: unknown) => {
    // The target's database is the store: that it is away is the store's news.
    throw error instanceof VendorError && sqlTrouble(error.cause) === "connection" ? error.cause : error;
  });
}

/**
 * A target elsewhere cannot join a commit: what is about to be written is written down first, and its outcome after. Batch by batch, so that a
 * process that dies leaves no more in doubt than it had under way.
 */
async function withIntents(run: Run, sync: ReadySync, { page, decide }: Work): Promise<Done> {
  const doubtful = await settleDoubts(run, sync, page.records);
  const inDoubt = new Set(doubtful.map((one) => one.id));
  const clear = await decide(run, run.store.database, { sync, records: page.records.filter((record) => !inDoubt.has(record.id)) });
  const { writes, rest } = sorted(run.review(sync, [...doubtful, ...clear]));
  const written: Written[] = [];
  let last: readonly Written[] = [];
  for (const batch of batchesOf(sync, writes)) {
    await fenced(run, sync, async (session) => {
      if (written.length === 0) await recordLinks(run, session, { sync, rest });
      await recordWritten(run, session, { sync, written: last, intended: true });
      await writeTrail(run.store, session, {
        sync: sync.state.id,
        run: run.id,
        state: "intended",
        rows: batch.writes.map((write) => trailRow(write, write.kind === "create" ? null : write.targetId)),
      });
    });
    last = await answered(run, sync, batch);
    written.push(...last);
  }
  return fenced(run, sync, async (session) => {
    if (written.length === 0) await recordLinks(run, session, { sync, rest });
    await recordWritten(run, session, { sync, written: last, intended: true });
    const counts = await recordPage(run, session, { sync, rest, written, line: lineOf(page) });
    return completePage(run, session, { sync, page, counts });
  });
}

/** The outcomes of a batch. What stops the sync is thrown when it is written down what surely was not carried out; other errors stay in doubt. */
async function answered(run: Run, sync: ReadySync, batch: Batch): Promise<readonly Written[]> {
  try {
    return await writeBatch(run, run.store.database, { sync, batch });
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
    const written = batch.writes.map((write): Written => ({ write, outcome: { ok: false, error } }));
    if (error.next !== "stop-run" && error.next !== "stop-stream") return written;
    await fenced(run, sync, (session) => recordWritten(run, session, { sync, written, intended: true }));
    throw error;
  }
}

/** What is to be done with each record of a page; nothing is written. */
export const decidePage: Decide = async (run, session, page) => {
  const { sync } = page;
  const rulings = await rulingsOf(run, session, page);
  const ignored = page.records.filter((record) => rulings.get(record.id) === "ignore");
  const records = ignored.length === 0 ? page.records : page.records.filter((record) => rulings.get(record.id) !== "ignore");
  const gone = await decideGone(run, session, { sync, records });
  const mapped = await mapPage(run, session, { sync, records });
  const found = await matchPage(run, session, { sync, wanted: mapped.wanted, rulings, areNew: page.areNew ?? false });
  const remembered = sync.remembers
    ? await readRemembered(run.store, session, { sync: sync.state.id, sourceIds: found.matched.map((one) => one.wanted.id) })
    : undefined;
  const now = run.now();
  const diffed = found.matched.map((one) =>
    orHold(one.wanted.id, () => diffRecord(sync, one, { remembered: remembered?.get(one.wanted.id), now })),
  );
  return [...ignored.map(({ id }): Decision => ({ kind: "filtered", id })), ...gone, ...mapped.decided, ...found.decided, ...diffed];
};

function rulingsOf(run: Run, session: SqlSession, page: DecidedPage): Promise<ReadonlyMap<string, Ruling>> {
  const { sync, records } = page;
  if (!sync.state.ruled) return Promise.resolve(new Map());
  return readRulings(run.store, session, { sync: sync.state.id, sourceIds: records.map((record) => record.id) });
}

function sorted(decisions: readonly Decision[]): { writes: readonly Write[]; rest: readonly Decision[] } {
  return { writes: decisions.filter(isWrite), rest: decisions.filter((one) => !isWrite(one)) };
}

function lineOf(page: SyncPage): "kept" | "empty" | "moved" {
  return page.keepsLine ? "kept" : page.areNew ? "empty" : "moved";
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
  if (moves) writeSyncState(run.store, session, state);
  logSync(run.store, session, { run: run.id, report: { sync: sync.spec.name, status: "done", error: null, ...counts } });
  return { counts, state };
}

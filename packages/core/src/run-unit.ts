import { VendorError } from "@fieldwright/connector-kit";
import { sqlTrouble } from "@fieldwright/connector-kit/sql";
import { ahead } from "./ahead.js";
import type { PartStatus, StreamReport, SyncReport } from "./events.js";
import { finishReading } from "./finish-read.js";
import { asksAboutChanges } from "./guard.js";
import { type LandedPage, landPage, savePages } from "./land.js";
import { plain } from "./plain.js";
import { FieldwrightError } from "./problem.js";
import { progressOf } from "./progress.js";
import { beginReading, readPages } from "./read.js";
import type { ReadySync } from "./ready-sync.js";
import type { Run, Unit } from "./run.js";
import { analyze, clearSeen } from "./store/landing.js";
import { closeStreamLog } from "./store/run-log.js";
import type { Reading } from "./store/stream-state.js";
import { closeSync, openSync, type SyncRun, syncLanded, syncPending } from "./sync-run.js";

/** What became of a unit; `stop` ends the whole run. */
export interface UnitResult {
  readonly stream: StreamReport;
  readonly syncs: readonly SyncReport[];
  /** Syncs that wait for their guards, with how the reading of their source ended. */
  readonly deferred: readonly { readonly own: SyncRun; readonly unit: Unit; readonly status: PartStatus }[];
  readonly stop?: Error;
}

/** How a unit's syncs take part: page by page, with the guards' questions after the reading, or not at all. */
export type Taking = "as it is read" | "afterwards" | "none";

/** Reads a stream to its end and carries each page through every sync that maps it. Its failure is its own: other units go on. */
export async function runUnit(run: Run, unit: Unit, taking: Taking): Promise<UnitResult> {
  const asks = taking === "afterwards";
  const open = (sync: ReadySync) => openSync(run, sync, asks ? { deferred: asksAboutChanges(sync) } : undefined);
  const syncs = taking === "none" ? [] : await Promise.all(unit.syncs.map(open));
  let failure: Error | undefined;
  let reading: Reading | undefined;
  try {
    reading = await readUnit(run, unit, syncs);
  } catch (error) {
    failure = asError(error);
  }
  if (!asks && !(failure && stopsRun(failure))) {
    try {
      // What was in line before is decided by what was read since: a record is decided once a run, as it is now.
      for (const which of ["all", "new"] as const) for (const sync of syncs) await syncPending(run, sync, which);
    } catch (error) {
      failure ??= asError(error);
    }
  }
  return finishUnit(run, unit, { syncs, failure, reading, asks });
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

async function readUnit(run: Run, unit: Unit, syncs: readonly SyncRun[]): Promise<Reading> {
  const begun = beginReading(run, unit);
  let { reading } = begun;
  const name = unit.name;
  run.emit({ type: "step-started", run: String(run.id), step: "read", name, resumed: begun.resumed });
  const tell = progressOf(run, "read", name);
  let total: number | undefined;
  const progress = () => {
    const lastTotal = reading.mode.kind === "full" ? unit.state.lastTotal : null;
    const from =
      total === undefined
        ? lastTotal === null
          ? undefined
          : ({ count: lastTotal, from: "last full read" } as const)
        : ({ count: total, from: "vendor's total" } as const);
    const { fetched, inserted, updated, unchanged, held, failed } = unit.counts;
    tell({ processed: fetched, created: inserted, updated, unchanged, held, failed, ...(from ? { total: from } : {}) });
  };
  progress();
  if (begun.reading.pages === 0 && reading.tracksSeen) await clearSeen(run.store, run.store.database, name);
  const pages = landedPages(run, unit, {
    reading,
    onPage: (after, claimed) => {
      reading = after;
      total = claimed ?? total;
    },
  });
  // The next page is landed while this one goes through its syncs.
  for await (const landed of ahead(pages)) {
    for (const sync of syncs) await syncLanded(run, sync, landed);
    progress();
    await followGrowth(run, unit);
    if (run.signal.aborted) break;
  }
  if (run.signal.aborted && unit.unsaved.pages > 0) await savePages(run, unit, { reading });
  if (!run.signal.aborted) await finishReading(run, unit, reading);
  progress();
  return reading;
}

/** The planner's statistics keep up with a table that grows from nothing within one run; the embedded store has nobody else to do it. */
async function followGrowth(run: Run, unit: Unit): Promise<void> {
  const { inserted } = unit.counts;
  if (inserted < 1000 || inserted < unit.analyzedAt * 10) return;
  unit.analyzedAt = inserted;
  await analyze(run.store, [run.store.landing(unit.name), run.store.table("links"), run.store.table("pending")]);
}

async function* landedPages(
  run: Run,
  unit: Unit,
  start: { reading: Reading; onPage(after: Reading, total: number | undefined): void },
): AsyncGenerator<LandedPage> {
  let { reading } = start;
  if (reading.ended) return;
  for await (const item of readPages(run, unit, reading)) {
    const done = await landPage(run, unit, { item, reading });
    reading = done.reading;
    start.onPage(reading, item.page?.total);
    yield done.landed;
    if (run.signal.aborted) return;
  }
}

/** Errors after which no other unit can do better: the account is shut, or the store is away. */
function stopsRun(error: Error): boolean {
  if (error instanceof VendorError) return error.next === "stop-run";
  if (error instanceof FieldwrightError) return true;
  const trouble = sqlTrouble(error);
  return trouble === "connection" || trouble === "disk";
}

async function finishUnit(
  run: Run,
  unit: Unit,
  end: { syncs: readonly SyncRun[]; failure: Error | undefined; reading: Reading | undefined; asks: boolean },
): Promise<UnitResult> {
  const { failure } = end;
  const stop = failure && stopsRun(failure) ? failure : undefined;
  const status: PartStatus = failure
    ? "failed"
    : run.signal.aborted
      ? "stopped"
      : (end.reading?.failedPages ?? 0) > 0 || unit.counts.held > 0
        ? "partial"
        : "done";
  const error = failure
    ? run.redact(plain(failure))
    : (end.reading?.failedPages ?? 0) > 0
      ? `${end.reading?.failedPages} pages could not be read; the next run reads them again.`
      : null;
  const stream: StreamReport = { stream: unit.name, status, error, ...unit.counts };
  if (!stop) await closeStreamLog(run.store, { run: run.id, report: stream });
  run.emit({ type: "step-finished", run: String(run.id), step: "read", name: unit.name, status, ...(error === null ? {} : { error }) });
  const deferred = stop || !end.asks ? [] : end.syncs.map((own) => ({ own, unit, status }));
  const syncs: SyncReport[] = [];
  if (stop || !end.asks) for (const sync of end.syncs) syncs.push(await closeSync(run, sync, { status, log: !stop }));
  return { stream, syncs, deferred, ...(stop ? { stop } : {}) };
}

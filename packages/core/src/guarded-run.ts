import { decideAll } from "./dry-run.js";
import type { PlannedSync } from "./engine.js";
import type { RunReport, SyncReport } from "./events.js";
import { knownBefore, mightAsk } from "./guard.js";
import { add } from "./land.js";
import type { Deferred } from "./open-run.js";
import { PlanSheet } from "./plan-sheet.js";
import type { ReadySync } from "./ready-sync.js";
import type { Run } from "./run.js";
import { savePlan } from "./save-plan.js";
import { closeSyncLog } from "./store/run-log.js";
import { catchUp, closeSync, syncPending } from "./sync-run.js";

/** Asks every guard about all that is in line, then carries out what none of them holds. What is held is kept as a plan that waits for approval. */
export async function carryGuarded(run: Run, after: { deferred: readonly Deferred[] }): Promise<readonly SyncReport[]> {
  const { deferred } = after;
  if (!run.signal.aborted) for (const { own } of deferred) if (!own.failure) await catchUp(run, own);
  const asked = run.signal.aborted ? new Map<string, Asked>() : await askGuards(run, deferred);
  const reports: SyncReport[] = [];
  for (const one of deferred) {
    const held = asked.get(one.own.sync.spec.name);
    reports.push(held ? await leave(run, one, held) : await carry(run, one));
  }
  return reports;
}

/** A sync that waits for approval, and why. */
interface Asked {
  readonly says: readonly string[];
  /** What it would have done. */
  readonly dry: SyncReport;
}

async function askGuards(run: Run, deferred: readonly Deferred[]): Promise<ReadonlyMap<string, Asked>> {
  const known = new Map<string, Awaited<ReturnType<typeof knownBefore>>>();
  let anyMight = false;
  for (const { own, unit } of deferred) {
    const before = await knownBefore(run, own.sync, unit);
    known.set(own.sync.spec.name, before);
    anyMight ||= await mightAsk(run, own.sync, before);
  }
  if (!anyMight) return new Map();
  const sheet = new PlanSheet();
  try {
    const syncs = deferred.map(({ own }) => own.sync);
    const dry = await decideAll(run, syncs, sheet);
    const planned = syncs.map((sync) => sheet.summary(sync, known.get(sync.spec.name) ?? { linked: 0, isFirstRun: true }));
    const asked = whoAsks(syncs, planned, dry);
    if (asked.size > 0) {
      const only = new Set(syncs.filter((sync) => asked.has(sync.spec.name)).map((sync) => sync.state.id));
      const report: RunReport = {
        run: String(run.id),
        status: "partial",
        startedAt: run.now().toISOString(),
        seconds: 0,
        streams: [],
        syncs: dry.filter((one) => asked.has(one.sync)),
      };
      run.asks = await savePlan(run, {
        kind: "sync",
        status: "asks",
        sheet,
        planned: planned.filter((one) => asked.has(one.sync)),
        report,
        only,
      });
    }
    return asked;
  } finally {
    sheet.rows.close();
  }
}

/** The syncs whose guards ask, and those that refer to what they would create: half a plan would leave references behind. */
function whoAsks(syncs: readonly ReadySync[], planned: readonly PlannedSync[], dry: readonly SyncReport[]): ReadonlyMap<string, Asked> {
  const asked = new Map<string, Asked>();
  for (const [index, sync] of syncs.entries()) {
    const report = dry[index];
    if (!report) continue;
    const says = (planned[index]?.asks ?? []).map((trip) => trip.says);
    const needs = sync.refs.map((ref) => ref.sync).filter((name) => asked.has(name));
    const does = report.created + report.updated + report.deleted > 0;
    if (says.length > 0) asked.set(sync.spec.name, { says, dry: report });
    else if (needs.length > 0 && does) asked.set(sync.spec.name, { says: [`It refers to ${needs.join(", ")}, which asks.`], dry: report });
  }
  return asked;
}

/** Nothing is written: what would have been stays in line, and counts as held. */
async function leave(run: Run, { own }: Deferred, { says, dry }: Asked): Promise<SyncReport> {
  const { read, filtered, unchanged, waiting, failed, created, updated, deleted } = dry;
  own.counts = add(own.counts, { read, filtered, unchanged, waiting, failed, held: dry.held + created + updated + deleted });
  const report: SyncReport = {
    sync: own.sync.spec.name,
    status: "asks",
    error: `${says.join(" ")} \`fieldwright apply ${run.asks}\` carries it out.`,
    ...own.counts,
  };
  await closeSyncLog(run.store, { run: run.id, report });
  run.emit({ type: "step-finished", run: String(run.id), step: "sync", name: report.sync, status: "asks", error: report.error ?? "" });
  return report;
}

async function carry(run: Run, { own, status }: Deferred): Promise<SyncReport> {
  await syncPending(run, own, "all");
  await syncPending(run, own, "new");
  return closeSync(run, own, { status: run.signal.aborted ? "stopped" : status, log: true });
}

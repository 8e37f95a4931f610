import type { Connections } from "../connections.js";
import type { CheckIssue, SyncReport } from "../events.js";
import type { Prepared } from "../prepare.js";
import type { Run } from "../run.js";
import { keepChecks } from "../store/checks.js";
import { checkSync } from "./check-sync.js";
import type { Checking } from "./checking.js";
import type { CheckReport, SyncChecks } from "./report.js";
import { worldOf } from "./world.js";

/** After a run a target without SQL is asked for so many records at most: every run costs requests. */
const lookAfterRun = 500;
const sqlTimeoutMs = 30_000;
const timeoutMs = 300_000;

export interface Verified {
  readonly syncs: readonly SyncReport[];
  /** Absent where nothing was checked. */
  readonly verified?: boolean;
  /** The kept report. */
  readonly checks?: string;
}

export interface Verifying {
  readonly run: Run;
  readonly prepared: Prepared;
  readonly connections: Connections;
}

/** Checks what a run has written, keeps the report, and puts the verdict on the syncs that were carried out. Its own failure is a verdict, too. */
export async function verifyRun(of: Verifying, reports: readonly SyncReport[]): Promise<Verified> {
  const { run } = of;
  const done = reports.filter((report) => report.status === "done" || report.status === "partial");
  if (run.kind === "plan" || run.signal.aborted || done.length === 0) return { syncs: reports };
  const started = run.now();
  const checked = new Map<string, SyncChecks>();
  for (const report of done) {
    const one = await checkOne(of, report);
    if (!one) continue;
    checked.set(report.sync, one);
    run.emit({ type: "checked", run: String(run.id), sync: one.sync, verified: one.verified, issues: issuesOf(one) });
  }
  const all = reports.every(
    (report) => report.status === "skipped" || report.status === "asks" || checked.get(report.sync)?.verified === true,
  );
  const report = {
    run: String(run.id),
    at: started.toISOString(),
    seconds: secondsSince(run, started),
    verified: all,
    syncs: [...checked.values()],
  };
  const id = await keep(run, report);
  return {
    syncs: reports.map((one) => {
      const found = checked.get(one.sync);
      return found ? { ...one, verified: found.verified, issues: issuesOf(found) } : one;
    }),
    verified: all && id !== undefined,
    ...(id === undefined ? {} : { checks: id }),
  };
}

async function checkOne({ run, prepared, connections }: Verifying, report: SyncReport): Promise<SyncChecks | undefined> {
  const sync = prepared.units.flatMap((unit) => unit.syncs).find((one) => one.spec.name === report.sync);
  if (!sync) return undefined;
  const world = worldOf({ prepared, connections, sync });
  const checking: Checking = {
    ...world,
    store: run.store,
    call: { ...run.call, signal: AbortSignal.any([run.signal, AbortSignal.timeout(timeoutMs)]) },
    now: run.now,
    look: lookAfterRun,
    sqlTimeoutMs,
    after: { run: run.id, counts: report, specToo: run.kind !== "rollback" },
  };
  try {
    return await checkSync(checking);
  } catch (error) {
    return undone(checking, error);
  }
}

/** Not even the store could be asked. */
function undone({ sync, redact }: Checking, error: unknown): SyncChecks {
  const why = redact(error instanceof Error ? error.message : String(error));
  return {
    sync: sync.spec.name,
    source: sync.source.name,
    target: sync.target.name,
    verified: false,
    counts: { source: 0, linked: 0 },
    checks: [
      {
        check: "counts_balance",
        about: "all checks",
        builtIn: true,
        severity: "fail",
        status: "not checked",
        says: `They could not be carried out: ${why}`,
        found: 0,
        records: [],
      },
    ],
  };
}

export function issuesOf(checks: SyncChecks): readonly CheckIssue[] {
  return checks.checks.filter((one) => one.status !== "passed").map(({ about, severity, says }) => ({ check: about, severity, says }));
}

async function keep(run: Run, report: Omit<CheckReport, "id">): Promise<string | undefined> {
  try {
    return String(await keepChecks(run.store, run.store.database, { run: run.id, at: report.at, verified: report.verified, report }));
  } catch (error) {
    const why = run.redact(error instanceof Error ? error.message : String(error));
    run.emit({ type: "notice", run: String(run.id), level: "warning", text: `The report of the checks could not be kept: ${why}` });
    return undefined;
  }
}

function secondsSince(run: Run, started: Date): number {
  return (run.now().getTime() - started.getTime()) / 1000;
}

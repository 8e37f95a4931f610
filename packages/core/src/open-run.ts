import { type Verified, verifyRun } from "./checks/verify-run.js";
import type { Connections } from "./connections.js";
import type { RunOptions } from "./engine.js";
import type { Listener, PartStatus, RunMode, RunReport, RunStatus, StreamReport, SyncReport } from "./events.js";
import { leaseScope } from "./fenced.js";
import type { Transform } from "./mapping/index.js";
import { plain } from "./plain.js";
import { type Prepared, prepare } from "./prepare.js";
import { FieldwrightError } from "./problem.js";
import type { Project } from "./project/model.js";
import { noStreamCounts, noSyncCounts, type Run, type RunKind, type Unit } from "./run.js";
import { runUnit, type Taking, type UnitResult } from "./run-unit.js";
import { takeLease } from "./store/leases.js";
import { type Store, storeError } from "./store/open-store.js";
import { sweepOld } from "./store/retention.js";
import { finishRun, startRun } from "./store/run-log.js";
import type { Voices } from "./voices.js";

export interface RunContext {
  readonly project: Project;
  readonly store: Store;
  readonly connections: Connections;
  readonly now: () => Date;
  readonly voices: Voices;
  /** Steps of the app's own. */
  readonly transforms: readonly Transform[];
}

export interface OpenedRun {
  readonly run: Run;
  readonly prepared: Prepared;
  readonly startedAt: Date;
  /** Checks what was done, and puts the verdict on the syncs that ran. */
  verify(syncs: readonly SyncReport[]): Promise<Verified>;
  release(): Promise<void>;
  /** Deletes what is older than the project keeps. */
  sweep(): Promise<void>;
}

/** What a run is for; `by`: who asked for it. */
export interface RunPurpose {
  readonly kind: RunKind;
  readonly by?: string | undefined;
  /** The plan that it carries out. */
  readonly plan?: string;
  /** The run that it takes back. */
  readonly ofRun?: number;
}

export async function openRun(context: RunContext, options: RunOptions, purpose: RunPurpose): Promise<OpenedRun> {
  const { kind } = purpose;
  const { store } = context;
  const stop = stopper(options.signal);
  const prepared = await prepare({ ...context, ...pick(options), signal: stop.signal });
  const mode: RunMode = options.mode ?? { kind: "incremental" };
  const startedAt = context.now();
  const id = await startRun(store, {
    ...purpose,
    by: purpose.by ?? options.by ?? null,
    specs: Object.fromEntries(prepared.units.flatMap((unit) => unit.syncs.map((sync) => [sync.spec.name, sync.spec.hash]))),
    mode: mode.kind === "window" ? `${mode.from} to ${mode.to}` : mode.kind,
    startedAt: startedAt.toISOString(),
  });
  const scopes = prepared.units.flatMap((unit) => [`stream:${unit.name}`, ...unit.syncs.map(leaseScope)]);
  const lease = await takeLease(store, id, { scopes, onLost: stop.abort }).catch(async (error: unknown) => {
    await finishRun(store, {
      id,
      status: "failed",
      error: error instanceof Error ? error.message : String(error),
      report: emptyReport(id, startedAt),
    });
    stop.forget();
    throw error;
  });
  const emit: Listener = (event) => options.onEvent?.(event);
  const endHearing = context.voices.hear((saying) => emit({ ...saying, run: String(id) }));
  const run: Run = {
    id,
    kind,
    mode,
    store,
    lease,
    emit,
    signal: stop.signal,
    call: { signal: stop.signal, priority: "sync" },
    now: context.now,
    redact: context.connections.redact,
    transaction: (work) => store.database.transaction(work),
    review: (_sync, decisions) => decisions,
  };
  emit({
    type: "run-started",
    run: String(id),
    at: startedAt.toISOString(),
    mode,
    streams: prepared.units.map((unit) => unit.name),
    syncs: prepared.units.flatMap((unit) => unit.syncs.map((sync) => sync.spec.name)),
  });
  return {
    run,
    prepared,
    startedAt,
    verify: (syncs) => verifyRun({ run, prepared, connections: context.connections }, syncs),
    sweep: async () => {
      const { keep } = context.project.store;
      if (!keep) return;
      await sweepOld(store, store.database, keep).catch((error: unknown) => {
        const text = `What is older than the project keeps could not be deleted: ${error instanceof Error ? error.message : String(error)}`;
        run.emit({ type: "notice", run: String(run.id), level: "warning", text });
      });
    },
    release: async () => {
      stop.forget();
      endHearing();
      await lease.release().catch(() => undefined); // when the store is away the lease runs out by itself
    },
  };
}

export type Deferred = UnitResult["deferred"][number];

export interface Work {
  /** `nothing read`: the work is about what lies in the store and in the target already. */
  readonly syncs: Taking | "nothing read";
  /** After the last unit, with the syncs that waited for it. */
  readonly afterwards?: (run: Run, after: { units: readonly Unit[]; deferred: readonly Deferred[] }) => Promise<readonly SyncReport[]>;
}

/** Runs the units one after the other and writes the run's report. Throws only what stopped the whole run. */
export async function runUnits(opened: OpenedRun, work: Work): Promise<RunReport> {
  const { run, prepared } = opened;
  const deferred: Deferred[] = [];
  const streams: StreamReport[] = prepared.skippedStreams.map((stream) => ({
    stream,
    status: "skipped",
    error: null,
    ...noStreamCounts(),
  }));
  const syncs: SyncReport[] = prepared.skippedSyncs.map((sync) => ({ sync, status: "skipped", error: null, ...noSyncCounts() }));
  let stop: Error | undefined;
  try {
    for (const unit of work.syncs === "nothing read" ? [] : prepared.units) {
      if (stop || run.signal.aborted) {
        streams.push({ stream: unit.name, status: "stopped", error: null, ...noStreamCounts() });
        syncs.push(...unit.syncs.map((sync) => ({ sync: sync.spec.name, status: "stopped" as const, error: null, ...noSyncCounts() })));
        continue;
      }
      const result = await runUnit(run, unit, work.syncs === "nothing read" ? "none" : work.syncs);
      deferred.push(...result.deferred);
      streams.push(result.stream);
      syncs.push(...result.syncs);
      stop = result.stop;
    }
    if (!stop) stop = await afterwards(work, run, { units: prepared.units, deferred, syncs });
    const verdict = stop ? { syncs } : await opened.verify(syncs);
    const report = reportOf(opened, { ...verdict, streams, stop });
    await finishRun(run.store, { id: run.id, status: report.status, error: stop ? plain(stop) : null, report }).catch((error: unknown) => {
      stop ??= error instanceof Error ? error : new Error(String(error));
    });
    if (!stop) await opened.sweep();
    run.emit({ type: "run-finished", run: String(run.id), status: report.status, report });
    if (stop) throw storeError(stop, run.store.database.name);
    return report;
  } finally {
    await opened.release();
  }
}

/** Does what comes after the units; what it throws stops the run, and is written down with it. */
async function afterwards(
  work: Work,
  run: Run,
  after: { units: readonly Unit[]; deferred: readonly Deferred[]; syncs: SyncReport[] },
): Promise<Error | undefined> {
  try {
    after.syncs.push(...((await work.afterwards?.(run, after)) ?? []));
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function reportOf(opened: OpenedRun, parts: Verified & { streams: readonly StreamReport[]; stop: Error | undefined }): RunReport {
  const { run, startedAt } = opened;
  const all: readonly PartStatus[] = [...parts.streams, ...parts.syncs].map((part) => part.status);
  const status: RunStatus = parts.stop
    ? "failed"
    : run.signal.aborted
      ? "stopped"
      : all.some((one) => one === "failed" || one === "partial" || one === "asks")
        ? "partial"
        : "done";
  return {
    run: String(run.id),
    status,
    startedAt: startedAt.toISOString(),
    seconds: (run.now().getTime() - startedAt.getTime()) / 1000,
    streams: parts.streams,
    syncs: parts.syncs,
    ...(run.asks ? { plan: run.asks } : {}),
    ...(parts.verified === undefined ? {} : { verified: parts.verified }),
    ...(parts.checks === undefined ? {} : { checks: parts.checks }),
  };
}

function emptyReport(id: number, startedAt: Date): RunReport {
  return { run: String(id), status: "failed", startedAt: startedAt.toISOString(), seconds: 0, streams: [], syncs: [] };
}

/** The caller's signal, which a lost lease pulls too. */
function stopper(signal: AbortSignal | undefined): { signal: AbortSignal; abort(error: Error): void; forget(): void } {
  const own = new AbortController();
  const pull = () => own.abort(signal?.reason ?? new FieldwrightError("run/stopped", "The run was asked to stop."));
  if (signal?.aborted) pull();
  signal?.addEventListener("abort", pull, { once: true });
  return { signal: own.signal, abort: (error) => own.abort(error), forget: () => signal?.removeEventListener("abort", pull) };
}

function pick(options: RunOptions): { syncs?: readonly string[]; skip?: readonly string[] } {
  return { ...(options.syncs ? { syncs: options.syncs } : {}), ...(options.skip ? { skip: options.skip } : {}) };
}

import { tellingOfPlan } from "./dry-run.js";
import type { Plan, RollbackOptions, RunOptions } from "./engine.js";
import type { RunReport, SyncReport } from "./events.js";
import { knownBefore } from "./guard.js";
import { openRun, type RunContext, runUnits } from "./open-run.js";
import { inverseFor, PlanSheet } from "./plan-sheet.js";
import type { Inverse } from "./policy/index.js";
import { FieldwrightError } from "./problem.js";
import type { ReadySync } from "./ready-sync.js";
import { nothingRemembered } from "./remember.js";
import type { Decision, Run, Values } from "./run.js";
import { savePlan } from "./save-plan.js";
import { showPlan } from "./show-plan.js";
import type { LandedRecord } from "./store/landing.js";
import { linksOfSources } from "./store/links.js";
import { readRemembered } from "./store/remembered.js";
import { readRunKind } from "./store/run-log.js";
import { type NetChange, netChanges } from "./store/trail-of-run.js";
import type { Decide } from "./sync.js";
import { closeSync, openSync, syncRows } from "./sync-run.js";
import { targetsOf } from "./targets.js";

const recordsPerPage = 1000;

/** Takes back what a run wrote, where the target still holds it, in reverse order of dependency. The rollback is a run that can itself be rolled back. */
export async function rollBack(context: RunContext, ofRun: number, options: RollbackOptions): Promise<RunReport> {
  const opened = await openRollback(context, ofRun, { ...options, kind: "rollback" });
  return runUnits(opened, {
    syncs: "nothing read",
    afterwards: async (run, { units }) => {
      const reports: SyncReport[] = [];
      for (const sync of backwards(units)) reports.push(await rollBackSync(run, sync, { ofRun, options }));
      return reports;
    },
  });
}

/** The same as a plan: what would be put back, what changed since, and what cannot be undone. */
export async function planRollback(context: RunContext, ofRun: number, options: RollbackOptions): Promise<Plan> {
  const opened = await openRollback(context, ofRun, { ...options, kind: "plan" });
  const sheet = new PlanSheet();
  try {
    const report = await runUnits(opened, {
      syncs: "nothing read",
      afterwards: async (run, { units }) => {
        const planning = { ...run, emit: tellingOfPlan(run) };
        const reports: SyncReport[] = [];
        for (const sync of backwards(units)) reports.push(await foresee(planning, sync, { ofRun, options, sheet }));
        return reports;
      },
    });
    const planned = [];
    for (const unit of opened.prepared.units)
      for (const sync of unit.syncs)
        planned.push({ ...sheet.summary(sync, await knownBefore(opened.run, sync, unit)), asks: [], guards: [] });
    return showPlan(context, await savePlan(opened.run, { kind: "rollback", status: "ready", sheet, planned, report, ofRun }));
  } finally {
    sheet.rows.close();
  }
}

function backwards(units: readonly { readonly syncs: readonly ReadySync[] }[]): readonly ReadySync[] {
  return units.flatMap((unit) => unit.syncs).reverse();
}

async function openRollback(context: RunContext, ofRun: number, options: RollbackOptions & { kind: "plan" | "rollback" }) {
  const { store } = context;
  const of = await readRunKind(store, store.database, ofRun);
  if (!of)
    throw new FieldwrightError("rollback/unknown-run", `There is no run ${ofRun}.`, { hint: "`fieldwright history` lists the runs." });
  const syncs = of.syncs.filter((name) => context.project.syncs.some((spec) => spec.name === name));
  if (syncs.length === 0)
    throw new FieldwrightError("rollback/nothing", `Run ${ofRun} wrote nothing that this project could take back.`, {
      hint: of.kind === "plan" ? "It was a plan: a plan writes to no target." : "`fieldwright history` shows what each run wrote.",
    });
  const chosen: RunOptions = { ...options, syncs };
  return openRun(context, chosen, { kind: options.kind, ofRun });
}

interface Rolling {
  readonly ofRun: number;
  readonly options: RollbackOptions;
}

async function rollBackSync(run: Run, sync: ReadySync, { ofRun, options }: Rolling): Promise<SyncReport> {
  const own = await openSync(run, sync);
  for await (const nets of pagesOf(run, sync, { ofRun, options })) {
    if (run.signal.aborted || own.failure) break;
    const page = { records: tookBack(nets.map((net) => net.sourceId)), unchanged: 0, keepsLine: true };
    await syncRows(run, own, page, inverse(nets));
  }
  return closeSync(run, own, { status: run.signal.aborted ? "stopped" : "done", log: true });
}

async function foresee(run: Run, sync: ReadySync, of: Rolling & { sheet: PlanSheet }): Promise<SyncReport> {
  const own = await openSync(run, sync);
  for await (const nets of pagesOf(run, sync, of)) {
    const records = tookBack(nets.map((net) => net.sourceId));
    const decisions = await run.transaction((session) => inverse(nets)(run, session, { sync, records }));
    of.sheet.add(sync, decisions);
    own.counts = { ...own.counts, read: own.counts.read + decisions.length };
    for (const decision of decisions) own.counts = counted(own.counts, decision);
  }
  return closeSync(run, own, { status: "done", log: true, only: true });
}

function counted<T extends Readonly<Record<string, number>>>(counts: T, decision: Decision): T {
  const names = { create: "created", restore: "created", update: "updated", delete: "deleted", held: "held" } as const;
  const name = decision.kind in names ? names[decision.kind as keyof typeof names] : "unchanged";
  return { ...counts, [name]: (counts[name] ?? 0) + 1 };
}

async function* pagesOf(run: Run, sync: ReadySync, { ofRun, options }: Rolling): AsyncGenerator<readonly NetChange[]> {
  for (let after = ""; ; ) {
    const { nets, last } = await netChanges(run.store, run.store.database, {
      run: ofRun,
      sync: sync.state.id,
      after,
      limit: recordsPerPage,
      ...(options.records ? { ids: options.records } : {}),
    });
    if (last === undefined) return;
    if (nets.length > 0) yield nets;
    after = last;
  }
}

/** Records of the line that a rollback is about: it goes by the trail, so their data does not matter. */
export function tookBack(ids: Iterable<string>): readonly LandedRecord[] {
  return [...ids].map((id) => ({ id, data: {}, deleted: false }));
}

/** The inverse of what a run did to these records, for a plan that is carried out. */
export async function inverseOfRows(run: Run, sync: ReadySync, of: { ofRun: number; ids: readonly string[] }): Promise<Decide> {
  const { nets } = await netChanges(run.store, run.store.database, {
    run: of.ofRun,
    sync: sync.state.id,
    after: "",
    limit: of.ids.length,
    ids: of.ids,
  });
  return inverse(nets);
}

/** Compare and restore: only what still holds the value that the run wrote is touched. */
function inverse(nets: readonly NetChange[]): Decide {
  return async (run, session, { sync, records }) => {
    const due = new Set(records.map((record) => record.id));
    const mine = nets.filter((net) => due.has(net.sourceId));
    const targets = await targetsOf(run, session, { sync, ids: mine.map((net) => net.targetId) });
    const sourceIds = mine.map((net) => net.sourceId);
    const links = await linksOfSources(run.store, session, { sync: sync.state.id, sourceIds });
    const remembered = sync.remembers ? await readRemembered(run.store, session, { sync: sync.state.id, sourceIds }) : undefined;
    const { inverseOf } = inverseFor(sync);
    return mine.map((net): Decision => {
      const back = inverseOf(net, targets.get(net.targetId));
      const other = links.get(net.sourceId);
      if ((back.do === "create" || back.do === "restore") && other !== undefined)
        return { kind: "unchanged", id: net.sourceId, targetId: other, why: { kept: [kept("(all)", `it is linked to ${other} by now`)] } };
      const decision = decisionOf(net, back);
      return decision.kind === "update" ? withMemory(sync, decision, remembered?.get(net.sourceId)) : decision;
    });
  };
}

function decisionOf(net: NetChange, back: Inverse): Decision {
  const { sourceId: id, targetId } = net;
  const left = back.left.map(({ field, why }) => kept(field, why));
  const why = left.length === 0 ? {} : { why: { kept: left } };
  switch (back.do) {
    case "update":
    case "archive":
      return { kind: "update", id, targetId, newLink: false, before: back.before, after: back.after, ...why };
    case "delete":
      return { kind: "delete", id, targetId, before: back.before, ...why };
    case "restore":
      return { kind: "restore", id, targetId, after: net.before ?? {}, ...why };
    case "create":
      return { kind: "create", id, values: back.values, ...why };
    case "nothing":
      return { kind: "unchanged", id, targetId, why: { kept: left.length === 0 ? [kept("(all)", back.why)] : left } };
    case "cannot":
      return { kind: "held", id, code: "held/cannot-undo", reason: `It cannot be undone: ${back.why}.`, ...why };
  }
}

function kept(field: string, why: string) {
  return { field, rule: "rollback", why };
}

/** What was put back counts as written by the sync: no person typed it. */
function withMemory(
  sync: ReadySync,
  decision: Extract<Decision, { kind: "update" }>,
  before: { readonly written: Values; readonly wanted: Values; readonly human: readonly string[]; readonly highest?: string } | undefined,
): Decision {
  const tracked = sync.remembers?.fields.filter((field) => field in decision.after) ?? [];
  if (tracked.length === 0) return decision;
  const old = before ?? nothingRemembered;
  const written = { ...old.written, ...Object.fromEntries(tracked.map((field) => [field, decision.after[field]])) };
  return { ...decision, remember: { ...old, written } };
}

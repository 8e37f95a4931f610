import type { ApplyOptions } from "./engine.js";
import type { RunReport, SyncReport } from "./events.js";
import { exactly } from "./exactly.js";
import { openRun, type RunContext, runUnits } from "./open-run.js";
import { FieldwrightError } from "./problem.js";
import type { ReadySync } from "./ready-sync.js";
import { inverseOfRows, tookBack } from "./rollback.js";
import type { Run } from "./run.js";
import { findPlan } from "./show-plan.js";
import { landedOf } from "./store/landing.js";
import { approvePlan, type PlanHead, type PlanRow, readPlanRows, setPlanStatus } from "./store/plans.js";
import { closeSync, openSync, type SyncRun, syncRows } from "./sync-run.js";

const rowsPerPage = 1000;

/** Carries out a kept plan: what it says and nothing else. Each record is decided again first, and one that has drifted is held. */
export async function applyPlan(context: RunContext, id: string, options: ApplyOptions): Promise<RunReport> {
  const plan = await findPlan(context, id);
  mustBeGood(plan, context);
  const opened = await openRun(
    context,
    { syncs: Object.keys(plan.specs), ...options },
    { kind: plan.kind === "rollback" ? "rollback" : "apply", plan: id, ...(plan.ofRun === null ? {} : { ofRun: plan.ofRun }) },
  );
  const { store } = context;
  try {
    mustBeSameSpecs(
      plan,
      opened.prepared.units.flatMap((unit) => unit.syncs),
    );
  } catch (error) {
    await opened.release();
    throw error;
  }
  const at = context.now().toISOString();
  await approvePlan(store, store.database, { id, by: options.by ?? "unnamed", at });
  let drifted = 0;
  const onDrift = () => void drifted++;
  const report = await runUnits(opened, {
    syncs: "nothing read",
    afterwards: async (run, { units }) => {
      const syncs = units.flatMap((unit) => unit.syncs);
      const reports: SyncReport[] = [];
      // What was created last may point to what was created first.
      for (const sync of plan.kind === "rollback" ? [...syncs].reverse() : syncs)
        reports.push(await applySync(run, sync, { plan, options, onDrift }));
      return reports;
    },
  });
  // What the plan itself held does not make it less than carried out.
  const failed = report.syncs.some((sync) => sync.failed > 0 || sync.status === "failed" || sync.status === "stopped");
  const whole = !failed && drifted === 0 && report.status !== "stopped" && !options.only && !options.except;
  await setPlanStatus(store, store.database, { id, status: whole ? "applied" : "partly applied" });
  return report;
}

interface Applying {
  readonly plan: PlanHead;
  readonly options: ApplyOptions;
  readonly onDrift: () => void;
}

const writes = ["create", "update", "delete"] as const;

async function applySync(run: Run, sync: ReadySync, { plan, options, onDrift }: Applying): Promise<SyncReport> {
  const own = await openSync(run, sync);
  const chosen = choice(options);
  // A whole plan also puts in line what it held or let wait, so that a person finds it there.
  const isWhole = plan.kind === "sync" && !options.only && !options.except;
  for (let after = 0; !run.signal.aborted && !own.failure; ) {
    const rows = await readPlanRows(run.store, run.store.database, {
      plan: plan.id,
      sync: sync.state.id,
      after,
      limit: rowsPerPage,
      operations: isWhole ? [...writes, "hold", "wait"] : writes,
    });
    const last = rows.at(-1);
    if (!last) break;
    after = last.n;
    await applyRows(run, own, { plan, rows: rows.filter(chosen), onDrift });
  }
  return closeSync(run, own, { status: run.signal.aborted ? "stopped" : "done", log: true });
}

async function applyRows(run: Run, own: SyncRun, page: { plan: PlanHead; rows: readonly PlanRow[]; onDrift: () => void }): Promise<void> {
  const { plan, rows } = page;
  if (rows.length === 0) return;
  const { sync } = own;
  const byId = new Map(rows.map((row) => [row.sourceId, row]));
  const exact: Run = { ...run, review: exactly(byId, page.onDrift) };
  if (plan.kind === "rollback") {
    const back = await inverseOfRows(run, sync, { ofRun: plan.ofRun ?? 0, ids: [...byId.keys()] });
    return syncRows(exact, own, { records: tookBack(byId.keys()), unchanged: 0, keepsLine: true }, back);
  }
  const records = await landedOf(run.store, run.store.database, { stream: sync.source.name, ids: [...byId.keys()] });
  return syncRows(exact, own, { records, unchanged: 0 });
}

/** By record, or by the field or rule behind a change. */
function choice({ only, except }: ApplyOptions): (row: PlanRow) => boolean {
  const fits = (row: PlanRow, words: readonly string[]) => words.some((word) => namesOf(row).has(word.toLowerCase()));
  return (row) => (!only || fits(row, only)) && !(except && fits(row, except));
}

/** What a change of a plan can be picked by: its records, its operation, its fields and its rules. */
export function namesOf(row: Pick<PlanRow, "sourceId" | "targetId" | "operation" | "before" | "after" | "reason">): ReadonlySet<string> {
  const names = [row.sourceId, row.targetId ?? "", row.operation, row.reason, ...Object.keys(row.after ?? row.before ?? {})];
  return new Set(names.map((name) => name.toLowerCase()));
}

function mustBeGood(plan: PlanHead, context: RunContext): void {
  const again = "Make a new one with `fieldwright plan`.";
  if (plan.status === "applied")
    throw new FieldwrightError("plan/applied", `Plan ${plan.id} has been carried out already.`, { hint: again });
  if (plan.status === "superseded")
    throw new FieldwrightError("plan/superseded", `A newer plan has taken the place of plan ${plan.id}.`, {
      hint: "`fieldwright plans` lists the plans that are kept.",
    });
  if (Date.parse(plan.expires) <= context.now().getTime())
    throw new FieldwrightError("plan/expired", `Plan ${plan.id} was good until ${plan.expires}.`, { hint: again });
}

function mustBeSameSpecs(plan: PlanHead, syncs: readonly ReadySync[]): void {
  const changed = syncs.filter((sync) => plan.specs[sync.spec.name] !== sync.spec.hash).map((sync) => sync.spec.name);
  if (plan.kind === "rollback" || changed.length === 0) return;
  throw new FieldwrightError("plan/outdated", `${changed.join(", ")} changed after plan ${plan.id} was made.`, {
    hint: "Make a new one with `fieldwright plan`.",
  });
}

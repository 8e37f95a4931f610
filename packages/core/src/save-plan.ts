import { createHash, randomInt } from "node:crypto";
import type { PlannedSync } from "./engine.js";
import type { RunReport } from "./events.js";
import type { PlanSheet } from "./plan-sheet.js";
import type { Run } from "./run.js";
import { insertPlan, insertPlanRows, type PlanKind, type PlanStatus, setPlanHash, supersedePlans } from "./store/plans.js";

const dayMs = 86_400_000;
const rowsPerCopy = 1000;
/** Without letters and digits that look alike. */
const letters = "23456789abcdefghjkmnpqrstuvwxyz";

export interface PlanToSave {
  readonly kind: PlanKind;
  readonly status: Extract<PlanStatus, "ready" | "asks">;
  readonly sheet: PlanSheet;
  readonly planned: readonly PlannedSync[];
  readonly report: RunReport;
  /** The syncs whose rows are kept; all without it. */
  readonly only?: ReadonlySet<number>;
  readonly ofRun?: number;
  /** How long it may be carried out; a day without it. */
  readonly expiresInMs?: number;
}

/** Keeps a plan with all its rows, in one commit, and tells its id. */
export async function savePlan(run: Run, plan: PlanToSave): Promise<string> {
  const { store } = run;
  const id = Array.from({ length: 6 }, () => letters[randomInt(letters.length)]).join("");
  const created = run.now();
  await store.database.transaction(async (session) => {
    await insertPlan(store, session, {
      id,
      kind: plan.kind,
      status: plan.status,
      run: run.id,
      ofRun: plan.ofRun ?? null,
      created: created.toISOString(),
      expires: new Date(created.getTime() + (plan.expiresInMs ?? dayMs)).toISOString(),
      specs: Object.fromEntries(plan.planned.map((one) => [one.sync, one.specHash])),
      summary: { report: plan.report, syncs: plan.planned },
    });
    const digest = createHash("sha256");
    let n = 0;
    for await (const batch of plan.sheet.rows.batches(rowsPerCopy)) {
      const rows = batch.filter((row) => plan.only?.has(row.sync) ?? true).map((row) => ({ ...row, n: ++n }));
      for (const row of rows) digest.update(JSON.stringify(row));
      await insertPlanRows(store, session, { plan: id, rows });
    }
    await setPlanHash(store, session, { id, hash: digest.digest("hex") });
    if (plan.kind === "sync") await supersedePlans(store, session, { id, syncs: plan.planned.map((one) => one.sync) });
  });
  return id;
}

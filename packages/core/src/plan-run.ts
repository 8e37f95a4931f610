import { decideAll } from "./dry-run.js";
import type { Plan, PlanOptions } from "./engine.js";
import { knownBefore } from "./guard.js";
import { openRun, type RunContext, runUnits } from "./open-run.js";
import { PlanSheet } from "./plan-sheet.js";
import { savePlan } from "./save-plan.js";
import { showPlan } from "./show-plan.js";

/** What a run would do now: reads and lands as a run does, decides with the same code, and writes to no target. The plan is kept. */
export async function planSyncs(context: RunContext, options: PlanOptions): Promise<Plan> {
  const opened = await openRun(context, options, { kind: "plan" });
  const sheet = new PlanSheet();
  try {
    const report = await runUnits(opened, {
      syncs: "none",
      afterwards: (run, { units }) =>
        decideAll(
          run,
          units.flatMap((unit) => unit.syncs),
          sheet,
        ),
    });
    const { run, prepared } = opened;
    const planned = [];
    for (const unit of prepared.units) for (const sync of unit.syncs) planned.push(sheet.summary(sync, await knownBefore(run, sync, unit)));
    const { expiresInMs } = options;
    const kept = { kind: "sync", status: "ready", sheet, planned, report } as const;
    return showPlan(context, await savePlan(run, { ...kept, ...(expiresInMs === undefined ? {} : { expiresInMs }) }));
  } finally {
    sheet.rows.close();
  }
}

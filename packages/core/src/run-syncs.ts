import type { RunOptions } from "./engine.js";
import type { RunReport } from "./events.js";
import { withinCeiling } from "./guard.js";
import { carryGuarded } from "./guarded-run.js";
import { openRun, type RunContext, runUnits } from "./open-run.js";

/**
 * One run: every unit in order, each to its end, whatever becomes of the others. What is approved is written page by page as it is read; without
 * an approval everything is read first, and the guards are asked before the first write.
 */
export async function runSyncs(context: RunContext, options: RunOptions): Promise<RunReport> {
  const opened = await openRun(context, options, { kind: "run" });
  const { approve } = options;
  if (approve === undefined) return runUnits(opened, { syncs: "afterwards", afterwards: carryGuarded });
  const run = approve === true ? opened.run : { ...opened.run, review: withinCeiling(approve) };
  return runUnits({ ...opened, run }, { syncs: "as it is read" });
}

import type { Plan } from "@fieldwright/core";
import { exitCode, exitCodeOfRun } from "../exit-code.js";
import { keepApart } from "../keep-apart.js";
import { planJson } from "../plan/plan-json.js";
import { some } from "../report/words.js";
import type { Terminal } from "../terminal.js";
import { who } from "../who.js";
import { type Carrying, carryOut } from "./carry-out.js";
import { commandText, type ProjectOptions, withProject } from "./project-options.js";
import { showPlan } from "./show-plan.js";
import { watchedPlan } from "./watched.js";

export interface RollbackChoice {
  readonly run: string;
  /** Source ids; all records of the run without it. */
  readonly records?: readonly string[];
  /** Only shows it. */
  readonly planOnly: boolean;
}

/** Shows what taking a run back would do and what cannot be undone, asks, and does it. */
export async function rollback(
  options: ProjectOptions & RollbackChoice & Omit<Carrying, "only" | "except"> & { readonly terminal: Terminal },
): Promise<number> {
  const { terminal, run, records } = options;
  return withProject({ ...options, needs: "connections" }, async ({ engine, project, simulated }) => {
    await keepApart(engine, project, simulated.length > 0);
    const plan = await watchedPlan(terminal, (watch) =>
      engine.planRollback(run, { ...watch, by: who(options.by), ...(records ? { records } : {}) }),
    );
    if (!terminal.json || options.planOnly) await showPlan(plan, { engine, project, options });
    const left = leftText(plan);
    if (!terminal.json && left !== undefined) terminal.say(`\n${terminal.colors.yellow(left)}`);
    if (options.planOnly) {
      if (!terminal.json) terminal.say(`\nNothing was written. To carry it out:  ${commandText(options)} apply ${plan.id}`);
      return exitCodeOfRun(plan.report);
    }
    if (changesOf(plan) === 0) {
      terminal.result({ ...planJson(plan), applied: false }, () => "\nThere is nothing to take back.");
      return left === undefined ? exitCode.done : exitCode.someFailed;
    }
    const code = await carryOut(plan, engine, options);
    return code === exitCode.done && plan.report.syncs.some((one) => one.held > 0) ? exitCode.someFailed : code;
  });
}

function changesOf(plan: Plan): number {
  return plan.syncs.reduce((sum, { totals }) => sum + totals.creates + totals.updates + totals.deletes, 0);
}

/** What stays as it is, said before anything is written. */
function leftText(plan: Plan): string | undefined {
  const held = plan.report.syncs.reduce((sum, one) => sum + one.held, 0);
  return held === 0 ? undefined : `${some(held, "record")} cannot be taken back: the lines with a question mark say why.`;
}

import type { Engine, Plan } from "@fieldwright/core";
import { exitCode } from "../exit-code.js";
import { keepApart } from "../keep-apart.js";
import { planJson } from "../plan/plan-json.js";
import { planPages } from "../plan/plan-pages.js";
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
    const stuck = await stuckIn(plan, engine);
    const code = stuck === 0 ? exitCode.done : exitCode.someFailed;
    if (!terminal.json && stuck > 0)
      terminal.say(`\n${terminal.colors.yellow(`${some(stuck, "record")} cannot be taken back: the lines with a question mark say why.`)}`);
    if (options.planOnly) {
      if (!terminal.json) terminal.say(`\nNothing was written. To carry it out:  ${commandText(options)} apply ${plan.id}`);
      return code;
    }
    if (changesOf(plan) === 0) {
      terminal.result({ ...planJson(plan), applied: false }, () => "\nThere is nothing to take back.");
      return code;
    }
    const carried = await carryOut(plan, engine, options);
    return carried === exitCode.done ? code : carried;
  });
}

function changesOf(plan: Plan): number {
  return plan.syncs.reduce((sum, { totals }) => sum + totals.creates + totals.updates + totals.deletes, 0);
}

/** How many records cannot be taken back: they are lines of the plan, among what else is held they could not be told apart. */
async function stuckIn(plan: Plan, engine: Pick<Engine, "changes">): Promise<number> {
  let stuck = 0;
  for await (const page of planPages(engine, plan.id)) stuck += page.filter((change) => change.operation === "hold").length;
  return stuck;
}

import { exitCodeOfRun } from "../exit-code.js";
import type { Terminal } from "../terminal.js";
import { commandText, type ProjectOptions } from "./project-options.js";
import type { RunChoice } from "./run-choice.js";
import { type PlanOutput, showPlan } from "./show-plan.js";
import { watchedPlan } from "./watched.js";
import { withChosen } from "./with-chosen.js";

/** Shows what a run would do to the targets; writes to none of them. The plan is kept, and `apply` carries out exactly that. */
export async function plan(options: ProjectOptions & RunChoice & PlanOutput & { readonly terminal: Terminal }): Promise<number> {
  const { terminal } = options;
  return withChosen(options, async ({ engine, project }, chosen) => {
    const made = await watchedPlan(terminal, (watch) => engine.plan({ ...chosen, ...watch }));
    await showPlan(made, { engine, project, options }, options);
    if (!terminal.json) terminal.say(`\nNothing was written to a target. To do it:  ${commandText(options)} apply ${made.id}`);
    return exitCodeOfRun(made.report);
  });
}

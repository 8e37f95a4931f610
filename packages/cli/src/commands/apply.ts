import { keepApart } from "../keep-apart.js";
import { isOpen } from "../plan/expiry.js";
import { planSummary } from "../plan/plan-text.js";
import type { Terminal } from "../terminal.js";
import { type Carrying, carryOut } from "./carry-out.js";
import { type ProjectOptions, withProject } from "./project-options.js";
import { planTextOptions } from "./show-plan.js";

/** Shows a kept plan in short, asks, and carries out exactly that. */
export async function apply(options: ProjectOptions & Carrying & { readonly id: string; readonly terminal: Terminal }): Promise<number> {
  const { terminal } = options;
  return withProject({ ...options, needs: "connections" }, async ({ engine, project, simulated }) => {
    const plan = await engine.planned(options.id);
    await keepApart(engine, project, simulated.length > 0);
    // What cannot be carried out any more is refused by the engine, with its reason, before anybody is asked.
    if (!isOpen(plan, Date.now())) await engine.apply(plan.id);
    terminal.say(planSummary(plan, planTextOptions(plan, { engine, project, options })));
    return carryOut(plan, engine, options);
  });
}

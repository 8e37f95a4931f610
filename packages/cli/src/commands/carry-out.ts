import type { ApplyOptions, Engine, Plan } from "@fieldwright/core";
import { asksYes } from "../ask.js";
import { exitCode, exitCodeOfRun } from "../exit-code.js";
import { planJson } from "../plan/plan-json.js";
import { some } from "../report/words.js";
import type { Terminal } from "../terminal.js";
import { who } from "../who.js";
import { commandText, type ProjectOptions } from "./project-options.js";
import { tellReport } from "./tell-report.js";
import { watched } from "./watched.js";

/** How a plan is to be carried out, as typed on the command line. */
export interface Carrying extends Pick<ApplyOptions, "only" | "except"> {
  /** Nobody is asked. */
  readonly yes?: boolean;
  readonly by?: string;
}

/** Asks whether the plan, which has been shown, is to be carried out; does so, and tells what became of it. Not carried out: exit code 1. */
export async function carryOut(
  plan: Plan,
  engine: Pick<Engine, "apply">,
  options: ProjectOptions & Carrying & { readonly terminal: Terminal },
): Promise<number> {
  const { terminal } = options;
  const approve = `${commandText(options)} apply ${plan.id}`;
  const agreed = options.yes === true || (await asksYes(terminal, question(plan, options)));
  if (!agreed) {
    terminal.result({ ...planJson(plan), applied: false }, () => `\nNothing was written. To carry it out:  ${approve} --yes`);
    return exitCode.someFailed;
  }
  const { only, except } = options;
  const done = await watched(terminal, (watch) =>
    engine.apply(plan.id, { ...watch, by: who(options.by), ...(only ? { only } : {}), ...(except ? { except } : {}) }),
  );
  tellReport(done, { options, again: approve, json: { plan: plan.id, applied: true } });
  const looked = done.report.syncs.reduce((sum, one) => sum + one.read, 0);
  if (looked === 0 && (only ?? except) !== undefined && !terminal.json)
    terminal.say(
      `\nNo change of the plan fits --only and --except. They take ids of records, operations, fields and reasons:  ${commandText(options)} plans ${plan.id} --all`,
    );
  return exitCodeOfRun(done.report);
}

function question(plan: Plan, { only, except }: Carrying): string {
  const changes = plan.syncs.reduce((sum, { totals }) => sum + totals.creates + totals.updates + totals.deletes, 0);
  const part = [only === undefined ? "" : `only ${only.join(", ")}`, except === undefined ? "" : `all but ${except.join(", ")}`].filter(
    (words) => words !== "",
  );
  return `\nCarry it out${part.length === 0 ? ` (${some(changes, "record")})` : ` (${part.join("; ")})`}?`;
}

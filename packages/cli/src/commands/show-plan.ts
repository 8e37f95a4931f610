import type { Engine, Plan, Project } from "@fieldwright/core";
import { planHtml } from "../plan/html/plan-html.js";
import { planCsv } from "../plan/plan-csv.js";
import { planJsonLine } from "../plan/plan-json.js";
import { planPages } from "../plan/plan-pages.js";
import { changesText, type PlanTextOptions, planSummary, planText } from "../plan/plan-text.js";
import type { Terminal } from "../terminal.js";
import { pourOut, writeOut } from "../write-out.js";
import { commandText, type ProjectOptions } from "./project-options.js";

/** How a plan is to be shown, as typed on the command line. */
export interface PlanOutput {
  /** Every change on the screen, not only the first ones. */
  readonly all?: boolean;
  readonly csv?: string;
  readonly html?: string;
}

export interface PlanPlace {
  readonly engine: Pick<Engine, "changes">;
  readonly project: Project;
  readonly options: ProjectOptions & { readonly terminal: Terminal };
}

/** Shows a plan: its files first, then as text or as one JSON object with all its changes. */
export async function showPlan(plan: Plan, place: PlanPlace, output: PlanOutput = {}): Promise<void> {
  const { engine, options } = place;
  const { terminal } = options;
  const texts = planTextOptions(plan, place);
  for (const [file, parts] of [
    [output.csv, planCsv],
    [output.html, planHtml],
  ] as const) {
    if (file === undefined) continue;
    await writeOut(file, parts(plan, planPages(engine, plan.id), texts));
    terminal.say(`Written: ${file}`);
  }
  if (terminal.json) return pourOut(planJsonLine(plan, planPages(engine, plan.id)));
  if (output.all !== true) {
    terminal.say(`\n${planText(plan, texts)}`);
    return;
  }
  terminal.say(`\n${planSummary(plan, texts)}\n`);
  await pourOut(pagesOfText(plan, place));
}

async function* pagesOfText(plan: Plan, place: PlanPlace): AsyncGenerator<string> {
  const texts = planTextOptions(plan, place);
  let sync = plan.syncs[0]?.sync;
  for await (const page of planPages(place.engine, plan.id)) {
    for (const change of page) {
      if (change.sync !== sync) yield `\n${texts.colors.bold(change.sync)}\n`;
      sync = change.sync;
      yield `${changesText([change], texts)}\n`;
    }
  }
}

export function planTextOptions(plan: Plan, { project, options }: PlanPlace): PlanTextOptions {
  return {
    colors: options.terminal.colors,
    width: options.terminal.width,
    project,
    nowMs: Date.now(),
    all: `${commandText(options)} plans ${plan.id} --all`,
  };
}

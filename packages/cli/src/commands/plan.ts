import type { Plan, PlannedChange, Project } from "@fieldwright/core";
import { exitCodeOfRun } from "../exit-code.js";
import { keepApart } from "../keep-apart.js";
import type { Colors } from "../progress/line.js";
import { showProgress } from "../progress/show-progress.js";
import { reportJson } from "../report/report-json.js";
import { reportText } from "../report/report-text.js";
import { shown } from "../report/words.js";
import type { Terminal } from "../terminal.js";
import { commandText, type ProjectOptions, withProject } from "./project-options.js";
import { choiceText, type RunChoice, runOptions } from "./run-choice.js";

/** Shows what a run would do to the targets; writes to none of them. */
export async function plan(options: ProjectOptions & RunChoice & { readonly terminal: Terminal }): Promise<number> {
  const { terminal } = options;
  const today = new Date().toISOString().slice(0, 10);
  const check = (project: Project): void => void runOptions(options, project, today);
  return withProject({ ...options, needs: "connections", check }, async ({ engine, project, simulated }) => {
    const chosen = runOptions(options, project, today);
    await keepApart(engine, project, simulated.length > 0);
    const progress = showProgress(terminal.progress);
    let made: Plan;
    try {
      made = await engine.plan({ ...chosen, onEvent: progress.listen });
    } finally {
      progress.close();
    }
    terminal.result({ ...reportJson(made.report), changes: made.changes }, () =>
      `\n${planText(made, terminal.colors)}\n\nNothing was written to a target. To do it:  ${commandText(options)} sync ${choiceText(options)}`.trimEnd(),
    );
    return exitCodeOfRun(made.report);
  });
}

const signs: Readonly<Record<PlannedChange["operation"], string>> = {
  create: "+",
  update: "~",
  delete: "-",
  keep: "=",
  hold: "?",
  wait: "…",
};

export function planText(plan: Plan, colors: Colors): string {
  const bySync = grouped(plan.changes);
  const parts = [...bySync].map(([name, changes]) =>
    [colors.bold(name), ...changes.map((change) => changeText(change, colors))].join("\n"),
  );
  return [...parts, reportText(plan.report, { colors })].join("\n\n");
}

function grouped(changes: readonly PlannedChange[]): ReadonlyMap<string, readonly PlannedChange[]> {
  const groups = new Map<string, PlannedChange[]>();
  for (const change of changes) groups.set(change.sync, [...(groups.get(change.sync) ?? []), change]);
  return groups;
}

function changeText(change: PlannedChange, colors: Colors): string {
  const target = change.targetId === null || change.targetId === change.sourceId ? "" : ` -> ${change.targetId}`;
  const head = `  ${signs[change.operation]} ${change.sourceId}${target}  ${colors.dim(change.reason)}`;
  if (change.operation !== "update") return head;
  const fields = change.fields.map(
    (one) =>
      `      ${one.field.padEnd(24)} ${shown(one.before, 30)} -> ${shown(one.after, 30)}${one.line === undefined ? "" : colors.dim(`   line ${one.line}`)}`,
  );
  return [head, ...fields].join("\n");
}

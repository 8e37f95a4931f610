import type { RunReport } from "@fieldwright/core";
import { canAsk } from "../ask.js";
import { exitCode, exitCodeOfRun } from "../exit-code.js";
import { planSummary } from "../plan/plan-text.js";
import type { Terminal } from "../terminal.js";
import { who } from "../who.js";
import { carryOut } from "./carry-out.js";
import { commandText, type ProjectOptions } from "./project-options.js";
import { choiceText, type RunChoice } from "./run-choice.js";
import { planTextOptions } from "./show-plan.js";
import { tellReport } from "./tell-report.js";
import { watched } from "./watched.js";
import { withChosen } from "./with-chosen.js";

/** Runs the chosen syncs, with progress from the first second. What a guard asks about is shown, and carried out once a person agrees. */
export async function sync(
  options: ProjectOptions & RunChoice & { readonly yes?: boolean; readonly by?: string; readonly terminal: Terminal },
): Promise<number> {
  const { terminal } = options;
  return withChosen(options, async ({ engine, project }, chosen) => {
    const done = await watched(terminal, (watch) =>
      engine.run({ ...chosen, ...watch, by: who(options.by), ...(options.yes === true ? { approve: true } : {}) }),
    );
    const { plan: asks } = done.report;
    const asked = asks !== undefined && done.stopped === undefined && canAsk(terminal) ? asks : undefined;
    const again = `${commandText(options)} sync ${choiceText(options)}`.trimEnd();
    tellReport(asked === undefined ? done : { ...done, report: withoutReasons(done.report) }, { options, again });
    if (asked === undefined) return exitCodeOfRun(done.report);
    const plan = await engine.planned(asked);
    terminal.say(`\n${planSummary(plan, planTextOptions(plan, { engine, project, options }))}`);
    const carried = await carryOut(plan, engine, options);
    return carried === exitCode.done ? exitCodeOfRun(withoutAsks(done.report)) : carried;
  });
}

/** The run without why its guards ask: the plan says it, right below. */
function withoutReasons({ plan: _plan, ...report }: RunReport): RunReport {
  return { ...report, syncs: report.syncs.map((one) => (one.status === "asks" ? { ...one, error: null } : one)) };
}

/** The run without what its guards held, once that has been carried out. */
function withoutAsks(report: RunReport): RunReport {
  const syncs = report.syncs.filter((one) => one.status !== "asks");
  const isWhole = [...report.streams, ...syncs].every((part) => part.status !== "failed" && part.status !== "partial");
  return { ...report, syncs, status: report.status === "partial" && isWhole ? "done" : report.status };
}

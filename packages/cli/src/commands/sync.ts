import type { Project, RunReport } from "@fieldwright/core";
import { errorText, plainError } from "../error-text.js";
import { exitCode, exitCodeOfRun } from "../exit-code.js";
import { keepApart } from "../keep-apart.js";
import { secondsByStep } from "../progress/progress-state.js";
import { type ShownProgress, showProgress } from "../progress/show-progress.js";
import { reportJson } from "../report/report-json.js";
import { nextSteps, reportText } from "../report/report-text.js";
import type { Terminal } from "../terminal.js";
import { commandText, type ProjectOptions, withProject } from "./project-options.js";
import { choiceText, type RunChoice, runOptions } from "./run-choice.js";

/** Runs the chosen syncs, with progress from the first second. */
export async function sync(
  options: ProjectOptions & RunChoice & { readonly yes?: boolean; readonly terminal: Terminal },
): Promise<number> {
  const { terminal } = options;
  const today = new Date().toISOString().slice(0, 10);
  const check = (project: Project): void => void runOptions(options, project, today);
  return withProject({ ...options, needs: "connections", check }, async ({ engine, project, simulated }) => {
    const chosen = runOptions(options, project, today);
    await keepApart(engine, project, simulated.length > 0);
    const progress = showProgress(terminal.progress);
    const interrupt = stopOnInterrupt(progress);
    let report: RunReport | undefined;
    let stopped: unknown;
    try {
      report = await engine.run({
        ...chosen,
        ...(options.yes === true ? { approve: true } : {}),
        signal: interrupt.signal,
        onEvent: (event) => {
          if (event.type === "run-finished") report = event.report;
          progress.listen(event);
        },
      });
    } catch (error) {
      // What was done before the run stopped is worth telling.
      if (report === undefined) throw error;
      stopped = error;
    } finally {
      interrupt.release();
      progress.close();
    }
    tell(report, { options, stopped, seconds: secondsByStep(progress.close()) });
    return exitCodeOfRun(report);
  });
}

function tell(
  report: RunReport,
  of: {
    readonly options: ProjectOptions & RunChoice & { readonly terminal: Terminal };
    readonly stopped: unknown;
    readonly seconds: ReadonlyMap<string, number>;
  },
): void {
  const { terminal } = of.options;
  const command = commandText(of.options);
  const error = of.stopped === undefined ? {} : { error: plainError(of.stopped) };
  const text = (): string =>
    `\n${[reportText(report, { colors: terminal.colors, seconds: of.seconds }), "", ...nextSteps(report, command, `${command} sync ${choiceText(of.options)}`.trimEnd())].join("\n").trimEnd()}`;
  terminal.result({ ...reportJson(report), ...error }, text);
  if (of.stopped !== undefined) process.stderr.write(`\n${errorText(of.stopped, terminal.errorColors)}\n`);
}

/** The first Ctrl-C lets the page be finished, the second one ends the process. */
function stopOnInterrupt(progress: ShownProgress): { readonly signal: AbortSignal; release(): void } {
  const controller = new AbortController();
  const onSignal = (): void => {
    if (controller.signal.aborted) {
      progress.close();
      process.exit(exitCode.stopped);
    }
    controller.abort();
    progress.note("Stopping after this page; the next run goes on from there. Ctrl-C again stops at once.");
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  return {
    signal: controller.signal,
    release: () => {
      process.removeListener("SIGINT", onSignal);
      process.removeListener("SIGTERM", onSignal);
    },
  };
}

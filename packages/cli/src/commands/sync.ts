import type { RunReport } from "@fieldwright/core";
import { exitCode, exitCodeOfRun } from "../exit-code.js";
import { keepApart } from "../keep-apart.js";
import { secondsByStep } from "../progress/progress-state.js";
import { showProgress, type ShownProgress } from "../progress/show-progress.js";
import { reportJson } from "../report/report-json.js";
import { nextSteps, reportText } from "../report/report-text.js";
import type { Terminal } from "../terminal.js";
import { commandText, withProject, type ProjectOptions } from "./project-options.js";
import { runOptions, type RunChoice } from "./run-choice.js";

/** Runs the chosen syncs, with progress from the first second. */
export async function sync(options: ProjectOptions & RunChoice & { readonly terminal: Terminal }): Promise<number> {
  const { terminal } = options;
  return withProject({ ...options, needs: "connections" }, async ({ engine, project, simulated }) => {
    const chosen = runOptions(options, project, new Date().toISOString().slice(0, 10));
    await keepApart(engine, project, { generated: simulated.length > 0, claim: true });
    const progress = showProgress(terminal.progress);
    const interrupt = stopOnInterrupt(progress);
    let report: RunReport;
    try {
      report = await engine.run({ ...chosen, signal: interrupt.signal, onEvent: progress.listen });
    } finally {
      interrupt.release();
      progress.close();
    }
    const seconds = secondsByStep(progress.close());
    terminal.result(reportJson(report), () => `\n${[reportText(report, { colors: terminal.colors, seconds }), ...nextSteps(report, commandText(options))].join("\n")}`);
    return exitCodeOfRun(report);
  });
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

import type { Listener, Plan, RunReport } from "@fieldwright/core";
import { exitCode } from "../exit-code.js";
import { secondsByStep } from "../progress/progress-state.js";
import { type ShownProgress, showProgress } from "../progress/show-progress.js";
import type { Terminal } from "../terminal.js";

/** What a run became, however it ended. */
export interface Watched {
  readonly report: RunReport;
  /** What stopped it, where something did. */
  readonly stopped?: unknown;
  readonly seconds: ReadonlyMap<string, number>;
}

interface Watch {
  readonly signal: AbortSignal;
  readonly onEvent: Listener;
}

/** Carries out a run with progress. Throws where nothing was run at all. */
export async function watched(terminal: Terminal, work: (watch: Watch) => Promise<RunReport>): Promise<Watched> {
  const { value, seconds } = await withProgress(terminal, async ({ signal, onEvent }) => {
    let report: RunReport | undefined;
    try {
      return {
        report: await work({
          signal,
          onEvent: (event) => {
            if (event.type === "run-finished") report = event.report;
            onEvent(event);
          },
        }),
      };
    } catch (error) {
      // What was done before the run stopped is worth telling.
      if (report === undefined) throw error;
      return { report, stopped: error };
    }
  });
  return { ...value, seconds };
}

/** Shows progress from the first second, and lets Ctrl-C end the work after the page in hand. */
async function withProgress<T>(
  terminal: Terminal,
  work: (watch: Watch) => Promise<T>,
): Promise<{ readonly value: T; readonly seconds: ReadonlyMap<string, number> }> {
  const progress = showProgress(terminal.progress);
  const interrupt = stopOnInterrupt(progress);
  try {
    const value = await work({ signal: interrupt.signal, onEvent: progress.listen });
    return { value, seconds: secondsByStep(progress.close()) };
  } finally {
    interrupt.release();
    progress.close();
  }
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

/** Makes a plan with progress. */
export async function watchedPlan(terminal: Terminal, work: (watch: Watch) => Promise<Plan>): Promise<Plan> {
  return (await withProgress(terminal, work)).value;
}

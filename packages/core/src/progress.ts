import type { Progress, Step } from "./events.js";
import type { Run } from "./run.js";

export interface ProgressCounts {
  readonly processed: number;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly held: number;
  readonly failed: number;
  readonly total?: { readonly count: number; readonly from: Exclude<Progress["estimate"], "unknown"> };
}

/** Tells how far a step is. The rate is of the whole step; time left only where a total is known. */
export function progressOf(run: Run, step: Step, name: string): (counts: ProgressCounts) => void {
  const started = performance.now();
  return ({ total, ...counts }) => {
    const seconds = (performance.now() - started) / 1000;
    const perSecond = seconds > 0 ? counts.processed / seconds : 0;
    const left = total && perSecond > 0 ? { secondsLeft: Math.max(0, (total.count - counts.processed) / perSecond) } : {};
    run.emit({
      type: "progress",
      run: String(run.id),
      step,
      name,
      ...counts,
      ...(total ? { total: Math.max(total.count, counts.processed) } : {}),
      perSecond,
      ...left,
      estimate: total?.from ?? "unknown",
    });
  };
}

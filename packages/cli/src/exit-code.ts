import type { RunReport } from "@fieldwright/core";

/** What the process tells its caller; part of the interface. */
export const exitCode = { done: 0, someFailed: 1, wrong: 2, stopped: 3 } as const;

/** Done, some records failed or held or a check failed, or stopped. Waiting records are no failure: the next run tries them. */
export function exitCodeOfRun(report: RunReport): number {
  if (report.status === "failed" || report.status === "stopped" || report.status === "interrupted" || report.status === "running")
    return exitCode.stopped;
  const trouble = [...report.streams, ...report.syncs].some((part) => part.failed > 0 || part.held > 0);
  return report.status === "partial" || trouble || report.verified === false ? exitCode.someFailed : exitCode.done;
}

/** Wrong input is the person's to mend (2); anything else stopped the work (3). */
export function exitCodeOfError(error: unknown): number {
  const code = typeof error === "object" && error !== null ? (error as { code?: unknown }).code : undefined;
  return typeof code === "string" && /^(spec\/|project\/|usage\/|plan\/|rollback\/|held\/|run\/(unknown|cannot|circle))/.test(code)
    ? exitCode.wrong
    : exitCode.stopped;
}

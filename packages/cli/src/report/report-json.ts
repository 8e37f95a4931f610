import type { RunReport } from "@fieldwright/core";

/** What `sync --json` ends with; its keys are part of the interface. */
export function reportJson(report: RunReport): Readonly<Record<string, unknown>> {
  return {
    run: report.run,
    status: report.status,
    streams: report.streams.map(({ stream, status, fetched, inserted, updated, unchanged, failed, held, error }) => ({
      stream,
      status,
      fetched,
      inserted,
      updated,
      unchanged,
      failed,
      held,
      error,
    })),
    syncs: report.syncs.map(
      ({ verified, issues, sync, read, filtered, unchanged, created, updated, deleted, waiting, held, failed, status, error }) => ({
        sync,
        read,
        filtered,
        unchanged,
        created,
        updated,
        deleted,
        waiting,
        held,
        failed,
        status,
        error,
        ...(verified === undefined ? {} : { verified, issues: issues ?? [] }),
      }),
    ),
    ...(report.verified === undefined ? {} : { verified: report.verified }),
    // Only where a guard asks, or the report is of a plan.
    ...(report.plan === undefined ? {} : { plan: report.plan }),
  };
}

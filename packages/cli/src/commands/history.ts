import type { RunRow } from "@fieldwright/core";
import { exitCode } from "../exit-code.js";
import { table } from "../report/table.js";
import { count, duration, moment } from "../report/words.js";
import type { Terminal } from "../terminal.js";
import { commandText, type ProjectOptions, withProject } from "./project-options.js";

/** The last runs, newest first. */
export async function history(options: ProjectOptions & { readonly limit: number; readonly terminal: Terminal }): Promise<number> {
  return withProject({ ...options, needs: "store" }, async ({ engine }) => {
    const runs = await engine.history(options.limit);
    options.terminal.result(runs, () =>
      runs.length === 0 ? `Nothing has run yet. Start with:  ${commandText(options)} sync` : runsTable(runs),
    );
    return exitCode.done;
  });
}

function runsTable(runs: readonly RunRow[]): string {
  return table(
    ["run", "started (UTC)", "took", "mode", "status", "read", "created", "updated", "held", "failed", "error"],
    runs.map((run) => [
      run.run,
      moment(run.startedAt),
      run.report === null ? "-" : duration(run.report.seconds),
      run.mode,
      run.status,
      ...sums(run),
      run.error ?? "",
    ]),
    ["left", "left", "right", "left", "left", "right", "right", "right", "right", "right", "left"],
  );
}

function sums(run: RunRow): readonly string[] {
  const report = run.report;
  if (report === null) return ["-", "-", "-", "-", "-"];
  const total = (values: readonly number[]): string => count(values.reduce((sum, value) => sum + value, 0));
  return [
    total(report.streams.map((one) => one.fetched)),
    total(report.syncs.map((one) => one.created)),
    total(report.syncs.map((one) => one.updated)),
    total([...report.streams, ...report.syncs].map((one) => one.held)),
    total([...report.streams, ...report.syncs].map((one) => one.failed)),
  ];
}

import { exitCode } from "../exit-code.js";
import { table } from "../report/table.js";
import { count, moment } from "../report/words.js";
import type { Terminal } from "../terminal.js";
import { commandText, type ProjectOptions, withProject } from "./project-options.js";

/** Where each sync stands. */
export async function status(options: ProjectOptions & { readonly terminal: Terminal }): Promise<number> {
  const { terminal } = options;
  return withProject({ ...options, needs: "store" }, async ({ engine }) => {
    const rows = await engine.status();
    const text = (): string => {
      const body = table(
        ["sync", "last run", "status", "last success (UTC)", "linked", "waiting", "held", "failed"],
        rows.map((row) => [
          row.sync,
          row.lastRun ?? "never",
          row.lastStatus ?? "-",
          moment(row.lastSuccessAt),
          count(row.linked),
          count(row.waiting),
          count(row.held),
          count(row.failed),
        ]),
        ["left", "left", "left", "left", "right", "right", "right", "right"],
      );
      return rows.some((row) => row.lastRun !== null) ? body : `${body}\n\nNothing has run yet. Start with:  ${commandText(options)} sync`;
    };
    terminal.result(rows, text);
    return exitCode.done;
  });
}

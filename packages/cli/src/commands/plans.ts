import type { PlanEntry } from "@fieldwright/core";
import { exitCode } from "../exit-code.js";
import { expiryText, isOpen, statusText } from "../plan/expiry.js";
import { table } from "../report/table.js";
import { moment, plainLine } from "../report/words.js";
import type { Terminal } from "../terminal.js";
import { commandText, type ProjectOptions, withProject } from "./project-options.js";
import { type PlanOutput, showPlan } from "./show-plan.js";

/** The plans that are kept, newest first; with an id one of them, as it was when it was made. */
export async function plans(
  options: ProjectOptions & PlanOutput & { readonly id?: string; readonly limit: number; readonly terminal: Terminal },
): Promise<number> {
  const { terminal, id } = options;
  return withProject({ ...options, needs: "store" }, async ({ engine, project }) => {
    if (id === undefined) {
      const entries = await engine.plans(options.limit);
      terminal.result(entries, () => listText(entries, commandText(options)));
      return exitCode.done;
    }
    const plan = await engine.planned(id);
    await showPlan(plan, { engine, project, options }, options);
    if (!terminal.json && isOpen(plan, Date.now())) terminal.say(`\nTo carry it out:  ${commandText(options)} apply ${id}`);
    return exitCode.done;
  });
}

function listText(entries: readonly PlanEntry[], command: string): string {
  if (entries.length === 0) return `There is no plan yet. Make one:  ${command} plan`;
  const nowMs = Date.now();
  const body = table(
    ["plan", "what", "status", "made (UTC)", "syncs"],
    entries.map((one) => [
      one.id,
      one.ofRun === null ? "sync" : `rollback of run ${one.ofRun}`,
      [
        statusText(one, nowMs),
        ...(isOpen(one, nowMs) ? [expiryText(one, nowMs)] : []),
        ...(one.approvedBy === null ? [] : [`by ${plainLine(one.approvedBy)}`]),
      ].join(", "),
      moment(one.createdAt),
      one.syncs.join(" "),
    ]),
  );
  return `${body}\n\nOne of them:  ${command} plans ID`;
}

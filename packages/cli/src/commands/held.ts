import type { Project } from "@fieldwright/core";
import { exitCode } from "../exit-code.js";
import { isOpen } from "../plan/expiry.js";
import { heldText } from "../report/held-text.js";
import type { Terminal } from "../terminal.js";
import { knownSync } from "./known-sync.js";
import { commandText, type ProjectOptions, withProject } from "./project-options.js";

const plansLookedAt = 100;

/** What waits for a person: plans that a guard holds, and records; with `all` also those that failed or wait for data. */
export async function held(
  options: ProjectOptions & { readonly sync?: string; readonly all: boolean; readonly limit: number; readonly terminal: Terminal },
): Promise<number> {
  const { terminal, sync, limit } = options;
  const check = (project: Project): void => (sync === undefined ? undefined : knownSync(sync, project));
  return withProject({ ...options, needs: "store", check }, async ({ engine }) => {
    const found = await engine.held({
      limit: limit + 1,
      ...(sync === undefined ? {} : { sync }),
      ...(options.all ? { states: ["held", "failed", "waiting"] } : {}),
    });
    const records = found.slice(0, limit);
    const nowMs = Date.now();
    const plans = (await engine.plans(plansLookedAt)).filter(
      (one) => one.status === "asks" && isOpen(one, nowMs) && (sync === undefined || one.syncs.includes(sync)),
    );
    terminal.result({ records, plans, more: found.length > limit }, () =>
      heldText(records, plans, {
        colors: terminal.colors,
        width: terminal.width,
        nowMs,
        command: commandText(options),
        more: found.length > limit,
      }),
    );
    return exitCode.done;
  });
}

import type { Project } from "@fieldwright/core";
import { exitCode } from "../exit-code.js";
import { checkText } from "../report/check-text.js";
import type { Terminal } from "../terminal.js";
import { knownSync } from "./known-sync.js";
import { type ProjectOptions, withProject } from "./project-options.js";

/** Compares both sides of all syncs, or of those named, as they are now. */
export async function check(
  options: ProjectOptions & { readonly names: readonly string[]; readonly look?: number | "all"; readonly terminal: Terminal },
): Promise<number> {
  const { names, look, terminal } = options;
  const known = (project: Project): void => {
    for (const name of names) knownSync(name, project);
  };
  return withProject({ ...options, needs: "connections", check: known }, async ({ engine }) => {
    terminal.say("Comparing both sides; nothing is written.");
    const report = await engine.check({ ...(names.length === 0 ? {} : { syncs: names }), ...(look === undefined ? {} : { look }) });
    terminal.result(report, () => checkText(report, terminal));
    return report.verified ? exitCode.done : exitCode.someFailed;
  });
}

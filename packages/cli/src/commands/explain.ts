import { exitCode } from "../exit-code.js";
import { explanationText } from "../report/explanation-text.js";
import type { Terminal } from "../terminal.js";
import { knownSync } from "./known-sync.js";
import { type ProjectOptions, withProject } from "./project-options.js";

/** What one source record became, and why. */
export async function explain(
  options: ProjectOptions & { readonly sync: string; readonly id: string; readonly terminal: Terminal },
): Promise<number> {
  return withProject({ ...options, needs: "schemas", check: (project) => knownSync(options.sync, project) }, async ({ engine }) => {
    const explanation = await engine.explain(options.sync, options.id);
    options.terminal.result(explanation, () => explanationText(explanation, options.terminal.colors));
    return exitCode.done;
  });
}

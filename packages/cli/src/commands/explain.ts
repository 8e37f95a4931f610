import { FieldwrightError, nearest, type Project } from "@fieldwright/core";
import { exitCode } from "../exit-code.js";
import { explanationText } from "../report/explanation-text.js";
import type { Terminal } from "../terminal.js";
import { type ProjectOptions, withProject } from "./project-options.js";

/** What one source record became, and why. */
export async function explain(
  options: ProjectOptions & { readonly sync: string; readonly id: string; readonly terminal: Terminal },
): Promise<number> {
  return withProject({ ...options, needs: "schemas", check: (project) => checkSync(options.sync, project) }, async ({ engine }) => {
    const explanation = await engine.explain(options.sync, options.id);
    options.terminal.result(explanation, () => explanationText(explanation, options.terminal.colors));
    return exitCode.done;
  });
}

function checkSync(name: string, project: Project): void {
  const names = project.syncs.map((spec) => spec.name);
  if (names.includes(name)) return;
  const near = nearest(name, names);
  throw new FieldwrightError("usage/unknown-name", `This project has no sync named "${name}".`, {
    hint: near === undefined ? `It has: ${names.join(", ")}.` : `Did you mean "${near}"?`,
  });
}

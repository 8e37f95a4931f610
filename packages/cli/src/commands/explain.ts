import { FieldwrightError, nearest } from "@fieldwright/core";
import { exitCode } from "../exit-code.js";
import { explanationText } from "../report/explanation-text.js";
import type { Terminal } from "../terminal.js";
import { withProject, type ProjectOptions } from "./project-options.js";

/** What one source record became, and why. */
export async function explain(options: ProjectOptions & { readonly sync: string; readonly id: string; readonly terminal: Terminal }): Promise<number> {
  return withProject({ ...options, needs: "schemas" }, async ({ engine, project }) => {
    const names = project.syncs.map((spec) => spec.name);
    if (!names.includes(options.sync)) {
      const near = nearest(options.sync, names);
      throw new FieldwrightError("usage/unknown-name", `This project has no sync named "${options.sync}".`, { hint: near === undefined ? `It has: ${names.join(", ")}.` : `Did you mean "${near}"?` });
    }
    const explanation = await engine.explain(options.sync, options.id);
    options.terminal.result(explanation, () => explanationText(explanation, options.terminal.colors));
    return exitCode.done;
  });
}

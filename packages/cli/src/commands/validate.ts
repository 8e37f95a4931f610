import { renderProblem } from "@fieldwright/core";
import { exitCode } from "../exit-code.js";
import { some } from "../report/words.js";
import type { Terminal } from "../terminal.js";
import { type ProjectOptions, withProject } from "./project-options.js";

/** Checks every spec against what the connections really have; all problems at once. */
export async function validate(options: ProjectOptions & { readonly terminal: Terminal }): Promise<number> {
  const { terminal } = options;
  return withProject({ ...options, needs: "connections" }, async ({ engine }) => {
    const checked = await engine.validate();
    const problems = checked.ok ? checked.warnings : checked.problems;
    const text = problems.map((problem) => renderProblem(problem, { colours: terminal.colors.isColorSupported }));
    const verdict = checked.ok
      ? terminal.colors.green(`${some(checked.value.length, "spec")} checked, all right.`)
      : terminal.colors.red(`${some(problems.filter((one) => one.severity === "error").length, "problem")} found.`);
    terminal.result({ ok: checked.ok, problems }, () => [...text, verdict].join("\n\n"));
    return checked.ok ? exitCode.done : exitCode.wrong;
  });
}

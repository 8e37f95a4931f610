import type { Project } from "@fieldwright/core";
import { renderTests } from "@fieldwright/core";
import { exitCode } from "../exit-code.js";
import type { Terminal } from "../terminal.js";
import { knownSync } from "./known-sync.js";
import { type ProjectOptions, withProject } from "./project-options.js";

/** Runs the `tests` of all syncs, or of those named. */
export async function test(options: ProjectOptions & { readonly names: readonly string[]; readonly terminal: Terminal }): Promise<number> {
  const { names, terminal } = options;
  const check = (project: Project): void => {
    for (const name of names) knownSync(name, project);
  };
  return withProject({ ...options, needs: "schemas", check }, async ({ engine }) => {
    const report = await engine.test(names.length === 0 ? {} : { syncs: names });
    terminal.result(report, () => {
      const { green, red } = terminal.colors;
      return renderTests(report).replace(/^[✓✗]/gmu, (sign) => (sign === "✓" ? green(sign) : red(sign)));
    });
    return report.failed === 0 ? exitCode.done : exitCode.someFailed;
  });
}

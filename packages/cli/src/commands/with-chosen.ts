import type { Project } from "@fieldwright/core";
import { keepApart } from "../keep-apart.js";
import type { OpenProject } from "../open-project.js";
import type { Terminal } from "../terminal.js";
import { type ProjectOptions, withProject } from "./project-options.js";
import { type RunChoice, runOptions } from "./run-choice.js";

/** Opens the project for a run of what was chosen, once the choice fits the project and the store holds records of the same kind. */
export async function withChosen<T>(
  options: ProjectOptions & RunChoice & { readonly terminal: Terminal },
  work: (open: OpenProject, chosen: ReturnType<typeof runOptions>) => Promise<T>,
): Promise<T> {
  const today = new Date().toISOString().slice(0, 10);
  const check = (project: Project): void => void runOptions(options, project, today);
  return withProject({ ...options, needs: "connections", check }, async (open) => {
    await keepApart(open.engine, open.project, open.simulated.length > 0);
    return work(open, runOptions(options, open.project, today));
  });
}

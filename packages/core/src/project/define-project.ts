import { resolve } from "node:path";
import { FieldwrightError, type Problem } from "../problem.js";
import { renderProblem } from "../problem-render.js";
import { checkTogether } from "../spec/check-together.js";
import type { Spec } from "../spec/model.js";
import { checkConnections } from "./check-connections.js";
import type { Environment } from "./fill-env.js";
import type { Project } from "./model.js";
import { readProject } from "./read-project.js";
import type { ProjectInput } from "./shape.js";

/** The words of `fieldwright.yaml`, with the syncs themselves. */
export type ProjectDefinition = Omit<ProjectInput, "syncs"> & { readonly syncs: readonly Spec[] };

/**
 * A project in code, through the same checks as `fieldwright.yaml`.
 * @throws FieldwrightError `project/invalid` with all problems
 */
export function defineProject(
  definition: ProjectDefinition,
  options: { readonly folder?: string; readonly env?: Environment } = {},
): Project {
  const { syncs, ...input } = definition;
  const read = readProject(input, {}, { folder: resolve(options.folder ?? "."), env: options.env ?? process.env });
  const problems: Problem[] = [...read.problems, ...checkTogether(syncs), ...checkConnections(syncs, read.connectionNames ?? [])];
  if (read.project !== undefined && problems.length === 0) return { ...read.project, syncs };
  const listed = problems.map((problem) => renderProblem(problem)).join("\n");
  throw new FieldwrightError(
    "project/invalid",
    `defineProject: ${problems.length === 1 ? "a problem" : `${problems.length} problems`}.\n${listed}`,
    { problems },
  );
}

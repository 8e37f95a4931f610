import { FieldwrightError } from "../problem.js";
import { renderProblem } from "../problem-render.js";
import type { Spec } from "./model.js";
import type { ParseOptions } from "./parse-spec.js";
import { readSpec } from "./read-spec.js";
import type { SyncInput } from "./shape.js";
import { transformTable } from "./transform-table.js";

/**
 * A sync in code: the words of the YAML file, through the same checks.
 * @throws FieldwrightError `spec/invalid` with all problems
 */
export function defineSync(input: SyncInput, options: Pick<ParseOptions, "transforms" | "preview"> = {}): Spec {
  const read = readSpec(input, {}, { transforms: transformTable(options.transforms), preview: options.preview ?? false });
  if (read.spec !== undefined) return read.spec;
  const name = typeof input?.sync === "string" ? `"${input.sync}"` : "a sync without a name";
  const listed = read.problems.map((problem) => renderProblem(problem)).join("\n");
  throw new FieldwrightError(
    "spec/invalid",
    `defineSync: ${name} has ${read.problems.length === 1 ? "a problem" : `${read.problems.length} problems`}.\n${listed}`,
    { problems: read.problems },
  );
}

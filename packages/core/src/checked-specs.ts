import type { Transform } from "./mapping/index.js";
import { FieldwrightError } from "./problem.js";
import { renderProblem } from "./problem-render.js";
import { checkSpecs, type Schemas, type Spec, settleSpec } from "./spec/index.js";

/** Specs as they fit the systems as these are now; work on specs that do not is refused with all problems. */
export function checkedSpecs(
  all: readonly Spec[],
  specs: readonly Spec[],
  against: { readonly schemas: Schemas; readonly transforms: readonly Transform[] },
): readonly Spec[] {
  const { schemas, transforms } = against;
  const problems = checkSpecs(all, schemas, { only: specs, transforms }).filter((problem) => problem.severity === "error");
  if (problems.length > 0) {
    throw new FieldwrightError("spec/invalid", problems.map((problem) => renderProblem(problem)).join("\n\n"), {
      problems,
      hint: "Nothing was read or written.",
    });
  }
  return specs.map((spec) => settleSpec(spec, schemas));
}

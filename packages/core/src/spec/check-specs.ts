import type { Problem } from "../problem.js";
import { checkChains } from "./check-chain.js";
import { checkPolicies } from "./check-policies.js";
import { checkSource } from "./check-source.js";
import { checkTarget } from "./check-target.js";
import { checkTogether } from "./check-together.js";
import type { Spec } from "./model.js";
import { inReadingOrder } from "./source-text.js";
import { type Schemas, SpecCheck } from "./spec-check.js";
import { type GivenTransforms, transformTable } from "./transform-table.js";

export interface CheckSpecsOptions {
  readonly transforms?: GivenTransforms;
  /** Those to check; the others are there for what refers to them, and their schemas may be missing. All if not given. */
  readonly only?: readonly Spec[];
}

/** Everything in which specs do not fit each other or what their connections hold; warnings among it. */
export function checkSpecs(specs: readonly Spec[], schemas: Schemas, options: CheckSpecsOptions = {}): Problem[] {
  const together = checkTogether(specs);
  const transforms = transformTable(options.transforms);
  const homeless = together.filter((problem) => problem.file === undefined);
  const each = (options.only ?? specs).flatMap((spec) => {
    const check = new SpecCheck(spec, specs, schemas, transforms);
    const source = checkSource(check);
    const ends = { source, target: checkTarget(check) };
    checkChains(check, ends);
    checkPolicies(check, ends);
    const own = together.filter((problem) => problem.file !== undefined && problem.file === spec.file);
    return inReadingOrder([...own, ...check.problems]);
  });
  return [...homeless, ...each];
}

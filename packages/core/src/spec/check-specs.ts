import type { Problem } from "../problem.js";
import { checkChains } from "./check-chain.js";
import { checkSource } from "./check-source.js";
import { checkTarget } from "./check-target.js";
import { checkTogether } from "./check-together.js";
import type { Spec } from "./model.js";
import { inReadingOrder } from "./source-text.js";
import { type Schemas, SpecCheck } from "./spec-check.js";
import { builtInTransforms, type TransformTable } from "./transform-table.js";

/** Everything in which specs do not fit each other or what their connections hold; warnings among it. */
export function checkSpecs(specs: readonly Spec[], schemas: Schemas, options: { readonly transforms?: TransformTable } = {}): Problem[] {
  const together = checkTogether(specs);
  const homeless = together.filter((problem) => problem.file === undefined);
  const each = specs.flatMap((spec) => {
    const check = new SpecCheck(spec, specs, schemas, options.transforms ?? builtInTransforms);
    const source = checkSource(check);
    checkChains(check, { source, target: checkTarget(check) });
    const own = together.filter((problem) => problem.file !== undefined && problem.file === spec.file);
    return inReadingOrder([...own, ...check.problems]);
  });
  return [...homeless, ...each];
}

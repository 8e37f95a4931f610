import { checkBothWays } from "./check-both-ways.js";
import type { Ends } from "./check-chain.js";
import { checkChecks } from "./check-checks.js";
import { checkCondition } from "./check-condition.js";
import { shelfOf } from "./check-path.js";
import { checkProtect } from "./check-protect.js";
import { checkStages } from "./check-stages.js";
import { checkTests } from "./check-tests.js";
import type { SpecCheck } from "./spec-check.js";

/** The words that keep a sync safe, against what both sides hold. */
export function checkPolicies(check: SpecCheck, ends: Ends): void {
  const { createIf, protect, stages, checks, tests, from } = check.spec;
  if (createIf !== undefined && ends.source !== undefined)
    checkCondition(check, shelfOf(ends.source, from.connection, true), createIf.condition, ["create_if"]);
  if (protect !== undefined) checkProtect(check, protect, ends);
  if (stages !== undefined) checkStages(check, stages, ends);
  checkBothWays(check, ends);
  if (checks !== undefined) checkChecks(check, checks, ends);
  if (tests !== undefined) checkTests(check, tests, ends);
}

import type { Field } from "@fieldwright/connector-kit";
import type { Ends } from "./check-chain.js";
import { checkCondition } from "./check-condition.js";
import { checkPath, shelfOf } from "./check-path.js";
import { targetField } from "./check-target.js";
import type { Check } from "./model.js";
import type { PartPath } from "./source-text.js";
import type { SpecCheck } from "./spec-check.js";
import { typeInWords } from "./type-fit.js";

/** The spec's own integrity checks against what both sides hold. */
export function checkChecks(check: SpecCheck, checks: readonly Check[], ends: Ends): void {
  for (const [index, each] of checks.entries()) checkOne(check, each, ends, ["checks", index]);
}

function checkOne(check: SpecCheck, each: Check, { source, target }: Ends, path: PartPath): void {
  if (each.is === "sum_close" && source !== undefined) {
    const at = [...path, "sum_close", "from"];
    const field = checkPath(check, shelfOf(source, check.spec.from.connection, true), each.from, { path: at })?.field;
    mustBeNumber(check, field, each.from.join("."), at);
  }
  if (each.is === "references") check.named(each, { connection: referencePath(path, each.field), stream: referencePath(path, each.field) });
  if (target === undefined) return;
  switch (each.is) {
    case "unique":
    case "not_blank":
      for (const [index, field] of each.fields.entries())
        targetField(check, target, field, { path: listPath(check, [...path, each.is], index) });
      return;
    case "sum_close": {
      const at = [...path, "sum_close", "to"];
      mustBeNumber(check, targetField(check, target, each.to, { path: at }), each.to, at);
      return;
    }
    case "every": {
      const shelf = shelfOf(target, check.spec.to.connection);
      checkCondition(check, shelf, each.every, [...path, "every"]);
      checkCondition(check, shelf, each.has, [...path, "has"]);
      return;
    }
    case "references":
      targetField(check, target, each.field, { path: referencePath(path, each.field), on: "key" });
      return;
    // Whether the target takes SQL shows when the check is run.
    case "count_close":
    case "sql":
      return;
  }
}

function referencePath(path: PartPath, field: string): PartPath {
  return [...path, "references", field];
}

/** One field stands alone, several in a list. */
function listPath(check: SpecCheck, path: PartPath, index: number): PartPath {
  return check.spec.source?.positions?.[[...path, 0].join(".")] === undefined ? path : [...path, index];
}

function mustBeNumber(check: SpecCheck, field: Field | undefined, name: string, path: PartPath): void {
  const type = field?.type === "list" ? (field.of?.type ?? "json") : field?.type;
  if (type === undefined || ["integer", "number", "decimal", "json"].includes(type)) return;
  check.add({
    code: "spec/chain-type",
    path,
    message: `\`sum_close\` adds numbers up, but \`${name}\` is ${typeInWords(type)}.`,
    hint: "Name a field that holds a number.",
  });
}

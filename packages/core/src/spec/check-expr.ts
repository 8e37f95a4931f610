import type { Shelf } from "./check-path.js";
import { knownRecord } from "./known-record.js";
import type { CelCondition } from "./model.js";
import { nearest } from "./nearest.js";
import { exprFindings } from "./read-expr.js";
import type { PartPath } from "./source-text.js";
import type { SpecCheck } from "./spec-check.js";

/** An expression against the record it asks about. */
export function checkExpr(check: SpecCheck, shelf: Shelf, condition: CelCondition, path: PartPath): void {
  const known = knownRecord(check, shelf);
  for (const finding of exprFindings(check.spec.source ?? {}, path, condition, known)) check.add(finding);
  if (known.open) warnOfSlips(check, shelf, condition, path);
}

/** Where records may carry more than declared, every name is taken; one that looks like a slip is told. */
function warnOfSlips(check: SpecCheck, shelf: Shelf, condition: CelCondition, path: PartPath): void {
  const names = [...Object.keys(shelf.fields), ...(shelf.related === true ? Object.keys(check.spec.from.with) : [])];
  for (const [first] of condition.reads) {
    const near = first === undefined || names.includes(first) ? undefined : nearest(first, names);
    if (near === undefined) continue;
    check.add({
      code: "spec/unknown-source-field",
      severity: "warning",
      path,
      message: `${shelf.name} declares no field \`${first}\`; its records may carry more fields than declared.`,
      hint: `Did you mean \`${near}\`?`,
    });
  }
}

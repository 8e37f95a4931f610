import { checkPath, type Shelf } from "./check-path.js";
import { knownRecord } from "./known-record.js";
import type { Condition, Test } from "./model.js";
import type { SpecCheck } from "./spec-check.js";

/** The condition with `08` as written where the field is text, and expressions with what is declared of their record. */
export function settleCondition(check: SpecCheck, shelf: Shelf, condition: Condition): Condition {
  switch (condition.op) {
    case "expr":
      return { ...condition, known: knownRecord(check, shelf) };
    case "not":
      return { ...condition, of: settleCondition(check, shelf, condition.of) };
    case "all":
    case "any":
      return { ...condition, of: condition.of.map((each) => settleCondition(check, shelf, each)) };
    case "test":
      return { ...condition, test: settleTest(check, shelf, condition) };
  }
}

function settleTest(check: SpecCheck, shelf: Shelf, { path, test }: Condition & { op: "test" }): Test {
  const reached = checkPath(check, shelf, path, { path: [] });
  if (test.is === "any" || test.is === "every" || test.is === "none")
    return reached?.members === undefined ? test : { ...test, where: settleCondition(check, reached.members, test.where) };
  if (test.is !== "one_of" || reached?.field?.type !== "text") return test;
  return { ...test, values: test.written ?? test.values.map((value) => (value === null ? null : String(value))) };
}

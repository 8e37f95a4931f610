import type { Field } from "@fieldwright/connector-kit";
import { checkExpr } from "./check-expr.js";
import { checkPath, type Reached, type Shelf } from "./check-path.js";
import type { Condition, Test } from "./model.js";
import { nearest } from "./nearest.js";
import { placeOfCondition } from "./read-condition.js";
import type { PartPath } from "./source-text.js";
import type { SpecCheck } from "./spec-check.js";
import { typeInWords } from "./type-fit.js";

/** Paths and values of a condition against the record it asks about. */
export function checkCondition(check: SpecCheck, shelf: Shelf, condition: Condition, around: PartPath): void {
  if (condition.op === "expr") {
    checkExpr(check, shelf, condition, placeOfCondition(condition, around));
    return;
  }
  if (condition.op !== "test") {
    for (const each of condition.op === "not" ? [condition.of] : condition.of) checkCondition(check, shelf, each, around);
    return;
  }
  const at = placeOfCondition(condition, around);
  const reached = checkPath(check, shelf, condition.path, { path: at, on: "key" });
  const { test } = condition;
  const name = condition.path.join(".");
  if (test.is === "any" || test.is === "every" || test.is === "none") {
    checkMembers(check, { is: test.is, where: test.where }, reached, { path: at, name });
  } else if (reached?.field !== undefined) {
    checkTest(check, reached.field, test, { path: at, name });
  }
}

interface Place {
  readonly path: PartPath;
  readonly name: string;
}

function checkMembers(
  check: SpecCheck,
  test: { readonly is: string; readonly where: Condition },
  reached: Reached | undefined,
  at: Place,
): void {
  const type = reached?.field?.type ?? "json";
  if (type !== "list" && type !== "json") {
    check.add({
      code: "spec/bad-condition",
      path: [...at.path, test.is],
      on: "key",
      message: `\`${test.is}\` asks about the members of a list, but \`${at.name}\` is ${typeInWords(type)}.`,
      hint: "Write the condition on the field itself.",
    });
  } else if (reached?.members !== undefined) {
    checkCondition(check, reached.members, test.where, at.path);
  }
}

/** A test of a list holds when it holds for a member. */
function checkTest(check: SpecCheck, field: Field, test: Test, at: Place): void {
  if (test.is === "present" || test.is === "blank") return;
  if (field.type === "list" && field.of === undefined) return;
  if (field.type === "list" && field.of !== undefined && field.of.type !== "object") {
    checkTest(check, field.of, test, at);
  } else if (field.type === "list" || field.type === "object") {
    const [what, hint] =
      field.type === "list"
        ? ["a list of records", "Ask about its members: `{ any: { … } }`."]
        : ["a record", `Name a part of it: \`${at.name}.part\`.`];
    refuse(check, at.path, `\`${at.name}\` is ${what}, which cannot be compared with one value.`, hint);
  } else if (test.is === "within" && !["date", "datetime", "text", "json"].includes(field.type)) {
    refuse(
      check,
      at.path,
      `\`within\` asks about a time, but \`${at.name}\` is ${typeInWords(field.type)}.`,
      "Compare it with `over` or `under`.",
    );
  } else if (test.is === "one_of") {
    checkValues(check, field, test.values, at);
  }
}

function checkValues(
  check: SpecCheck,
  field: Field,
  values: readonly unknown[],
  at: { readonly path: PartPath; readonly name: string },
): void {
  for (const [index, value] of values.entries()) {
    const path = values.length === 1 ? at.path : [...at.path, index];
    if (field.type === "boolean" && typeof value !== "boolean") {
      check.add({
        code: "spec/yaml-trap",
        path,
        message: `\`${at.name}\` is true or false, but \`${String(value)}\` is ${typeof value === "string" ? "text in YAML 1.2" : "a number"}.`,
        hint: `Write \`${/^(yes|on|y|1)$/i.test(String(value)) ? "true" : "false"}\`.`,
      });
    } else if (field.options !== undefined && !field.options.some((each) => same(each, value))) {
      const known = field.options.map(String);
      const near = nearest(String(value), known);
      refuse(
        check,
        path,
        `\`${at.name}\` never is \`${String(value)}\`, so that no record could fit.`,
        near === undefined ? `It is one of: ${known.join(", ")}.` : `Did you mean \`${near}\`?`,
      );
    }
  }
}

function same(a: unknown, b: unknown): boolean {
  return String(a).trim().toLowerCase() === String(b).trim().toLowerCase();
}

function refuse(check: SpecCheck, path: PartPath, message: string, hint: string): void {
  check.add({ code: "spec/bad-condition", path, message, hint });
}

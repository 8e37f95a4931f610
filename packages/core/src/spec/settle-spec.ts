import type { Field } from "@fieldwright/connector-kit";
import { fieldAt } from "./field-at.js";
import type { Condition, FieldRule, Path, Scalar, Spec } from "./model.js";
import type { Schemas } from "./spec-check.js";

/** The spec with `08` and `1e5` as written wherever the target's (in conditions: the source's) field is text. */
export function settleSpec(spec: Spec, schemas: Schemas): Spec {
  const target = schemas[spec.to.connection]?.find((stream) => stream.name === spec.to.stream);
  const source = schemas[spec.from.connection]?.find((stream) => stream.name === spec.from.stream);
  const typeAt = (fields: Readonly<Record<string, Field>> | undefined, path: Path) => {
    const found = fields === undefined ? undefined : fieldAt({ fields }, path);
    return found?.is === "known" ? found.field.type : undefined;
  };
  const fields = spec.fields.map((rule) => (typeAt(target?.fields, [rule.target]) === "text" ? settleRule(rule) : rule));
  const { only } = spec.from;
  const isText = (path: Path) => typeAt(source?.fields, path) === "text";
  return { ...spec, fields, from: only === undefined ? spec.from : { ...spec.from, only: settleCondition(only, isText) } };
}

function settleRule(rule: FieldRule): FieldRule {
  if (rule.kind === "value" && rule.value !== null) return { ...rule, value: rule.written ?? String(rule.value) };
  if (rule.kind !== "map") return rule;
  const map = Object.fromEntries(
    Object.entries(rule.map).map(([key, value]): [string, Scalar] => [key, value === null ? null : (rule.written?.[key] ?? String(value))]),
  );
  return { ...rule, map };
}

function settleCondition(condition: Condition, isText: (path: Path) => boolean): Condition {
  if (condition.op === "expr") return condition;
  if (condition.op === "not") return { ...condition, of: settleCondition(condition.of, isText) };
  if (condition.op !== "test") return { ...condition, of: condition.of.map((each) => settleCondition(each, isText)) };
  const { test } = condition;
  if (test.is !== "one_of" || !isText(condition.path)) return condition;
  return { ...condition, test: { ...test, values: test.written ?? test.values.map((value) => (value === null ? null : String(value))) } };
}

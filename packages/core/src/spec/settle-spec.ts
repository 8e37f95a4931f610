import type { Field } from "@fieldwright/connector-kit";
import { memberOf } from "../mapping/member-of.js";
import { checkPath, type Shelf, shelfOf } from "./check-path.js";
import type { Check, FieldRule, Scalar, Spec, StageRule, Stages } from "./model.js";
import { settleCondition } from "./settle-condition.js";
import { type Schemas, SpecCheck } from "./spec-check.js";

/**
 * The spec with `08` and `1e5` as written wherever the target's (in conditions: the source's) field is text, and its
 * expressions with what is declared of the records they ask about.
 */
export function settleSpec(spec: Spec, schemas: Schemas): Spec {
  // What is wrong has been reported before: this one's findings are not looked at.
  const check = new SpecCheck(spec, [], schemas, {});
  const target = check.stream(spec.to);
  const stream = check.stream(spec.from);
  const source = stream === undefined ? undefined : shelfOf(stream, spec.from.connection, true);
  const fields = spec.fields.map((rule) => settleRule(check, source, rule, fieldOf(target?.fields, rule)));
  const settled = { ...spec, fields };
  const { only } = spec.from;
  const { createIf, stages, checks } = spec;
  const checked = target === undefined ? undefined : shelfOf(target, spec.to.connection);
  return {
    ...settled,
    ...(only === undefined || source === undefined ? {} : { from: { ...spec.from, only: settleCondition(check, source, only) } }),
    ...(createIf === undefined || source === undefined
      ? {}
      : { createIf: { ...createIf, condition: settleCondition(check, source, createIf.condition) } }),
    ...(stages === undefined ? {} : { stages: settleStages(check, source, stages, target?.fields) }),
    ...(checks === undefined || checked === undefined ? {} : { checks: checks.map((each) => settleCheck(check, checked, each)) }),
  };
}

type Fields = Readonly<Record<string, Field>> | undefined;

function ownField(fields: Fields, name: string): Field | undefined {
  return fields !== undefined && Object.hasOwn(fields, name) ? fields[name] : undefined;
}

/** Where a value is added to a list, it is to fit a member. */
function fieldOf(fields: Fields, rule: FieldRule): Field | undefined {
  const field = ownField(fields, rule.target);
  return rule.addToList === true && field?.type === "list" ? memberOf(field) : field;
}

function settleRule(check: SpecCheck, source: Shelf | undefined, rule: FieldRule, field: Field | undefined): FieldRule {
  if (rule.kind === "take_one") {
    const members = source === undefined ? undefined : checkPath(check, source, rule.from, { path: [] })?.members;
    return members === undefined || rule.where === undefined ? rule : { ...rule, where: settleCondition(check, members, rule.where) };
  }
  if (field?.type !== "text") return rule;
  if (rule.kind === "value" && rule.value !== null) return { ...rule, value: rule.written ?? String(rule.value) };
  if (rule.kind !== "map") return rule;
  const map = Object.fromEntries(
    Object.entries(rule.map).map(([key, value]): [string, Scalar] => [key, value === null ? null : (rule.written?.[key] ?? String(value))]),
  );
  return { ...rule, map };
}

function settleStages(check: SpecCheck, source: Shelf | undefined, stages: Stages, fields: Fields): Stages {
  const rules = stages.rules.map((rule): StageRule => {
    const andSet = Object.entries(rule.andSet).map(([name, value]): [string, Scalar] => [
      name,
      ownField(fields, name)?.type === "text" && value !== null ? String(value) : value,
    ]);
    const when = rule.when === undefined || source === undefined ? rule.when : settleCondition(check, source, rule.when);
    return { ...rule, andSet: Object.fromEntries(andSet), ...(when === undefined ? {} : { when }) };
  });
  return { ...stages, rules };
}

function settleCheck(check: SpecCheck, target: Shelf, each: Check): Check {
  if (each.is !== "every") return each;
  return { ...each, every: settleCondition(check, target, each.every), has: settleCondition(check, target, each.has) };
}

import type { Field, Stream } from "@fieldwright/connector-kit";
import { memberOf } from "../mapping/member-of.js";
import { checkCondition } from "./check-condition.js";
import { checkLiteral } from "./check-literal.js";
import { checkPath, type Reached, type Shelf, shelfOf } from "./check-path.js";
import { matchPath } from "./check-target.js";
import type { FieldRule } from "./model.js";
import type { SpecCheck } from "./spec-check.js";
import { fits, type KnownType, stepsBetween, stepTakes, typeInWords, typeOf } from "./type-fit.js";

export interface Ends {
  readonly source: Stream | undefined;
  readonly target: Stream | undefined;
}

/** Every field's way from the source's type through its steps to the target's. */
export function checkChains(check: SpecCheck, ends: Ends): void {
  const shelf = ends.source === undefined ? undefined : shelfOf(ends.source, check.spec.from.connection, true);
  for (const rule of check.spec.fields) {
    const wanted = wantedOf(check, rule, targetOf(ends.target, rule.target));
    const start = shelf === undefined && rule.kind !== "value" && rule.kind !== "ref" ? undefined : startOf(check, shelf, rule, wanted);
    if (start !== undefined) checkChain(check, rule, start, wanted);
  }
  if (shelf === undefined) return;
  for (const [index, key] of check.spec.match.tryInOrder.entries()) {
    for (const { target, source } of key.pairs) checkPath(check, shelf, source, { path: matchPath(check.spec, index, target) });
  }
}

function targetOf(target: Stream | undefined, name: string): Field | undefined {
  return target !== undefined && Object.hasOwn(target.fields, name) ? target.fields[name] : undefined;
}

/** What the value must fit: the target's field, or where it is added to a list, a member. */
function wantedOf(check: SpecCheck, rule: FieldRule, field: Field | undefined): Field | undefined {
  if (rule.addToList !== true || field === undefined || field.type === "json") return field;
  if (field.type === "list") return memberOf(field);
  check.add({
    code: "spec/chain-type",
    path: ["fields", rule.target, "add_to_list"],
    on: "key",
    message: `\`${rule.target}\` is ${typeInWords(typeOf(field))}, to which nothing can be added.`,
    hint: "Take `add_to_list` out, or name a field that is a list.",
  });
  return undefined;
}

/** Type of the value before the steps; `undefined` when that has been reported or judged already. */
function startOf(check: SpecCheck, shelf: Shelf | undefined, rule: FieldRule, wanted: Field | undefined): KnownType | undefined {
  const path = ["fields", rule.target];
  switch (rule.kind) {
    case "value":
      if (wanted !== undefined) checkLiteral(check, wanted, rule.value, { path: [...path, "value"], target: rule.target });
      return undefined;
    case "ref":
      return refType(check, rule.sync);
    case "join": {
      const reached = rule.join.map((part, index) => ({
        at: checkPath(check, need(shelf), part, { path: [...path, "join", index] }),
        index,
      }));
      for (const { at, index } of reached) mustBeScalar(check, at, rule, [...path, "join", index]);
      return "text";
    }
    case "map":
      return mapType(check, need(shelf), rule, wanted);
    case "take_one":
      return takeOneType(check, need(shelf), rule);
    case "from": {
      const long = check.spec.source?.positions?.[`fields.${rule.target}.from`] !== undefined;
      const reached = checkPath(check, need(shelf), rule.from, { path: long ? [...path, "from"] : path });
      // The whole record is written as JSON, which a text column holds as well.
      if (rule.from.length === 0 && wanted?.type === "text") return undefined;
      return typeOf(reached?.field);
    }
  }
}

function need(shelf: Shelf | undefined): Shelf {
  return shelf ?? { name: "the source", fields: {}, open: true };
}

function mustBeScalar(check: SpecCheck, reached: Reached | undefined, rule: FieldRule, path: readonly (string | number)[]): void {
  const field = reached?.field;
  const type = field?.type === "list" ? field.of?.type : field?.type;
  if (type !== "object") return;
  check.add({
    code: "spec/chain-type",
    path,
    message: `\`join\` puts single values together, but this is ${field?.type === "list" ? "a list of records" : "a record"}.`,
    hint: `Name a part of it for \`${rule.target}\`.`,
  });
}

function mapType(check: SpecCheck, shelf: Shelf, rule: FieldRule & { kind: "map" }, wanted: Field | undefined): KnownType | undefined {
  const path = ["fields", rule.target];
  checkPath(check, shelf, rule.from, { path: [...path, "from"] });
  if (wanted === undefined || rule.steps.length > 0) return undefined;
  for (const [key, value] of Object.entries(rule.map))
    checkLiteral(check, wanted, value, { path: [...path, "map", key], target: rule.target });
  if (typeof rule.unknown === "object")
    checkLiteral(check, wanted, rule.unknown.use, { path: [...path, "unknown", "use"], target: rule.target });
  return undefined;
}

function takeOneType(check: SpecCheck, shelf: Shelf, rule: FieldRule & { kind: "take_one" }): KnownType | undefined {
  const path = ["fields", rule.target];
  const reached = checkPath(check, shelf, rule.from, { path: [...path, "from"] });
  if (reached === undefined) return "unknown";
  const type = reached.field?.type ?? "json";
  if (type !== "list" && type !== "json") {
    check.add({
      code: "spec/chain-type",
      path: [...path, "from"],
      message: `\`take_one\` takes a member of a list, but \`${rule.from.join(".")}\` is ${typeInWords(type)}.`,
      hint: "Name a list, or related records under `with` with `many`.",
    });
    return undefined;
  }
  if (reached.members === undefined) return "unknown";
  const take = [...path, "take_one"];
  if (rule.where !== undefined) checkCondition(check, reached.members, rule.where, [...take, "where"]);
  if (rule.latest !== undefined) checkPath(check, reached.members, rule.latest, { path: [...take, "latest"] });
  if (rule.earliest !== undefined) checkPath(check, reached.members, rule.earliest, { path: [...take, "earliest"] });
  return typeOf(checkPath(check, reached.members, rule.then, { path: [...path, "then"] })?.field);
}

/** The key of the records that the other sync writes. */
function refType(check: SpecCheck, sync: string): KnownType {
  const other = check.specs.find((each) => each.name === sync);
  const stream = other === undefined ? undefined : check.stream(other.to);
  return typeOf(stream?.fields[stream.key]);
}

function checkChain(check: SpecCheck, rule: FieldRule, start: KnownType, wanted: Field | undefined): void {
  let type = start;
  for (const [index, step] of rule.steps.entries()) {
    const signature = check.transforms[step.name];
    if (signature === undefined) {
      check.add({
        code: "spec/unknown-transform",
        path: stepPath(check, rule, index),
        on: "key",
        message: `There is no step \`${step.name}\`.`,
        hint: "A step of the app's own is given to the engine too: `createEngine({ transforms })`.",
      });
      return;
    }
    if (!stepTakes(signature, type)) {
      const before = index === 0 ? "the value" : `what \`${rule.steps[index - 1]?.name}\` gives`;
      check.add({
        code: "spec/chain-type",
        path: stepPath(check, rule, index),
        on: "key",
        message: `\`${step.name}\` takes ${signature.takes.map(typeInWords).join(" or ")}, but ${before} is ${typeInWords(type)}.`,
        hint: `Take \`${step.name}\` out, or put a step before it that gives ${typeInWords(signature.takes[0] ?? "text")}.`,
      });
      return;
    }
    if (signature.gives !== "same") type = signature.gives as KnownType;
  }
  // What a step makes of a time, with a zone or without, only its argument tells.
  // Each member of a list is added.
  if (rule.addToList === true && type === "list") return;
  const clock = rule.steps.length > 0 && type === "datetime";
  if (wanted === undefined || fits(type, clock && wanted.type === "datetime" ? "datetime" : typeOf(wanted))) return;
  const hint = bridgeHint(check, rule, type, wanted);
  check.add({
    code: "spec/chain-type",
    path: ["fields", rule.target],
    message: `\`${rule.target}\` is ${typeInWords(typeOf(wanted))}, but the value is ${typeInWords(type)}.`,
    hint,
  });
}

function bridgeHint(check: SpecCheck, rule: FieldRule, given: KnownType, wanted: Field): string {
  const [step] = given === "zoneless" ? [] : stepsBetween(given, wanted.type, check.transforms);
  const path = rule.kind === "from" ? rule.from.join(".") : rule.target;
  if (step !== undefined && rule.steps.length === 0)
    return rule.kind === "from" ? `Write \`{ from: ${path}, do: [${step}] }\`.` : `Add \`do: [${step}]\`.`;
  if (step !== undefined) return `Add \`${step}\` after the last step.`;
  if (wanted.type === "datetime" && (given === "zoneless" || given === "datetime"))
    return `Say on whose clock: \`{ from: ${path}, do: [{ datetime: { zone: America/Denver${wanted.zoneless === true ? ", zoneless: true" : ""} } }] }\`.`;
  if (given === "list") return "Take one of its members: `{ from: list, take_one: { latest: … }, then: … }`.";
  if (given === "object") return `Name a part of it: \`${path}.part\`.`;
  return "Map another source field, or write to a field of that type.";
}

/** A step with an argument stands as a key within its entry. */
function stepPath(check: SpecCheck, rule: FieldRule, index: number): (string | number)[] {
  const entry = ["fields", rule.target, "do", index];
  const name = rule.steps[index]?.name ?? "";
  return check.spec.source?.positions?.[`${entry.join(".")}.${name}`] === undefined ? entry : [...entry, name];
}

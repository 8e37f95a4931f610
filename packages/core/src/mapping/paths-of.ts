import type { Condition, FieldRule, Path, Spec } from "../spec/model.js";

/** The references that a page of records needs looked up: the sync that linked them, and where the source id stands. */
export function refsOf(spec: Spec): readonly { readonly sync: string; readonly path: Path }[] {
  const refs = spec.fields.flatMap((rule) => (rule.kind === "ref" ? [{ sync: rule.sync, path: rule.id }] : []));
  return distinct(refs, (ref) => [ref.sync, ...ref.path]);
}

/** Every path of a spec that leads into a related record, with the name it has under `with`. */
export function relatedPathsOf(spec: Spec): readonly { readonly name: string; readonly path: Path }[] {
  const paths = [
    ...spec.fields.flatMap(pathsOfRule),
    ...spec.match.tryInOrder.flatMap((key) => key.pairs.map((pair) => pair.source)),
    ...conditionsOf(spec).flatMap(pathsOfCondition),
  ];
  const related = paths.flatMap(([name, ...path]) => (name !== undefined && Object.hasOwn(spec.from.with, name) ? [{ name, path }] : []));
  return distinct(related, ({ name, path }) => [name, ...path]);
}

/** Every condition on the source record: what is read at all, created, and staged. */
function conditionsOf({ from, createIf, stages }: Spec): readonly Condition[] {
  const stageRules = stages?.rules.map((rule) => rule.when) ?? [];
  return [from.only, createIf?.condition, ...stageRules].filter((one) => one !== undefined);
}

/** The paths that a field reads in the source record or its related ones. */
export function pathsOfRule(rule: FieldRule): readonly Path[] {
  if (rule.kind === "value") return [];
  if (rule.kind === "join") return rule.join;
  return [rule.kind === "ref" ? rule.id : rule.from];
}

function pathsOfCondition(condition: Condition): readonly Path[] {
  if (condition.op === "test") return [condition.path];
  if (condition.op === "expr") return condition.reads;
  return condition.op === "not" ? pathsOfCondition(condition.of) : condition.of.flatMap(pathsOfCondition);
}

function distinct<T>(all: readonly T[], key: (one: T) => readonly string[]): readonly T[] {
  return [...new Map(all.map((one) => [JSON.stringify(key(one)), one])).values()];
}

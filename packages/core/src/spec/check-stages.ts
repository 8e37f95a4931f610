import type { Field, Stream } from "@fieldwright/connector-kit";
import type { Ends } from "./check-chain.js";
import { checkCondition } from "./check-condition.js";
import { checkLiteral } from "./check-literal.js";
import { shelfOf } from "./check-path.js";
import { checkStageOrder } from "./check-stage-order.js";
import { mustBeWritable, targetField } from "./check-target.js";
import type { Pipeline, Stages } from "./model.js";
import type { PartPath } from "./source-text.js";
import type { SpecCheck } from "./spec-check.js";

/** `stages` against both sides, and what in it can never happen. */
export function checkStages(check: SpecCheck, stages: Stages, { source, target }: Ends): void {
  const word = stages.wins === "last" ? "last_match_wins" : "first_match_wins";
  const rulePath = (number: number): PartPath => ["stages", word, number - 1];
  soleWriter(check, stages);
  if (target !== undefined) checkFields(check, stages, target);
  for (const rule of stages.rules) {
    const path = [...rulePath(rule.number), "and_set"];
    for (const [name, value] of Object.entries(rule.andSet)) {
      const here = [...path, name];
      const field = target === undefined ? undefined : targetField(check, target, name, { path: here, on: "key" });
      if (field === undefined) continue;
      mustBeWritable(check, field, name, here);
      if (field.readOnly !== true) checkLiteral(check, field, value, { path: here, target: name });
    }
    if (source !== undefined && rule.when !== undefined)
      checkCondition(check, shelfOf(source, check.spec.from.connection, true), rule.when, [...rulePath(rule.number), "when"]);
  }
  shadowedRules(check, stages, rulePath);
  checkStageOrder(check, stages, rulePath);
  for (const pipeline of stages.pipelines) neverEntered(check, stages, pipeline);
}

/** What `stages` decides, no line of `fields` may write, and no rule may set beside. */
function soleWriter(check: SpecCheck, stages: Stages): void {
  const word = stages.wins === "last" ? "last_match_wins" : "first_match_wins";
  const chosen = new Map([[stages.stageField, "stage_field"]]);
  if (stages.pipelineField !== undefined) chosen.set(stages.pipelineField, "pipeline_field");
  const set = new Map(stages.rules.flatMap((rule) => Object.keys(rule.andSet).map((name) => [name, rule.number] as const)));
  for (const { target } of check.spec.fields) {
    const by = chosen.has(target)
      ? `\`${chosen.get(target)}\` of \`stages\``
      : set.has(target)
        ? `\`and_set\` of rule ${set.get(target)} of \`stages\``
        : undefined;
    if (by === undefined) continue;
    const message = `\`${target}\` is also written by ${by}, so that it is not clear which value counts.`;
    check.add({ code: "spec/duplicate-target", path: ["fields", target], on: "key", message, hint: "Keep one of the two." });
  }
  for (const [name, number] of set) {
    if (!chosen.has(name)) continue;
    const path = ["stages", word, number - 1, "and_set", name];
    const message = `\`${name}\` is the \`${chosen.get(name)}\`, which the rule sets by its \`to\`.`;
    check.add({ code: "spec/duplicate-target", path, on: "key", message, hint: "Take it out." });
  }
}

function checkFields(check: SpecCheck, stages: Stages, target: Stream): void {
  const stageField = fieldOf(check, target, stages.stageField, ["stages", "stage_field"]);
  const { pipelineField: name } = stages;
  const pipelineField = name === undefined ? undefined : fieldOf(check, target, name, ["stages", "pipeline_field"]);
  for (const pipeline of stages.pipelines) {
    const path = ["stages", "pipelines", pipeline.name];
    if (pipelineField !== undefined && name !== undefined)
      checkLiteral(check, pipelineField, asField(pipelineField, pipeline.name), { path, target: name, on: "key" });
    if (stageField === undefined) continue;
    const at = { target: stages.stageField };
    for (const [index, stage] of pipeline.forwardOnly.entries())
      checkLiteral(check, stageField, asField(stageField, stage), { ...at, path: [...path, "forward_only", index] });
    for (const { stage } of pipeline.sideStages)
      checkLiteral(check, stageField, asField(stageField, stage), { ...at, path: [...path, "side_stages", stage], on: "key" });
  }
}

function fieldOf(check: SpecCheck, target: Stream, name: string, path: PartPath): Field | undefined {
  const field = targetField(check, target, name, { path });
  if (field !== undefined) mustBeWritable(check, field, name, path);
  return field;
}

/** A vendor's stages may be numbers. */
function asField(field: Field, stage: string): string | number {
  return ["integer", "number", "decimal"].includes(field.type) && /^\d+$/.test(stage) ? Number(stage) : stage;
}

function shadowedRules(check: SpecCheck, stages: Stages, rulePath: (number: number) => PartPath): void {
  const last = stages.wins === "last";
  const order = last ? [...stages.rules].reverse() : stages.rules;
  const at = order.findIndex((rule) => rule.when === undefined);
  const always = order[at];
  const lost = order.slice(at + 1).map((rule) => rule.number);
  if (always === undefined || lost.length === 0) return;
  const names = [...lost].sort((a, b) => a - b).join(", ");
  const path = rulePath(always.number);
  const message = `This rule has no \`when\`, so that it always holds; the rules ${last ? "before" : "after"} it (${names}) never decide.`;
  check.add({
    code: "spec/unreachable",
    severity: "warning",
    path,
    message,
    hint: `Give it a \`when\`, or make it the ${last ? "first" : "last"} rule.`,
  });
}

function neverEntered(check: SpecCheck, stages: Stages, pipeline: Pipeline): void {
  const path = ["stages", "pipelines", pipeline.name];
  const at = { code: "spec/unreachable", severity: "warning", path, on: "key" } as const;
  if (!stages.rules.some((rule) => rule.to.pipeline === pipeline.name)) {
    const message = `No rule leads into \`${pipeline.name}\`: its records are moved by people only.`;
    check.add({ ...at, message, hint: "Add a rule; or leave it so, if that is meant." });
  } else if (!pipeline.mayStartHere && pipeline.mayComeFrom.length === 0) {
    const message = `No record can ever get into \`${pipeline.name}\`: none may start there, and none may come from elsewhere.`;
    check.add({ ...at, message, hint: "Write `may_start_here: true`, or name stages under `may_come_from`." });
  }
}

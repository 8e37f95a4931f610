import type { Pipeline, Scalar, SideStage, StageName, StageRule, Stages } from "./model.js";
import { nearest } from "./nearest.js";
import { readCondition } from "./read-condition.js";
import type { Reading } from "./reading.js";
import type { StagesInput } from "./shape-policy.js";
import type { PartPath } from "./source-text.js";

type PipelineInput = StagesInput["pipelines"][string];

export function readStages(input: StagesInput, reading: Reading): Stages {
  const drafts = Object.entries(input.pipelines).map(([name, each]) => readPipeline(name, each, reading));
  if (drafts.length === 0)
    reading.add({
      code: "spec/bad-value",
      path: ["stages", "pipelines"],
      message: "`pipelines` is empty, so that there is no stage to set.",
      hint: "Write a name and its stages: `sales: { forward_only: [new-lead, contacted, won] }`.",
    });
  if (input.pipeline_field === undefined) stagesOfTwo(drafts, reading);
  const pipelines = drafts.map((draft) => ({ ...draft.pipeline, mayComeFrom: comingFrom(draft, drafts, reading) }));
  return {
    stageField: input.stage_field,
    ...(input.pipeline_field === undefined ? {} : { pipelineField: input.pipeline_field }),
    pipelines,
    ...readRules(input, pipelines, reading),
    ...reading.line("stages"),
  };
}

interface Draft {
  readonly pipeline: Pipeline;
  readonly input: PipelineInput;
}

function pathOf(pipeline: string): string[] {
  return ["stages", "pipelines", pipeline];
}

function readPipeline(name: string, input: PipelineInput, reading: Reading): Draft {
  const path = pathOf(name);
  if (name.includes("."))
    reading.add({
      code: "spec/bad-value",
      path,
      on: "key",
      message: `\`${name}\` cannot be the name of a pipeline: a dot leads to a stage.`,
      hint: `Write \`${name.replaceAll(".", "-")}\`.`,
    });
  const forwardOnly = input.forward_only.map((each, index) => stageText(each, [...path, "forward_only", index], reading));
  const seen = new Set<string>();
  for (const [index, stage] of forwardOnly.entries()) {
    if (seen.has(stage)) duplicate(stage, `\`${name}\``, { path: [...path, "forward_only", index] }, reading);
    seen.add(stage);
  }
  for (const stage of Object.keys(input.side_stages ?? {}))
    if (seen.has(stage)) duplicate(stage, `\`${name}\``, { path: [...path, "side_stages", stage], on: "key" }, reading);
  const stages = [...forwardOnly, ...Object.keys(input.side_stages ?? {})];
  const known = (each: string | number, at: PartPath) =>
    knownStage(stageText(each, at, reading), stages, { path: at, pipeline: name }, reading);
  const sideStages = Object.entries(input.side_stages ?? {}).map(([stage, side]): SideStage => {
    const from = side.only_from?.flatMap((each, index) => known(each, [...path, "side_stages", stage, "only_from", index]) ?? []);
    return { stage, ...(from === undefined ? {} : { onlyFrom: from }), syncMayLeave: side.sync_may_leave ?? false };
  });
  const shut = (input.protected ?? []).flatMap((each, index) => known(each, [...path, "protected", index]) ?? []);
  const mayStartHere = input.may_start_here ?? input.may_come_from === undefined;
  return {
    pipeline: { name, forwardOnly, sideStages, protected: shut, mayComeFrom: [], mayStartHere, ...reading.line(path.join(".")) },
    input,
  };
}

function stageText(stage: string | number, path: PartPath, reading: Reading): string {
  return typeof stage === "string" ? stage : (reading.written(path, stage) ?? String(stage));
}

function knownStage(
  stage: string,
  stages: readonly string[],
  at: { readonly path: PartPath; readonly pipeline: string },
  reading: Reading,
): string | undefined {
  if (stages.includes(stage)) return stage;
  const near = nearest(stage, stages);
  reading.add({
    code: "spec/unknown-stage",
    path: at.path,
    message: `The pipeline \`${at.pipeline}\` has no stage \`${stage}\`.`,
    hint: near === undefined ? `Stages: ${stages.join(", ")}.` : `Did you mean \`${near}\`?`,
  });
  return undefined;
}

function duplicate(stage: string, where: string, at: { readonly path: PartPath; readonly on?: "key" }, reading: Reading): void {
  reading.add({
    code: "spec/duplicate-stage",
    ...at,
    message: `\`${stage}\` stands twice in ${where}, so that it is not clear how far on a record there is.`,
    hint: "Keep one of the two.",
  });
}

/** Without a pipeline field a stage's name alone tells where a record is. */
function stagesOfTwo(drafts: readonly Draft[], reading: Reading): void {
  const first = new Map<string, string>();
  for (const { pipeline } of drafts) {
    const own = [
      ...pipeline.forwardOnly.map((stage, index) => ({ stage, path: ["forward_only", index], on: {} })),
      ...pipeline.sideStages.map(({ stage }) => ({ stage, path: ["side_stages", stage], on: { on: "key" as const } })),
    ];
    for (const { stage, path, on } of own) {
      const other = first.get(stage);
      if (other === undefined) first.set(stage, pipeline.name);
      else if (other !== pipeline.name)
        reading.add({
          code: "spec/duplicate-stage",
          path: [...pathOf(pipeline.name), ...path],
          ...on,
          message: `\`${stage}\` is also a stage of \`${other}\`, so that its name does not tell in which pipeline a record is.`,
          hint: "Name the target field that holds the pipeline: `pipeline_field: pipeline`.",
        });
    }
  }
}

function comingFrom({ pipeline, input }: Draft, drafts: readonly Draft[], reading: Reading): StageName[] {
  return (input.may_come_from ?? []).flatMap((text, index) => {
    const at = [...pathOf(pipeline.name), "may_come_from", index];
    const found = stageNamed(
      text,
      drafts.map((each) => each.pipeline),
      at,
      reading,
    );
    if (found?.pipeline !== pipeline.name) return found ?? [];
    reading.add({
      code: "spec/bad-value",
      path: at,
      message: `\`${text}\` is a stage of \`${pipeline.name}\` itself.`,
      hint: "`may_come_from` names stages of other pipelines.",
    });
    return [];
  });
}

/** `sales.contacted` as what it names. */
function stageNamed(text: string, pipelines: readonly Pipeline[], path: PartPath, reading: Reading): StageName | undefined {
  const dot = text.indexOf(".");
  const pipeline = pipelines.find((each) => each.name === text.slice(0, Math.max(dot, 0)));
  if (pipeline !== undefined) {
    const stage = knownStage(text.slice(dot + 1), stagesOf(pipeline), { path, pipeline: pipeline.name }, reading);
    return stage === undefined ? undefined : { pipeline: pipeline.name, stage };
  }
  const all = pipelines.flatMap((each) => stagesOf(each).map((stage) => `${each.name}.${stage}`));
  const bare = all.find((each) => each.slice(each.indexOf(".") + 1) === text);
  const near = bare ?? nearest(text, all);
  reading.add({
    code: "spec/unknown-stage",
    path,
    message: dot === -1 ? `\`${text}\` does not say in which pipeline the stage is.` : `There is no pipeline \`${text.slice(0, dot)}\`.`,
    hint: near === undefined ? `Pipelines: ${pipelines.map((each) => each.name).join(", ")}.` : `Did you mean \`${near}\`?`,
  });
  return undefined;
}

export function stagesOf(pipeline: Pipeline): string[] {
  return [...pipeline.forwardOnly, ...pipeline.sideStages.map((side) => side.stage)];
}

function readRules(input: StagesInput, pipelines: readonly Pipeline[], reading: Reading): Pick<Stages, "rules" | "wins"> {
  const { first_match_wins: first, last_match_wins: last } = input;
  if ((first === undefined) === (last === undefined)) {
    const both = first !== undefined;
    reading.add({
      code: both ? "spec/contradiction" : "spec/missing-key",
      path: both ? ["stages", "first_match_wins"] : ["stages"],
      on: "key",
      message: both ? "`first_match_wins` and `last_match_wins` both hold rules." : "`stages` has no rules that choose a stage.",
      hint: "Put the rules under `last_match_wins`: of those that hold, the last one counts.",
    });
  }
  const word = first === undefined ? "last_match_wins" : "first_match_wins";
  const rules = (first ?? last ?? []).flatMap((rule, index): StageRule[] => {
    const path = ["stages", word, index];
    const to = stageNamed(rule.to, pipelines, [...path, "to"], reading);
    const when = rule.when === undefined ? undefined : readCondition(rule.when, [...path, "when"], reading);
    if (to === undefined || (rule.when !== undefined && when === undefined)) return [];
    const andSet: Readonly<Record<string, Scalar>> = rule.and_set ?? {};
    return [{ number: index + 1, to, ...(when === undefined ? {} : { when }), andSet, ...reading.line(path.join(".")) }];
  });
  return { rules, wins: first === undefined ? "last" : "first" };
}

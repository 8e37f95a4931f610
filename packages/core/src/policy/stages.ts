import type { DataRecord } from "@fieldwright/connector-kit";
import { isBlank } from "../mapping/index.js";
import type { Stages } from "../spec/model.js";
import { further, type KnownPipeline, type KnownStage, type KnownStages, knownStages } from "./known-stage.js";
import { type CurrentStage, keepEqual, keepNoRule, type SetStage, type StageDecision, stageText, type WhyKept } from "./stage-decision.js";
import { compileWantedStage, type ReadWantedStage, type RuledStage, type WantedStage } from "./wanted-stage.js";

export interface CompiledStages {
  readonly stageField: string;
  readonly pipelineField: string | undefined;
  readonly wantedStage: ReadWantedStage;
  /** Where a target record stands; `highest` as the sync remembers it. */
  currentOf(target: DataRecord, highest?: string): CurrentStage;
  /** `current` is `undefined` for a record that is to be created. */
  decide(current: CurrentStage | undefined, wanted: WantedStage | undefined): StageDecision;
  /** The furthest stage to remember with the record once the decision is carried out. */
  remember(current: CurrentStage | undefined, decision: StageDecision): string | undefined;
}

export function compileStages(stages: Stages): CompiledStages {
  const known = knownStages(stages);
  const { stageField, pipelineField } = stages;
  return {
    stageField,
    pipelineField,
    wantedStage: compileWantedStage(stages, known),
    currentOf: (target, highest) => {
      const stage = text(target[stageField]);
      const pipeline =
        pipelineField === undefined
          ? stage === undefined
            ? undefined
            : known.findByName(stage)?.pipeline.name
          : text(target[pipelineField]);
      return { pipeline, stage, highest };
    },
    decide: (current, wanted) => (wanted === undefined ? keepNoRule : decide(known, current, wanted)),
    remember: (current, decision) => {
      if (decision.do === "set") return decision.highest;
      const at = current === undefined ? undefined : locate(known, current);
      return further(at, current?.pipeline === undefined ? undefined : remembered(known.pipelines.get(current.pipeline), current))?.name;
    },
  };
}

function text(value: unknown): string | undefined {
  return isBlank(value) ? undefined : String(value).trim();
}

function locate(known: KnownStages, { pipeline, stage }: CurrentStage): KnownStage | undefined {
  return pipeline === undefined || stage === undefined ? undefined : known.find({ pipeline, stage });
}

function remembered(pipeline: KnownPipeline | undefined, current: CurrentStage): KnownStage | undefined {
  return current.highest === undefined ? undefined : pipeline?.stages.get(current.highest);
}

/** A record on its way: where it stands, and what the rules want for it. */
interface Move {
  readonly current: CurrentStage;
  readonly at: KnownStage;
  readonly to: KnownStage;
  readonly wanted: WantedStage;
}

function decide(known: KnownStages, current: CurrentStage | undefined, wanted: WantedStage): StageDecision {
  const to = known.find(wanted);
  if (to === undefined)
    return {
      do: "hold",
      why: `The rules want the stage ${stageText(wanted)}, which the spec does not list.`,
      rule: wanted.rule,
      line: wanted.line,
    };
  const isPlaced = current?.stage !== undefined || (current?.pipeline !== undefined && current.pipeline !== to.pipeline.name);
  if (current === undefined || !isPlaced) return start(to, wanted);
  const at = locate(known, current);
  if (at === undefined) {
    const place = [current.pipeline, current.stage ?? "(no stage)"].filter((part) => part !== undefined).join(".");
    return {
      do: "keep",
      why: "unknown_current",
      says: `it is in ${place}, which the spec does not list, so it stays there`,
      warn: true,
      rule: wanted.rule,
      line: wanted.line,
    };
  }
  if (at === to) return keepEqual;
  const move: Move = { current, at, to, wanted };
  if (at.pipeline !== to.pipeline) return change(move);
  if (at.isProtected) return keep("protected", move);
  if (!at.mayLeave) return keep("side_stage", move);
  return to.rank < 0 ? aside(move) : along(move);
}

/** A record without a stage: a new one, or one that nobody has put anywhere. */
function start(to: KnownStage, wanted: WantedStage): StageDecision {
  if (!to.pipeline.mayStartHere)
    return {
      do: "hold",
      why: `It would start in ${stageText(wanted)}, and the pipeline ${to.pipeline.name} does not say \`may_start_here: true\`.`,
      rule: wanted.rule,
      line: wanted.line,
    };
  return (
    enter(to, wanted) ?? {
      do: "hold",
      why: `It would start in ${stageText(wanted)}, a side stage, and nothing says that it has been in ${listed(to.onlyFrom)}.`,
      rule: wanted.rule,
      line: wanted.line,
    }
  );
}

/** Into a pipeline from outside: a side stage only by what the rules say the record has been through, else as far as they say. */
function enter(to: KnownStage, wanted: WantedStage): SetStage | undefined {
  if (to.rank >= 0) return set(wanted, to.name);
  const reached = wanted.reached?.(to.pipeline.name);
  if (reached === undefined) return undefined;
  return to.onlyFrom.has(reached.stage) ? set(wanted, reached.stage) : set(reached, reached.stage);
}

/** To another pipeline. A stage that the record has by its facts been through counts as well as the one it stands in, unless that one is not to be left. */
function change(move: Move): StageDecision {
  const { at, to, wanted } = move;
  const { mayComeFrom } = to.pipeline;
  if (mayComeFrom(at)) return enter(to, wanted) ?? keep("side_stage", move);
  if (at.isProtected) return keep("protected", move);
  if (!at.mayLeave) return keep("other_pipeline", move);
  const progress = progressOf(move);
  if (progress.furthest !== undefined && mayComeFrom(progress.furthest)) return enter(to, wanted) ?? keep("side_stage", move);
  return advance(move, progress) ?? keep("other_pipeline", move);
}

/** Along the line, or back to it from a side stage. */
function along(move: Move): StageDecision {
  const { current, at, to, wanted } = move;
  const highest = remembered(at.pipeline, current);
  if (at.rank >= 0) return to.rank > at.rank ? set(wanted, further(to, highest)?.name) : keep("held_back", move);
  const target = further(to, highest) ?? to;
  if (target === to) return set(wanted, to.name);
  return { do: "set", pipeline: to.pipeline.name, stage: target.name, highest: target.name, rule: wanted.rule, line: wanted.line };
}

/** Into a side stage of the same pipeline. */
function aside(move: Move): StageDecision {
  const { at, to, wanted } = move;
  const progress = progressOf(move);
  const from = at.rank < 0 && to.onlyFrom.has(at.name) ? at : progress.furthest;
  if (from !== undefined && to.onlyFrom.has(from.name)) return set(wanted, progress.furthest?.name);
  return advance(move, progress) ?? keep("side_stage", move);
}

interface Progress {
  /** What the rules say of how far the record has come on the line it stands on. */
  readonly reached: RuledStage | undefined;
  /** The furthest stage on that line that it was ever in or, as the rules say, has been through. */
  readonly furthest: KnownStage | undefined;
}

function progressOf({ current, at, wanted }: Move): Progress {
  const reached = wanted.reached?.(at.pipeline.name);
  const passed = reached === undefined ? undefined : at.pipeline.stages.get(reached.stage);
  const onLine = at.rank < 0 ? remembered(at.pipeline, current) : at;
  return { reached, furthest: further(onLine, passed) };
}

/** What is wanted may not be: the record still goes as far on its own line as the rules say. */
function advance({ at }: Move, { reached, furthest }: Progress): SetStage | undefined {
  if (reached === undefined || at.rank < 0 || furthest === undefined || furthest.rank <= at.rank) return undefined;
  return set(reached, furthest.name);
}

function set({ pipeline, stage, andSet, rule, line }: RuledStage, highest: string | undefined): SetStage {
  return andSet === undefined
    ? { do: "set", pipeline, stage, highest, rule, line }
    : { do: "set", pipeline, stage, highest, rule, line, andSet };
}

function keep(why: WhyKept, { at, to, wanted }: Move): StageDecision {
  const [from, into] =
    at.pipeline === to.pipeline ? [at.name, to.name] : [`${at.pipeline.name}.${at.name}`, `${to.pipeline.name}.${to.name}`];
  return { do: "keep", why, says: `${from} would become ${into}${reasons[why] ?? ""}`, rule: wanted.rule, line: wanted.line };
}

const reasons: Partial<Record<WhyKept, string>> = {
  protected: ", and it is protected",
  side_stage: ", and a side stage is entered only from the stages it lists, and left by the sync only where it says `sync_may_leave`",
  other_pipeline: ", and that pipeline does not list it in `may_come_from`",
};

function listed(names: ReadonlySet<string>): string {
  return [...names].join(", ");
}

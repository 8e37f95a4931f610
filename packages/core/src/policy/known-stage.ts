import type { Pipeline, StageName, Stages } from "../spec/model.js";

/** A stage with all that is known of it, found once when the spec is compiled. */
export interface KnownStage {
  readonly pipeline: KnownPipeline;
  readonly name: string;
  /** Place on the line, from 0; -1 for a side stage. */
  readonly rank: number;
  readonly isProtected: boolean;
  /** Side stage: the names of the stages it may be entered from. */
  readonly onlyFrom: ReadonlySet<string>;
  /** Side stage: whether the sync may take a record out of it. */
  readonly mayLeave: boolean;
}

export interface KnownPipeline {
  readonly name: string;
  readonly stages: ReadonlyMap<string, KnownStage>;
  /** Names a stage of another pipeline from which a record may come. */
  readonly mayComeFrom: (stage: KnownStage) => boolean;
  readonly mayStartHere: boolean;
}

export interface KnownStages {
  find(name: StageName): KnownStage | undefined;
  /** For targets without a pipeline field: a stage by its own name. */
  findByName(stage: string): KnownStage | undefined;
  readonly pipelines: ReadonlyMap<string, KnownPipeline>;
}

export function knownStages(stages: Stages): KnownStages {
  const pipelines = new Map(stages.pipelines.map((pipeline) => [pipeline.name, knownPipeline(pipeline)]));
  const byName = new Map([...pipelines.values()].flatMap((pipeline) => [...pipeline.stages]));
  return { pipelines, find: ({ pipeline, stage }) => pipelines.get(pipeline)?.stages.get(stage), findByName: (stage) => byName.get(stage) };
}

function knownPipeline(pipeline: Pipeline): KnownPipeline {
  const sources = new Map<string, Set<string>>();
  for (const { pipeline: from, stage } of pipeline.mayComeFrom) sources.set(from, (sources.get(from) ?? new Set()).add(stage));
  const stages = new Map<string, KnownStage>();
  const known: KnownPipeline = {
    name: pipeline.name,
    stages,
    mayStartHere: pipeline.mayStartHere,
    mayComeFrom: (stage) => sources.get(stage.pipeline.name)?.has(stage.name) ?? false,
  };
  const isProtected = (stage: string) => pipeline.protected.includes(stage);
  pipeline.forwardOnly.forEach((name, rank) => {
    stages.set(name, { pipeline: known, name, rank, isProtected: isProtected(name), onlyFrom: new Set(), mayLeave: true });
  });
  for (const { stage: name, onlyFrom, syncMayLeave } of pipeline.sideStages) {
    const from = new Set(onlyFrom ?? pipeline.forwardOnly);
    stages.set(name, { pipeline: known, name, rank: -1, isProtected: isProtected(name), onlyFrom: from, mayLeave: syncMayLeave });
  }
  return known;
}

/** The one further on of two stages of a line; a side stage is on no place of it. */
export function further(a: KnownStage | undefined, b: KnownStage | undefined): KnownStage | undefined {
  const first = a === undefined || a.rank < 0 ? undefined : a;
  const second = b === undefined || b.rank < 0 ? undefined : b;
  if (first === undefined || second === undefined) return first ?? second;
  return second.rank > first.rank ? second : first;
}

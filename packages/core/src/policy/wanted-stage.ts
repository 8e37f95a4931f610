import { compileCondition, type Holds } from "../mapping/index.js";
import type { Scalar, StageName, StageRule, Stages } from "../spec/model.js";
import type { KnownStages } from "./known-stage.js";

/** The stage that a rule chose. */
export interface RuledStage extends StageName {
  /** From 1, in the order of the file. */
  readonly rule?: number | undefined;
  readonly line?: number | undefined;
  /** Written only if the stage was set. */
  readonly andSet?: Readonly<Record<string, Scalar>> | undefined;
}

export interface WantedStage extends RuledStage {
  /**
   * The furthest stage on a pipeline's line that any rule that holds leads to. A record of which a sold estimate is known has been through
   * "proposal sent", whether or not a run happened to see it there.
   */
  readonly reached?: (pipeline: string) => RuledStage | undefined;
}

/** The stage that the rules want for a source record (with its related records); `undefined` where no rule holds. */
export type ReadWantedStage = (record: unknown, now: Date) => WantedStage | undefined;

interface CompiledRule {
  readonly holds: Holds;
  readonly to: RuledStage;
  /** Place on the line of its pipeline; -1 for a side stage. */
  readonly rank: number;
}

export function compileWantedStage(stages: Stages, known: KnownStages): ReadWantedStage {
  const rules = stages.rules.map((rule) => compileRule(rule, known));
  const inOrder = stages.wins === "first" ? rules : [...rules].reverse();
  // Furthest first, so that the first one that holds is the one.
  const byPipeline = new Map<string, readonly CompiledRule[]>();
  for (const name of known.pipelines.keys()) {
    const line = inOrder.filter((rule) => rule.to.pipeline === name && rule.rank >= 0);
    byPipeline.set(
      name,
      line.sort((a, b) => b.rank - a.rank),
    );
  }
  return (record, now) => {
    for (const rule of inOrder) if (rule.holds(record, now)) return new RuleHit(rule.to, { byPipeline, record, now });
    return undefined;
  };
}

interface Facts {
  readonly byPipeline: ReadonlyMap<string, readonly CompiledRule[]>;
  readonly record: unknown;
  readonly now: Date;
}

/** A rule that won; how far the others lead is worked out only where it is asked for. */
class RuleHit implements WantedStage {
  readonly pipeline: string;
  readonly stage: string;
  readonly rule: number | undefined;
  readonly line: number | undefined;
  readonly andSet: RuledStage["andSet"];
  readonly #of: Facts;

  constructor(to: RuledStage, of: Facts) {
    this.pipeline = to.pipeline;
    this.stage = to.stage;
    this.rule = to.rule;
    this.line = to.line;
    this.andSet = to.andSet;
    this.#of = of;
  }

  reached(pipeline: string): RuledStage | undefined {
    const { byPipeline, record, now } = this.#of;
    return byPipeline.get(pipeline)?.find((rule) => rule.holds(record, now))?.to;
  }
}

function compileRule(rule: StageRule, known: KnownStages): CompiledRule {
  const { number, line, andSet } = rule;
  const to: RuledStage = { ...rule.to, rule: number, line, andSet: Object.keys(andSet).length === 0 ? undefined : andSet };
  return { holds: rule.when === undefined ? () => true : compileCondition(rule.when), to, rank: known.find(rule.to)?.rank ?? -1 };
}

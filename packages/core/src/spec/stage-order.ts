import type { Condition, Pipeline, SideStage, StageRule, Stages } from "./model.js";

/** Two rules of which the one that was known first may decide where a record ends. */
export interface OrderDoubt {
  /** Of the rule that wins. */
  readonly rule: number;
  /** Of the other one. */
  readonly over: number;
  readonly why: "leads_less_far" | "cannot_come_back" | "not_entered_from";
  /** For `not_entered_from`: the stage from which the side stage cannot be entered. */
  readonly stage?: string;
}

/**
 * Where a pipeline's rules let the order in which things become known change the stage. Without a doubt the order does not matter on that
 * pipeline, for facts that stay true once they are (a property test holds it to that), but for stages that the spec protects: those are kept
 * whatever comes later, as the spec says.
 */
export function orderDoubts(stages: Stages): readonly OrderDoubt[] {
  return stages.pipelines.flatMap((pipeline) => doubtsOf(stages, pipeline));
}

interface Placed {
  readonly rule: StageRule;
  /** Place on the line; -1 for a side stage. */
  readonly rank: number;
  readonly side: SideStage | undefined;
}

function doubtsOf(stages: Stages, pipeline: Pipeline): readonly OrderDoubt[] {
  const own = stages.rules.filter((rule) => rule.to.pipeline === pipeline.name);
  const placed = own.map((rule): Placed => {
    const side = pipeline.sideStages.find((one) => one.stage === rule.to.stage);
    return { rule, rank: pipeline.forwardOnly.indexOf(rule.to.stage), side };
  });
  const strongestFirst = stages.wins === "first" ? placed : [...placed].reverse();
  return strongestFirst.flatMap((wins, at) =>
    strongestFirst.slice(at + 1).flatMap((loses) => {
      // A rule that always holds leaves the other no say at all, which is told already.
      if (wins.rule.when === undefined || exclude(wins.rule.when, loses.rule.when)) return [];
      return doubtBetween(pipeline, wins, loses);
    }),
  );
}

function doubtBetween(pipeline: Pipeline, wins: Placed, loses: Placed): readonly OrderDoubt[] {
  const pair = { rule: wins.rule.number, over: loses.rule.number };
  if (wins.side === undefined && loses.side === undefined) return wins.rank < loses.rank ? [{ ...pair, why: "leads_less_far" }] : [];
  const from = wins.side?.onlyFrom ?? pipeline.forwardOnly;
  if (loses.side !== undefined) {
    if (wins.rule.to.stage === loses.rule.to.stage) return [];
    if (!loses.side.syncMayLeave) return [{ ...pair, why: "cannot_come_back" }];
    const only = wins.side === undefined ? undefined : (loses.side.onlyFrom ?? pipeline.forwardOnly).find((one) => !from.includes(one));
    return only === undefined ? [] : [{ ...pair, why: "not_entered_from", stage: only }];
  }
  const stage = loses.rule.to.stage;
  const isBehind = pipeline.forwardOnly.slice(0, loses.rank).some((one) => from.includes(one));
  if (from.includes(stage) || !isBehind || pipeline.protected.includes(stage)) return [];
  return [{ ...pair, why: "not_entered_from", stage }];
}

/** Whether two conditions surely never hold together: they ask the same path for different values. */
function exclude(a: Condition, b: Condition | undefined): boolean {
  if (b === undefined) return false;
  const [ones, others] = [valuesAsked(a), valuesAsked(b)];
  return [...ones].some(([path, values]) => {
    const other = others.get(path);
    return other !== undefined && ![...values].some((value) => other.has(value));
  });
}

function valuesAsked(condition: Condition): ReadonlyMap<string, ReadonlySet<string>> {
  if (condition.op === "test" && condition.test.is === "one_of")
    return new Map([[condition.path.join("."), new Set(condition.test.values.map((value) => String(value).trim().toLowerCase()))]]);
  if (condition.op !== "all") return new Map();
  return new Map(condition.of.flatMap((one) => [...valuesAsked(one)]));
}

import type { StageRule, Stages } from "./model.js";
import type { PartPath } from "./source-text.js";
import type { SpecCheck } from "./spec-check.js";
import { type OrderDoubt, orderDoubts } from "./stage-order.js";

/** Warns where the order in which things become known would decide about a stage; once for each rule that wins. */
export function checkStageOrder(check: SpecCheck, stages: Stages, rulePath: (number: number) => PartPath): void {
  const told = new Set<number>();
  for (const doubt of orderDoubts(stages)) {
    const [wins, loses] = [ruleOf(stages, doubt.rule), ruleOf(stages, doubt.over)];
    if (wins === undefined || loses === undefined || told.has(doubt.rule)) continue;
    told.add(doubt.rule);
    check.add({
      code: "spec/stage-order",
      severity: "warning",
      path: rulePath(doubt.rule),
      ...inWords(doubt, { wins, loses, last: stages.wins === "last" }),
    });
  }
}

function ruleOf(stages: Stages, number: number): StageRule | undefined {
  return stages.rules.find((rule) => rule.number === number);
}

function inWords(
  doubt: OrderDoubt,
  of: { wins: StageRule; loses: StageRule; last: boolean },
): { readonly message: string; readonly hint: string } {
  const [wins, loses] = [of.wins.to.stage, of.loses.to.stage];
  switch (doubt.why) {
    case "leads_less_far":
      return {
        message: `This rule wins over rule ${doubt.over}, which leads further: where both hold, a record ends in \`${wins}\` or in \`${loses}\`, whichever was known first.`,
        hint: `Put the rules of a pipeline in the order of its stages, the furthest ${of.last ? "last" : "first"}.`,
      };
    case "cannot_come_back":
      return {
        message: `This rule wins over rule ${doubt.over}, whose side stage only a person leaves: where both hold, a record ends in \`${wins}\` or in \`${loses}\`, whichever was known first.`,
        hint: `Put rule ${doubt.over} ${of.last ? "after" : "before"} this one, or write \`sync_may_leave: true\` for \`${loses}\`.`,
      };
    case "not_entered_from":
      return {
        message: `\`${wins}\` is not entered from \`${doubt.stage}\`: where rule ${doubt.over} holds too, a record ends in \`${wins}\` or not, by which was known first.`,
        hint: `Add \`${doubt.stage}\` to \`only_from\`, or to \`protected\` if no record is to leave it.`,
      };
  }
}

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CurrentStage } from "../../src/policy/stage-decision.js";
import { compileStages } from "../../src/policy/stages.js";
import type { SideStage, Stages } from "../../src/spec/model.js";
import { orderDoubts } from "../../src/spec/stage-order.js";
import { present } from "./stages-spec.js";

const now = new Date("2024-06-15T12:00:00Z");

/** One pipeline with any side stages and any rules in any order, and facts that become known in two orders. */
const situation = fc.integer({ min: 2, max: 5 }).chain((length) => {
  const forwardOnly = Array.from({ length }, (_, at) => `s${at}`);
  const side = (name: string) =>
    fc.record({
      stage: fc.constant(name),
      onlyFrom: fc.subarray(forwardOnly, { minLength: 1 }),
      syncMayLeave: fc.boolean(),
    });
  return fc.tuple(side("x"), side("y"), fc.integer({ min: 0, max: 2 })).chain(([x, y, sides]) => {
    const sideStages: readonly SideStage[] = [x, y].slice(0, sides);
    const all = [...forwardOnly, ...sideStages.map((one) => one.stage)];
    return fc
      .tuple(fc.shuffledSubarray(all, { minLength: 1 }), fc.constantFrom("first" as const, "last" as const), fc.boolean())
      .chain(([order, wins, hasBase]) => {
        const stages: Stages = {
          stageField: "stage",
          wins,
          pipelines: [{ name: "p", forwardOnly, sideStages, protected: [], mayComeFrom: [], mayStartHere: true }],
          rules: [...(hasBase && wins === "last" ? ["s0"] : []), ...order].map((to, at) => ({
            number: at + 1,
            to: { pipeline: "p", stage: to },
            ...(hasBase && wins === "last" && at === 0 ? {} : { when: present(to) }),
            andSet: {},
          })),
        };
        return fc.subarray(order, { minLength: 1 }).chain((known) =>
          fc.record({
            stages: fc.constant(stages),
            one: fc.shuffledSubarray(known, { minLength: known.length }),
            other: fc.shuffledSubarray(known, { minLength: known.length }),
            isNew: fc.boolean(),
          }),
        );
      });
  });
});

function final(stages: Stages, facts: readonly string[], isNew: boolean): string | undefined {
  const compiled = compileStages(stages);
  let current: CurrentStage | undefined = isNew ? undefined : { pipeline: "p", stage: "s0" };
  const record: Record<string, boolean> = {};
  for (const fact of facts) {
    record[fact] = true;
    const decision = compiled.decide(current, compiled.wantedStage(record, now));
    const highest = compiled.remember(current, decision);
    if (decision.do === "set") current = { pipeline: decision.pipeline, stage: decision.stage, highest };
    else if (current !== undefined) current = { ...current, highest };
  }
  return current?.stage;
}

describe("of rules about which there is no doubt", () => {
  it("the order in which facts become known does not change the final stage", () => {
    let without = 0;
    fc.assert(
      fc.property(situation, ({ stages, one, other, isNew }) => {
        if (orderDoubts(stages).length > 0) return;
        without++;
        expect(final(stages, one, isNew)).toBe(final(stages, other, isNew));
      }),
      { numRuns: 20_000 },
    );
    expect(without).toBeGreaterThan(2_000);
  });

  it("there would be, were the doubts not told: some orders do change it", () => {
    let differing = 0;
    fc.assert(
      fc.property(situation, ({ stages, one, other, isNew }) => {
        if (orderDoubts(stages).length > 0 && final(stages, one, isNew) !== final(stages, other, isNew)) differing++;
      }),
      { numRuns: 2_000 },
    );
    expect(differing).toBeGreaterThan(50);
  });
});

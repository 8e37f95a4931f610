import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CurrentStage, StageDecision } from "../../src/policy/stage-decision.js";
import { type CompiledStages, compileStages } from "../../src/policy/stages.js";
import type { Pipeline, SideStage, StageName, Stages } from "../../src/spec/model.js";
import { allStages, anyStages, factsFor, present } from "./stages-spec.js";

const now = new Date("2024-06-15T12:00:00Z");
const runs = { numRuns: 2_000 };

/** A spec, a record anywhere in it, and what is wanted: by facts, or any stage outright. */
const situation = anyStages.chain((stages) => {
  const all = allStages(stages);
  const current: fc.Arbitrary<CurrentStage | undefined> = fc.oneof(
    {
      weight: 8,
      arbitrary: fc
        .record({ at: fc.constantFrom(...all), highest: fc.option(fc.constantFrom("s0", "s1", "s2", "s3", "s4"), { nil: undefined }) })
        .map(({ at, highest }) => ({ ...at, highest })),
    },
    { weight: 1, arbitrary: fc.constant(undefined) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        { pipeline: "p0", stage: "strange" },
        { pipeline: "elsewhere", stage: "s0" },
        { pipeline: undefined, stage: undefined },
      ),
    },
  );
  const wanted = fc.oneof(factsFor(stages), fc.constantFrom(...all));
  return fc.record({ stages: fc.constant(stages), current, wanted });
});

type Situation = typeof situation extends fc.Arbitrary<infer T> ? T : never;

function wantedOf(compiled: CompiledStages, wanted: Situation["wanted"]) {
  return "stage" in wanted && "pipeline" in wanted ? (wanted as StageName) : compiled.wantedStage(wanted, now);
}

function carryOut(compiled: CompiledStages, current: CurrentStage | undefined, decision: StageDecision): CurrentStage | undefined {
  const highest = compiled.remember(current, decision);
  if (decision.do === "set") return { pipeline: decision.pipeline, stage: decision.stage, highest };
  return current === undefined ? undefined : { ...current, highest };
}

function rank(stages: Stages, at: { pipeline?: string | undefined; stage?: string | undefined }): number {
  return pipelineOf(stages, at)?.forwardOnly.indexOf(at.stage ?? "") ?? -1;
}

function pipelineOf(stages: Stages, at: { pipeline?: string | undefined }): Pipeline | undefined {
  return stages.pipelines.find((one) => one.name === at.pipeline);
}

function sideOf(stages: Stages, at: CurrentStage): SideStage | undefined {
  return pipelineOf(stages, at)?.sideStages.find((one) => one.stage === at.stage);
}

function isKnown(stages: Stages, at: CurrentStage | undefined): at is StageName {
  return at !== undefined && allStages(stages).some((one) => one.pipeline === at.pipeline && one.stage === at.stage);
}

describe("of any spec, record and wish", () => {
  const everyMove = (
    holds: (move: { stages: Stages; current: CurrentStage & StageName; decision: Extract<StageDecision, { do: "set" }> }) => void,
  ) =>
    fc.assert(
      fc.property(situation, ({ stages, current, wanted }) => {
        const compiled = compileStages(stages);
        const decision = compiled.decide(current, wantedOf(compiled, wanted));
        if (decision.do === "set" && isKnown(stages, current)) holds({ stages, current, decision });
      }),
      runs,
    );

  it("a stage never goes backward on its line, nor comes back from a side stage behind where it was", () => {
    everyMove(({ stages, current, decision }) => {
      if (decision.pipeline !== current.pipeline) return;
      const next = rank(stages, decision);
      if (next < 0) return;
      const before = rank(stages, current);
      const highest = rank(stages, { pipeline: current.pipeline, stage: current.highest });
      if (before >= 0) expect(next).toBeGreaterThan(before);
      else expect(next).toBeGreaterThanOrEqual(highest);
    });
  });

  it("a protected stage is left only for a pipeline that names it", () => {
    everyMove(({ stages, current, decision }) => {
      if (!pipelineOf(stages, current)?.protected.includes(current.stage)) return;
      expect(decision.pipeline).not.toBe(current.pipeline);
      expect(pipelineOf(stages, decision)?.mayComeFrom).toContainEqual({ pipeline: current.pipeline, stage: current.stage });
    });
  });

  it("a side stage that only a person may leave is left only for a pipeline that names it", () => {
    everyMove(({ stages, current, decision }) => {
      if (sideOf(stages, current)?.syncMayLeave !== false) return;
      expect(pipelineOf(stages, decision)?.mayComeFrom).toContainEqual({ pipeline: current.pipeline, stage: current.stage });
    });
  });

  it("a side stage is entered only from the stages it lists, or past them by its facts", () => {
    everyMove(({ stages, current, decision }) => {
      const side = sideOf(stages, decision);
      if (side === undefined) return;
      const from = decision.pipeline === current.pipeline ? [current.stage, decision.highest] : pipelineOf(stages, decision)?.forwardOnly;
      expect(side.onlyFrom?.some((one) => from?.includes(one))).toBe(true);
    });
  });

  it("another pipeline is entered only from the stages it names, or past them by its facts", () => {
    fc.assert(
      fc.property(situation, ({ stages, current, wanted }) => {
        const compiled = compileStages(stages);
        if (!("stage" in wanted) || !isKnown(stages, current)) return;
        const decision = compiled.decide({ pipeline: current.pipeline, stage: current.stage }, wanted as unknown as StageName);
        if (decision.do !== "set" || decision.pipeline === current.pipeline) return;
        expect(pipelineOf(stages, decision)?.mayComeFrom).toContainEqual({ pipeline: current.pipeline, stage: current.stage });
      }),
      runs,
    );
  });

  it("applying a wish twice changes nothing the second time", () => {
    fc.assert(
      fc.property(situation, ({ stages, current, wanted }) => {
        const compiled = compileStages(stages);
        const wish = wantedOf(compiled, wanted);
        const after = carryOut(compiled, current, compiled.decide(current, wish));
        expect(compiled.decide(after, wish).do).not.toBe("set");
      }),
      { ...runs, numRuns: 5_000 },
    );
  });

  it("what a rule sets besides comes only with that rule's own stage", () => {
    fc.assert(
      fc.property(situation, ({ stages, current, wanted }) => {
        const compiled = compileStages(stages);
        const decision = compiled.decide(current, wantedOf(compiled, wanted));
        if (!("andSet" in decision)) return;
        const rule = stages.rules.find((one) => one.number === decision.rule);
        expect(decision).toMatchObject({ do: "set", pipeline: rule?.to.pipeline, stage: rule?.to.stage, andSet: rule?.andSet });
      }),
      runs,
    );
  });

  it("a stage that the spec does not know stays", () => {
    fc.assert(
      fc.property(situation, ({ stages, wanted }) => {
        const compiled = compileStages(stages);
        const wish = wantedOf(compiled, wanted);
        const decision = compiled.decide({ pipeline: "p0", stage: "strange" }, wish);
        expect(decision).toMatchObject(
          wish === undefined ? { do: "keep", why: "no_rule" } : { do: "keep", why: "unknown_current", warn: true },
        );
      }),
    );
  });
});

describe("of one pipeline", () => {
  const line = fc.integer({ min: 2, max: 7 }).map((length) => Array.from({ length }, (_, at) => `s${at}`));

  function onePipeline(own: Partial<Pipeline> & Pick<Pipeline, "forwardOnly">, order: readonly string[] = own.forwardOnly): Stages {
    return {
      stageField: "stage",
      wins: "last",
      pipelines: [{ name: "p", sideStages: [], protected: [], mayComeFrom: [], mayStartHere: true, ...own }],
      rules: order.map((to, at) => ({ number: at + 1, to: { pipeline: "p", stage: to }, when: present(to), andSet: {} })),
    };
  }

  it("the order in which wishes arrive does not change the final stage", () => {
    const orders = line.chain((forwardOnly) => {
      const wishes = fc.array(fc.constantFrom(...forwardOnly), { minLength: 1, maxLength: 10 });
      return wishes.chain((events) =>
        fc.record({
          forwardOnly: fc.constant(forwardOnly),
          one: fc.constant(events),
          other: fc.shuffledSubarray(events, { minLength: events.length }),
          isEndProtected: fc.boolean(),
          isNew: fc.boolean(),
        }),
      );
    });
    fc.assert(
      fc.property(orders, ({ forwardOnly, one, other, isEndProtected, isNew }) => {
        const compiled = compileStages(onePipeline({ forwardOnly, protected: isEndProtected ? forwardOnly.slice(-1) : [] }));
        const final = (events: readonly string[]) => {
          let current: CurrentStage | undefined = isNew ? undefined : { pipeline: "p", stage: "s0" };
          for (const event of events) current = carryOut(compiled, current, compiled.decide(current, { pipeline: "p", stage: event }));
          return current?.stage;
        };
        expect(final(other)).toBe(final(one));
      }),
      runs,
    );
  });

  it("the order in which facts become known does not change the final stage, side stage included", () => {
    const cases = line.chain((forwardOnly) => {
      const facts = [...forwardOnly, "side"];
      const known = fc.subarray(facts, { minLength: 1 });
      return known.chain((events) =>
        fc.record({
          forwardOnly: fc.constant(forwardOnly),
          from: fc.nat(forwardOnly.length - 1),
          one: fc.shuffledSubarray(events, { minLength: events.length }),
          other: fc.shuffledSubarray(events, { minLength: events.length }),
          isProtected: fc.boolean(),
          mayLeave: fc.boolean(),
          isNew: fc.boolean(),
        }),
      );
    });
    fc.assert(
      fc.property(cases, ({ forwardOnly, from, one, other, isProtected, mayLeave, isNew }) => {
        const side: SideStage = { stage: "side", onlyFrom: forwardOnly.slice(from), syncMayLeave: mayLeave };
        const compiled = compileStages(
          onePipeline({ forwardOnly, sideStages: [side], protected: isProtected ? ["side"] : [] }, [...forwardOnly, "side"]),
        );
        const final = (events: readonly string[]) => {
          let current: CurrentStage | undefined = isNew ? undefined : { pipeline: "p", stage: "s0" };
          const record: Record<string, boolean> = {};
          for (const event of events) {
            record[event] = true;
            current = carryOut(compiled, current, compiled.decide(current, compiled.wantedStage(record, now)));
          }
          return current?.stage;
        };
        expect(final(other)).toBe(final(one));
      }),
      runs,
    );
  });

  it("a person who moved a record ahead finds it there, whatever is wanted behind", () => {
    fc.assert(
      fc.property(line, fc.nat(6), fc.nat(6), (forwardOnly, ahead, wanted) => {
        const compiled = compileStages(onePipeline({ forwardOnly }));
        const at = forwardOnly[ahead % forwardOnly.length] ?? "s0";
        const wish = forwardOnly[wanted % ((ahead % forwardOnly.length) + 1)] ?? "s0";
        expect(compiled.decide({ pipeline: "p", stage: at }, { pipeline: "p", stage: wish }).do).toBe("keep");
      }),
    );
  });
});

import fc from "fast-check";
import { parse } from "yaml";
import type { Condition, Pipeline, StageName, StageRule, Stages } from "../../src/spec/model.js";

/** The `stages` of the language's own example. */
export const example: Stages = {
  stageField: "stage",
  pipelineField: "pipeline",
  wins: "last",
  line: 38,
  pipelines: [
    {
      name: "sales",
      forwardOnly: ["new-lead", "contacted", "appointment-scheduled", "proposal-sent", "estimate-follow-up", "job-sold"],
      sideStages: [
        {
          stage: "estimate-lost",
          onlyFrom: ["contacted", "appointment-scheduled", "proposal-sent", "estimate-follow-up"],
          syncMayLeave: false,
        },
      ],
      protected: ["job-sold", "estimate-lost"],
      mayComeFrom: [],
      mayStartHere: true,
    },
    {
      name: "install",
      forwardOnly: ["estimate-approved", "pre-install-planning", "scheduled", "in-progress", "job-completed"],
      sideStages: [{ stage: "on-hold", onlyFrom: ["scheduled", "in-progress"], syncMayLeave: true }],
      protected: ["job-completed"],
      mayComeFrom: [
        { pipeline: "sales", stage: "job-sold" },
        { pipeline: "sales", stage: "proposal-sent" },
      ],
      mayStartHere: true,
    },
  ],
  rules: parse(`
    - { to: sales.contacted, when: customer }
    - { to: sales.appointment-scheduled, when: appointments }
    - { to: sales.proposal-sent, when: estimates }
    - { to: sales.job-sold, when: sold, and_set: { status: won } }
    - { to: sales.estimate-lost, when: lost }
    - { to: install.scheduled, when: dispatched }
    - { to: install.on-hold, when: paused }
  `).map((rule: { to: string; when: string; and_set?: Record<string, string> }, at: number) => ({
    number: at + 1,
    line: 56 + at,
    to: { pipeline: rule.to.split(".")[0], stage: rule.to.split(".")[1] },
    when: present(rule.when),
    andSet: rule.and_set ?? {},
  })),
};

export function present(field: string): Condition {
  return { op: "test", path: [field], test: { is: "present" } };
}

export function stage(name: string): StageName {
  const [pipeline = "", own = ""] = name.split(".");
  return { pipeline, stage: own };
}

const line = fc.integer({ min: 2, max: 5 }).map((length) => Array.from({ length }, (_, at) => `s${at}`));

function subsetOf<T>(all: readonly T[]): fc.Arbitrary<T[]> {
  return fc.subarray([...all]);
}

function pipeline(name: string): fc.Arbitrary<Pipeline> {
  return line.chain((forwardOnly) =>
    fc.integer({ min: 0, max: 2 }).chain((sides) => {
      const names = Array.from({ length: sides }, (_, at) => `side${at}`);
      return fc.record({
        name: fc.constant(name),
        forwardOnly: fc.constant(forwardOnly),
        sideStages: fc.tuple(
          ...names.map((stage) =>
            fc.record({
              stage: fc.constant(stage),
              onlyFrom: subsetOf([...forwardOnly, ...names.filter((one) => one !== stage)]),
              syncMayLeave: fc.boolean(),
            }),
          ),
        ),
        protected: subsetOf([...forwardOnly, ...names]),
        mayComeFrom: fc.constant([]),
        mayStartHere: fc.boolean(),
      });
    }),
  );
}

export function allStages(stages: Pick<Stages, "pipelines">): StageName[] {
  return stages.pipelines.flatMap(({ name, forwardOnly, sideStages }) =>
    [...forwardOnly, ...sideStages.map((side) => side.stage)].map((one) => ({ pipeline: name, stage: one })),
  );
}

/** Any spec that the language allows: rules in any order, side stages, protected stages anywhere, pipelines that lead in circles. */
export const anyStages: fc.Arbitrary<Stages> = fc
  .integer({ min: 1, max: 3 })
  .chain((count) => fc.tuple(...Array.from({ length: count }, (_, at) => pipeline(`p${at}`))))
  .chain((pipelines) => {
    const all = allStages({ pipelines });
    const linked = fc.tuple(
      ...pipelines.map((own) => subsetOf(all.filter((one) => one.pipeline !== own.name)).map((mayComeFrom) => ({ ...own, mayComeFrom }))),
    );
    const rule: fc.Arbitrary<Pick<StageRule, "to" | "andSet">> = fc.record({
      to: fc.constantFrom(...all),
      andSet: fc.constantFrom({}, { status: "won" }),
    });
    return fc.record({
      stageField: fc.constant("stage"),
      pipelineField: fc.constant("pipeline"),
      wins: fc.constantFrom("first" as const, "last" as const),
      pipelines: linked,
      rules: fc
        .array(rule, { minLength: 1, maxLength: 8 })
        .map((rules) => rules.map((one, at) => ({ ...one, number: at + 1, when: present(`fact${at}`) }))),
    });
  });

/** Facts about a source record, each of which makes one rule hold. */
export function factsFor(stages: Stages): fc.Arbitrary<Record<string, boolean>> {
  return subsetOf(stages.rules.map((_, at) => `fact${at}`)).map((facts) => Object.fromEntries(facts.map((fact) => [fact, true])));
}

import { describe, expect, it } from "vitest";
import { compileStages } from "../../src/policy/stages.js";
import { example, stage } from "./stages-spec.js";

const stages = compileStages(example);
const now = new Date("2024-06-15T12:00:00Z");

function decide(from: string, to: string, highest?: string) {
  return stages.decide({ ...stage(from), highest }, stage(to));
}

function fromFacts(current: string | undefined, ...facts: string[]) {
  const record = Object.fromEntries(facts.map((fact) => [fact, "yes"]));
  return stages.decide(current === undefined ? undefined : stage(current), stages.wantedStage(record, now));
}

describe("on the line", () => {
  it("moves forward, over stages that nobody saw it in", () => {
    expect(decide("sales.new-lead", "sales.proposal-sent")).toMatchObject({ do: "set", pipeline: "sales", stage: "proposal-sent" });
  });
  it("keeps an equal stage without a word", () => {
    expect(decide("sales.contacted", "sales.contacted")).toEqual({ do: "keep", why: "equal" });
  });
  it("holds back what would go backward, so that a person who moved ahead stays ahead", () => {
    expect(decide("sales.proposal-sent", "sales.contacted")).toMatchObject({
      do: "keep",
      why: "held_back",
      says: "proposal-sent would become contacted",
    });
  });
  it("keeps a stage that the spec does not know, and warns", () => {
    expect(decide("sales.nurture", "sales.contacted")).toMatchObject({ do: "keep", why: "unknown_current", warn: true });
    expect(decide("partners.signed", "sales.contacted")).toMatchObject({ do: "keep", why: "unknown_current", warn: true });
  });
  it("holds a record for which a stage is wanted that the spec does not list", () => {
    expect(decide("sales.contacted", "sales.signed")).toMatchObject({ do: "hold", why: expect.stringContaining("sales.signed") });
  });
  it("keeps the stage where no rule holds: it is a person's", () => {
    expect(fromFacts("sales.contacted")).toEqual({ do: "keep", why: "no_rule" });
  });
});

describe("protected stages", () => {
  it("are not left for any stage of their own pipeline", () => {
    expect(decide("sales.job-sold", "sales.contacted")).toMatchObject({ do: "keep", why: "protected" });
    expect(decide("sales.estimate-lost", "sales.job-sold")).toMatchObject({ do: "keep", why: "protected" });
  });
  it("are left for a pipeline that names them", () => {
    expect(decide("sales.job-sold", "install.scheduled")).toMatchObject({ do: "set", pipeline: "install", stage: "scheduled" });
  });
  it("are not left for a pipeline that does not name them", () => {
    expect(decide("sales.estimate-lost", "install.scheduled")).toMatchObject({ do: "keep", why: "protected" });
    expect(decide("install.job-completed", "sales.contacted")).toMatchObject({ do: "keep", why: "protected" });
  });
});

describe("side stages", () => {
  it("are entered from the stages they list, and the furthest stage is remembered", () => {
    expect(decide("install.in-progress", "install.on-hold")).toMatchObject({ do: "set", stage: "on-hold", highest: "in-progress" });
  });
  it("are not entered from others", () => {
    expect(decide("install.estimate-approved", "install.on-hold")).toMatchObject({ do: "keep", why: "side_stage" });
  });
  it("are left for the wanted stage where it is further than the one remembered", () => {
    expect(decide("install.on-hold", "install.in-progress", "scheduled")).toMatchObject({ do: "set", stage: "in-progress" });
  });
  it("are left for the remembered stage where that is further, without what the wanted one would set besides", () => {
    const wanted = { ...stage("install.scheduled"), andSet: { status: "planned" } };
    const decision = stages.decide({ ...stage("install.on-hold"), highest: "in-progress" }, wanted);
    expect(decision).toEqual({ do: "set", pipeline: "install", stage: "in-progress", highest: "in-progress" });
  });
  it("are left by a person only, where the spec does not let the sync", () => {
    const open = compileStages({ ...example, pipelines: example.pipelines.map((one) => ({ ...one, protected: [] })) });
    expect(open.decide(stage("sales.estimate-lost"), stage("sales.job-sold"))).toMatchObject({ do: "keep", why: "side_stage" });
  });
  it("take a record whose facts say that it has been in a listed stage, though no run saw it there", () => {
    expect(fromFacts("sales.new-lead", "customer", "estimates", "lost")).toMatchObject({
      do: "set",
      stage: "estimate-lost",
      highest: "proposal-sent",
    });
  });
  it("do not stop a record that may not enter from moving as far as the other rules say", () => {
    expect(fromFacts("sales.new-lead", "sold", "lost")).toMatchObject({ do: "set", stage: "job-sold", rule: 4, andSet: { status: "won" } });
  });
});

describe("pipelines", () => {
  it("are changed only from the stages that `may_come_from` names", () => {
    expect(decide("sales.contacted", "install.scheduled")).toMatchObject({
      do: "keep",
      why: "other_pipeline",
      says: expect.stringContaining("sales.contacted would become install.scheduled"),
    });
    expect(decide("sales.proposal-sent", "install.scheduled")).toMatchObject({ do: "set", pipeline: "install" });
  });
  it("are changed where the facts say that the record has been through such a stage", () => {
    expect(fromFacts("sales.contacted", "customer", "sold", "dispatched")).toMatchObject({
      do: "set",
      pipeline: "install",
      stage: "scheduled",
    });
  });
  it("let a record go on in its own one until it may leave", () => {
    expect(fromFacts("sales.new-lead", "appointments", "dispatched")).toMatchObject({
      do: "set",
      pipeline: "sales",
      stage: "appointment-scheduled",
      rule: 2,
    });
  });
  it("start new records only where the spec says so", () => {
    expect(fromFacts(undefined, "dispatched")).toMatchObject({ do: "set", pipeline: "install", stage: "scheduled" });
    const closed = compileStages({
      ...example,
      pipelines: example.pipelines.map((one) => ({ ...one, mayStartHere: one.name === "sales" })),
    });
    expect(closed.decide(undefined, stage("install.scheduled"))).toMatchObject({
      do: "hold",
      why: expect.stringContaining("may_start_here"),
    });
  });
  it("hold a new record for a side stage that nothing leads to", () => {
    expect(fromFacts(undefined, "lost")).toMatchObject({ do: "hold", why: expect.stringContaining("contacted, appointment-scheduled") });
  });
  it("start a record whose stage is blank, as a new one", () => {
    expect(stages.decide(stages.currentOf({ stage: " ", pipeline: null }), stage("sales.contacted"))).toMatchObject({
      do: "set",
      stage: "contacted",
    });
  });
  it("are known from the stage where the target has no field for them", () => {
    const { pipelineField: _, ...single } = example;
    expect(compileStages(single).currentOf({ stage: "on-hold" })).toEqual({ pipeline: "install", stage: "on-hold", highest: undefined });
  });
});

describe("rules", () => {
  it("let the last that holds win, with its number, its line and what it sets besides", () => {
    expect(stages.wantedStage({ customer: 1, sold: 1 }, now)).toMatchObject({
      pipeline: "sales",
      stage: "job-sold",
      rule: 4,
      line: 59,
      andSet: { status: "won" },
    });
  });
  it("let the first that holds win where the spec says so", () => {
    const first = compileStages({ ...example, wins: "first" });
    expect(first.wantedStage({ customer: 1, sold: 1 }, now)).toMatchObject({ stage: "contacted", rule: 1, line: 56 });
  });
  it("want nothing where none holds", () => {
    expect(stages.wantedStage({}, now)).toBeUndefined();
  });
  it("hold always without a condition", () => {
    const { when: _, ...always } = { ...example.rules[0], number: 1, to: stage("sales.new-lead"), andSet: {} };
    expect(compileStages({ ...example, rules: [always] }).wantedStage({}, now)).toMatchObject({ stage: "new-lead" });
  });
});

import type { DataRecord } from "@fieldwright/connector-kit";
import { isBlank } from "../mapping/index.js";
import { sortedJson } from "../mapping/sorted-json.js";
import type { ReadySync } from "../ready-sync.js";
import type { Decision, Values } from "../run.js";
import type { SpecTest } from "../spec/model.js";
import { decideOne, type OneRecord } from "./decide-one.js";
import type { TestDifference, TestOutcome, TestResult, TestWrite } from "./test-report.js";

/** Decides the record of a test and compares what came of it with what the spec expects. */
export function runTest(sync: ReadySync, test: SpecTest, now: Date): TestResult {
  const decision = decideOne(sync, recordOf(sync, test, now));
  const outcome = outcomeOf(decision);
  const { expect } = test;
  const after = afterOf(decision, test.targetHas);
  const differences =
    expect.is === "fields" && after !== undefined ? differencesOf(sync, { decision, after, expected: expect.fields }) : [];
  const { file } = sync.spec;
  return {
    sync: sync.spec.name,
    name: test.name,
    ...(file === undefined ? {} : { file }),
    ...(test.line === undefined ? {} : { line: test.line }),
    ok: expect.is === "outcome" ? expect.outcome === outcome : after !== undefined && differences.length === 0,
    expected: expect,
    outcome,
    reason: "reason" in decision ? decision.reason : null,
    differences,
    writes: writesOf(sync, decision),
  };
}

function recordOf(sync: ReadySync, test: SpecTest, now: Date): OneRecord {
  const names = Object.keys(sync.spec.from.with);
  const [data, related] = [{ ...test.given }, {} as Record<string, DataRecord | readonly DataRecord[] | undefined>];
  for (const name of names) {
    if (test.given[name] !== undefined && test.given[name] !== null) related[name] = test.given[name] as DataRecord;
    delete data[name];
  }
  const { linked, targetHas } = test;
  return {
    id: String(test.given[sync.spec.from.key ?? sync.source.stream.key] ?? test.name),
    data,
    related,
    refs: (name, id) => (Object.hasOwn(linked, name) && Object.hasOwn(linked[name] ?? {}, id) ? linked[name]?.[id] : undefined),
    now: test.now === undefined ? now : new Date(test.now),
    ...(targetHas === undefined ? {} : { target: targetHas as DataRecord }),
  };
}

const outcomes = {
  create: "created",
  update: "updated",
  unchanged: "unchanged",
  filtered: "filtered",
  waiting: "waiting",
  held: "held",
} as const;

function outcomeOf(decision: Decision): TestOutcome {
  const { kind } = decision;
  if (kind in outcomes) return outcomes[kind as keyof typeof outcomes];
  throw new RangeError(`A record of a test cannot come to be "${kind}".`);
}

/** The target record afterwards; `undefined` where none is touched. */
function afterOf(decision: Decision, before: Values | undefined): Values | undefined {
  if (decision.kind === "create") return decision.values;
  if (decision.kind === "update") return { ...before, ...decision.after };
  return decision.kind === "unchanged" ? before : undefined;
}

function writesOf(sync: ReadySync, decision: Decision): readonly TestWrite[] {
  const after = decision.kind === "create" ? decision.values : decision.kind === "update" ? decision.after : {};
  const before = decision.kind === "update" ? decision.before : {};
  return Object.keys(after).map((field) => {
    const line = lineOf(sync, decision, field);
    return { field, before: before[field] ?? null, after: after[field], ...(line === undefined ? {} : { line }) };
  });
}

function lineOf(sync: ReadySync, { why }: Decision, field: string): number | undefined {
  const isStage = sync.stages?.stageField === field || sync.stages?.pipelineField === field;
  return (isStage ? why?.stage?.line : undefined) ?? sync.spec.lines[`fields.${field}`];
}

function differencesOf(sync: ReadySync, of: { decision: Decision; after: Values; expected: Values }): readonly TestDifference[] {
  return Object.entries(of.expected).flatMap(([field, expected]) => {
    const actual = of.after[field] ?? null;
    if (comparable(sync, field, expected) === comparable(sync, field, actual)) return [];
    return [{ field, expected, actual, because: becauseOf(sync, of.decision, field) }];
  });
}

function comparable(sync: ReadySync, field: string, value: unknown): string | null {
  if (isBlank(value)) return null;
  return Object.hasOwn(sync.canonical, field) ? (sync.canonical[field]?.(value) ?? null) : sortedJson(value);
}

/** Why a field is as it is. */
function becauseOf(sync: ReadySync, decision: Decision, field: string): string | null {
  const kept = decision.why?.kept?.find((one) => one.field === field);
  if (kept !== undefined) return `kept: ${kept.why} (${kept.rule}${kept.line === undefined ? "" : `, line ${kept.line}`})`;
  const written = decision.kind === "create" ? decision.values : decision.kind === "update" ? decision.after : {};
  if (!(field in written)) return null;
  const line = lineOf(sync, decision, field);
  const rule = decision.why?.stage?.rule;
  const isStage = sync.stages?.stageField === field || sync.stages?.pipelineField === field;
  if (isStage && rule !== undefined) return `set by rule ${rule} of \`stages\`${line === undefined ? "" : ` (line ${line})`}`;
  return line === undefined ? "written" : `written by line ${line}`;
}

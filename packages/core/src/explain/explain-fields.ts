import type { DataRecord } from "@fieldwright/connector-kit";
import { getter, isBlank, type MapContext, type Transform, traceField } from "../mapping/index.js";
import type { KeptField } from "../policy/index.js";
import type { ReadySync } from "../ready-sync.js";
import type { Decision, Values } from "../run.js";
import type { FieldRule } from "../spec/model.js";
import type { ExplainedField } from "./explanation.js";

/** All that the fields of a record are explained by. */
export interface FieldFacts {
  readonly data: DataRecord;
  /** With its related records under their names. */
  readonly whole: DataRecord;
  readonly context: MapContext;
  /** What a run would do with it now. */
  readonly decision: Decision | undefined;
  readonly target: DataRecord | undefined;
  readonly transforms: readonly Transform[];
  /** By field, since when it belongs to a person. */
  readonly humanSince: Readonly<Record<string, string>>;
}

/** Each field from the source's value through its steps to what becomes of it, in the order of the file; the stage last. */
export function explainFields(sync: ReadySync, facts: FieldFacts): readonly ExplainedField[] {
  const fields = sync.spec.fields.map((rule) => explainField(sync, rule, facts));
  return [...fields, ...explainStage(sync, facts)];
}

function explainField(sync: ReadySync, rule: FieldRule, facts: FieldFacts): ExplainedField {
  const { target } = rule;
  const trace = traceField(sync.spec, rule, { fields: sync.target.stream.fields, transforms: facts.transforms })(facts.data, facts.context);
  const line = sync.spec.lines[`fields.${target}`];
  const since = facts.humanSince[target];
  const said = { wanted: trace.wanted, trouble: trace.trouble };
  return {
    target,
    from: sourceOf(rule),
    source: shownSource(rule, facts.whole, trace.source),
    steps: trace.steps,
    wanted: trace.wanted ?? null,
    holds: facts.target?.[target] ?? null,
    ...fateOf(sync, { field: target, facts, ...said }),
    ...(line === undefined ? {} : { line }),
    ...(since === undefined ? {} : { humanSince: since }),
  };
}

type Fate = Pick<ExplainedField, "fate" | "rule" | "why" | "ruleLine">;

function fateOf(sync: ReadySync, of: { field: string; facts: FieldFacts; wanted: unknown; trouble?: string | undefined }): Fate {
  const { field, facts, wanted, trouble } = of;
  const { decision, target } = facts;
  if (trouble !== undefined) return { fate: "undecided", rule: null, why: trouble };
  const kept = decision?.why?.kept?.find((one) => one.field === field);
  if (kept !== undefined) return keptBy(kept);
  if (decision !== undefined && field in writesOf(decision)) return { fate: "write", rule: null, why: null };
  if (decision === undefined || !("targetId" in decision)) return { fate: "undecided", rule: null, why: null };
  if (wanted === undefined) return { fate: "silent", rule: null, why: "the source does not mention it" };
  const same = sync.canonical[field]?.(wanted) === sync.canonical[field]?.(target?.[field]);
  return same || target === undefined ? { fate: "same", rule: null, why: null } : quietly(sync, field, wanted);
}

/** Rules of which a run tells nothing, because they say nothing about this record in particular. */
function quietly(sync: ReadySync, field: string, wanted: unknown): Fate {
  const { readOnly } = sync.target.stream.fields[field] ?? {};
  if (readOnly === true) return { fate: "keep", rule: "target", why: "the system lets nobody write it" };
  if (readOnly === "after-create") return { fate: "keep", rule: "target", why: "the system takes it only when a record is created" };
  if (isBlank(wanted)) return { fate: "keep", rule: "protect.when_source_blank", why: "the source is blank, and that clears nothing" };
  if (sync.spec.write === "create_only" || sync.spec.write === "append")
    return { fate: "keep", rule: `write: ${sync.spec.write}`, why: "a record that is there is not changed" };
  return { fate: "same", rule: null, why: "it is in the list already" };
}

function keptBy({ rule, why, line }: KeptField): Fate {
  return { fate: "keep", rule, why, ...(line === undefined ? {} : { ruleLine: line }) };
}

function writesOf(decision: Decision): Values {
  return decision.kind === "create" ? decision.values : decision.kind === "update" ? decision.after : {};
}

/** The stage, which the rules want and the pipeline lets through or not. */
function explainStage(sync: ReadySync, facts: FieldFacts): readonly ExplainedField[] {
  const { stages } = sync;
  if (stages === undefined) return [];
  const field = stages.stageField;
  const wanted = stages.wantedStage(facts.whole, facts.context.now);
  const fate = fateOf(sync, { field, facts, wanted: wanted?.stage });
  const why = wanted === undefined ? "no rule of `stages` holds, so it is a person's" : fate.why;
  const rule = wanted?.rule === undefined ? null : `stages rule ${wanted.rule}`;
  return [
    {
      target: field,
      from: rule ?? "stages",
      source: null,
      steps: [],
      wanted: wanted?.stage ?? null,
      holds: facts.target?.[field] ?? null,
      ...fate,
      why,
      rule: fate.rule ?? rule,
      ...(wanted?.line === undefined ? {} : { ruleLine: wanted.line }),
      ...(sync.spec.stages?.line === undefined ? {} : { line: sync.spec.stages.line }),
    },
  ];
}

function sourceOf(rule: FieldRule): string {
  switch (rule.kind) {
    case "from":
    case "map":
    case "take_one":
      return rule.from.join(".") || ".";
    case "join":
      return rule.join.map((path) => path.join(".")).join(" + ");
    case "value":
      return "a fixed value";
    case "ref":
      return `${rule.id.join(".")} -> ${rule.sync}`;
  }
}

/** What the record says, before `map`, `take_one` or `ref` made anything of it. */
function shownSource(rule: FieldRule, record: DataRecord, read: unknown): unknown {
  switch (rule.kind) {
    case "from":
    case "map":
      return getter(rule.from)(record) ?? null;
    case "join":
      return rule.join.map((path) => getter(path)(record) ?? null);
    case "ref":
      return getter(rule.id)(record) ?? null;
    case "take_one":
    case "value":
      return read ?? null;
  }
}

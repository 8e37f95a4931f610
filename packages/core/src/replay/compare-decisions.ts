import { isBlank } from "../mapping/index.js";
import { sortedJson } from "../mapping/sorted-json.js";
import type { ReadySync } from "../ready-sync.js";
import type { Decision, Values } from "../run.js";
import type { ReplayedDecision, ReplayedField, ReplayedKind, ReplayedRecord } from "./replay-report.js";

/** What differs between two decisions about one record; `undefined` where they come to the same. */
export function compareDecisions(sync: ReadySync, was: Decision, now: Decision): ReplayedRecord | undefined {
  const fields = fieldsOf(sync, was, now);
  const targetId = targetOf(now) ?? targetOf(was);
  const differs = kindOf(was) !== kindOf(now) || codeOf(was) !== codeOf(now) || (targetOf(was) ?? null) !== (targetOf(now) ?? null);
  if (!differs && fields.length === 0) return undefined;
  return { sourceId: now.id, targetId: targetId ?? null, was: told(was), becomes: told(now), fields };
}

/** To mark a record that is gone, or to unlink it, is no decision about its fields: a replay has none of them. */
function kindOf({ kind }: Decision): ReplayedKind {
  return kind === "delete" || kind === "restore" || kind === "unlink" ? "unchanged" : kind;
}

function codeOf(decision: Decision): string | undefined {
  return "code" in decision ? `${decision.code} ${decision.field ?? ""}` : undefined;
}

function targetOf(decision: Decision): string | undefined {
  return "targetId" in decision ? decision.targetId : undefined;
}

function told(decision: Decision): ReplayedDecision {
  const matched = decision.why?.matched;
  const reason = "reason" in decision ? decision.reason : matched === undefined ? undefined : `matched by ${matched.key} ${matched.value}`;
  return {
    decision: kindOf(decision),
    ...("code" in decision ? { code: decision.code } : {}),
    ...(reason === undefined ? {} : { reason }),
  };
}

function writesOf(decision: Decision): Values {
  return decision.kind === "create" ? decision.values : decision.kind === "update" ? decision.after : {};
}

/** Of a record that is left alone by one of the two, the fields are what the other one writes. */
function fieldsOf(sync: ReadySync, was: Decision, now: Decision): readonly ReplayedField[] {
  const [before, after] = [writesOf(was), writesOf(now)];
  const held: Values = { ...beforeOf(was), ...beforeOf(now) };
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((field) => {
    const holds = held[field] ?? null;
    const [old, next] = [before, after].map((writes) => (field in writes ? writes[field] : holds));
    if (comparable(sync, field, old) === comparable(sync, field, next)) return [];
    return [{ field, holds, was: old ?? null, becomes: next ?? null, because: becauseOf(sync, now, field) }];
  });
}

function beforeOf(decision: Decision): Values {
  return decision.kind === "update" ? decision.before : {};
}

function comparable(sync: ReadySync, field: string, value: unknown): string | null {
  if (isBlank(value)) return null;
  return Object.hasOwn(sync.canonical, field) ? (sync.canonical[field]?.(value) ?? null) : sortedJson(value);
}

/** The rule that lets a field be written now, or keeps it from being. */
function becauseOf(sync: ReadySync, now: Decision, field: string): string | null {
  const kept = now.why?.kept?.find((one) => one.field === field);
  if (kept !== undefined) return `kept: ${kept.why} (${kept.rule}${kept.line === undefined ? "" : `, line ${kept.line}`})`;
  const { stages } = sync;
  const stage = stages !== undefined && (stages.stageField === field || stages.pipelineField === field) ? now.why?.stage : undefined;
  if (stage?.rule !== undefined) return `stages rule ${stage.rule}${stage.line === undefined ? "" : ` (line ${stage.line})`}`;
  const line = sync.spec.lines[`fields.${field}`];
  if (line !== undefined) return `line ${line}`;
  return sync.spec.fields.some((rule) => rule.target === field) ? null : "this spec does not write it";
}

import { hash } from "node:crypto";
import { isBlank } from "./mapping/index.js";
import { sortedJson } from "./mapping/sorted-json.js";
import type { ReadySync } from "./ready-sync.js";
import type { Decision, Values } from "./run.js";
import type { PlanNotes, PlanRow } from "./store/plans.js";

export type PlannedRow = Omit<PlanRow, "n">;

/** A decision as a plan keeps it; `undefined` for what there is nothing to tell of. `isNew` knows the ids of records that only the plan has made. */
export function plannedRow(sync: ReadySync, decision: Decision, isNew: (id: string) => boolean): PlannedRow | undefined {
  const { why } = decision;
  const base = {
    sync: sync.state.id,
    sourceId: decision.id,
    targetId: null,
    before: null,
    after: null,
    code: null,
    fingerprint: fingerprintOf(sync, decision),
    notes: notesOf(sync, decision, isNew),
  };
  switch (decision.kind) {
    case "create":
      return { ...base, operation: "create", after: decision.values, reason: "nothing fits it yet" };
    case "update": {
      const { targetId, before, after, newLink } = decision;
      const reason = newLink ? `matched by ${why?.matched?.key ?? "a key"}` : "linked";
      return { ...base, operation: "update", targetId, before, after, reason };
    }
    case "restore":
      return { ...base, operation: "create", targetId: decision.targetId, after: decision.after, reason: "comes back" };
    case "delete":
      return { ...base, operation: "delete", targetId: decision.targetId, before: decision.before, reason: "gone at the source" };
    case "held":
    case "failed":
      return { ...base, operation: "hold", code: decision.code, reason: decision.reason };
    case "waiting":
      return { ...base, operation: "wait", code: decision.code, reason: decision.reason };
    case "unchanged":
      return why?.kept ? { ...base, operation: "keep", targetId: decision.targetId ?? null, reason: "kept as it is" } : undefined;
    default:
      return undefined;
  }
}

/** Of what a decision found at the target: what is written over, or that nothing was there. */
export function fingerprintOf(sync: ReadySync, decision: Decision): string {
  const parts: unknown[] = [decision.kind, "targetId" in decision ? decision.targetId : null];
  if (decision.kind === "update" || decision.kind === "delete") parts.push(comparable(sync, decision.before));
  return hash("sha1", JSON.stringify(parts), "base64url").slice(0, 16);
}

/** The fields in which what is decided now differs from what was planned. */
export function differingFields(
  sync: ReadySync,
  planned: { after: Values | null; notes: PlanNotes | null },
  now: Values,
): readonly string[] {
  const news = new Set(planned.notes?.news ?? []);
  const after = planned.after ?? {};
  return [...new Set([...Object.keys(after), ...Object.keys(now)])].filter(
    (field) => !news.has(field) && comparableValue(sync, field, after[field]) !== comparableValue(sync, field, now[field]),
  );
}

/** Only what can be written counts: a record's own time of change is no drift. */
function comparable(sync: ReadySync, values: Values): readonly (readonly [string, string | null])[] {
  const { fields } = sync.target.stream;
  return Object.keys(values)
    .filter((field) => fields[field]?.readOnly !== true)
    .sort()
    .map((field) => [field, comparableValue(sync, field, values[field])]);
}

function comparableValue(sync: ReadySync, field: string, value: unknown): string | null {
  const canonical = sync.canonical[field];
  if (canonical) return canonical(value);
  return isBlank(value) ? null : sortedJson(value);
}

function notesOf(sync: ReadySync, decision: Decision, isNew: (id: string) => boolean): PlanNotes | null {
  const values = decision.kind === "create" ? decision.values : decision.kind === "update" ? decision.after : {};
  const news = sync.spec.fields.flatMap((rule) =>
    rule.kind === "ref" && values[rule.target] !== undefined && isNew(String(values[rule.target])) ? [rule.target] : [],
  );
  if (news.length === 0 && !decision.why) return null;
  return { ...(news.length === 0 ? {} : { news }), ...(decision.why ? { why: decision.why } : {}) };
}

import type { Matched } from "./match.js";
import { type KeptField, type Patched, type StageDecision, stageText } from "./policy/index.js";
import type { ReadySync } from "./ready-sync.js";
import { nothingRemembered, remember } from "./remember.js";
import type { Decision, Why } from "./run.js";
import type { Remembered } from "./store/remembered.js";

/** What a decision goes by beside the two records. */
export interface DiffContext {
  readonly remembered: Remembered | undefined;
  readonly now: Date;
}

/** Wanted against the target as it is, under the spec's protection and stages: one decision a record. Pure; the only place where a field's fate is decided. */
export function diffRecord(sync: ReadySync, found: Matched, context: DiffContext): Decision {
  const { wanted, target } = found;
  const link = target?.newLink ? { newLink: target.id } : {};
  if (target && (sync.spec.write === "create_only" || sync.spec.write === "append"))
    return { kind: "unchanged", id: wanted.id, targetId: target.id, ...link };
  const remembered = context.remembered ?? nothingRemembered;
  const stage = stageOf(sync, found, { remembered, now: context.now });
  if (stage?.decision.do === "hold")
    return { kind: "held", id: wanted.id, code: "held/stage", reason: stage.decision.why, ...whyOf(found) };
  const patched = sync.protect({
    operation: target ? "update" : "create",
    wanted: wanted.values,
    target: target?.record,
    lastWritten: remembered.written,
    // Of a record that is linked just now, what the source asks for today is all that is known of what it asked for before.
    oldSource: context.remembered ? remembered.wanted : wanted.values,
    humanOwned: remembered.human.length === 0 ? undefined : new Set(remembered.human),
    stage: stage?.decision,
  });
  const memory = sync.remembers
    ? remember(sync.remembers, { before: context.remembered, wanted, patched, highest: stage?.highest ?? remembered.highest })
    : undefined;
  const more = { ...whyOf(found, { patched, stage: stage?.decision }), ...(memory ? { remember: memory } : {}) };
  if (!target) return { kind: "create", id: wanted.id, values: patched.patch, ...more };
  if (patched.isEmpty) return { kind: "unchanged", id: wanted.id, targetId: target.id, ...link, ...more };
  const { before, patch } = patched;
  return { kind: "update", id: wanted.id, targetId: target.id, newLink: target.newLink, before, after: patch, ...more };
}

interface Staged {
  readonly decision: StageDecision;
  readonly highest: string | undefined;
}

function stageOf(sync: ReadySync, { wanted, target }: Matched, of: { remembered: Remembered; now: Date }): Staged | undefined {
  const { stages } = sync;
  if (!stages) return undefined;
  const current = target ? stages.currentOf(target.record, of.remembered.highest) : undefined;
  const decision = stages.decide(current, stages.wantedStage(wanted.source, of.now));
  return { decision, highest: stages.remember(current, decision) };
}

/** Rules that say nothing about this record in particular: they are no news. */
const silent = new Set(["protect.when_source_blank", "target"]);

function whyOf({ target }: Matched, decided?: { patched: Patched; stage: StageDecision | undefined }): { why?: Why } {
  const kept = decided ? newsOf(decided.patched.kept) : [];
  const stage = decided?.stage;
  if (!target?.matched && kept.length === 0 && stage?.do !== "set") return {};
  return {
    why: {
      ...(target?.matched ? { matched: target.matched } : {}),
      ...(stage?.do === "set" ? { stage: { to: stageText(stage), ...known(stage) } } : {}),
      ...(kept.length === 0 ? {} : { kept }),
    },
  };
}

function newsOf(kept: readonly KeptField[]): readonly KeptField[] {
  return kept.some((one) => silent.has(one.rule)) ? kept.filter((one) => !silent.has(one.rule)) : kept;
}

function known({ rule, line }: { rule?: number | undefined; line?: number | undefined }): { rule?: number; line?: number } {
  return { ...(rule === undefined ? {} : { rule }), ...(line === undefined ? {} : { line }) };
}

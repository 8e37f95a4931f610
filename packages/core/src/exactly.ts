import { differingFields, fingerprintOf } from "./planned-row.js";
import type { ReadySync } from "./ready-sync.js";
import type { Decision, Undecided } from "./run.js";
import type { PlanRow } from "./store/plans.js";
import { isWrite, type Write } from "./write.js";

/** Lets through exactly what was planned: a record that is to become something else by now has drifted, and is held. */
export function exactly(
  planned: ReadonlyMap<string, PlanRow>,
  onDrift: () => void,
): (sync: ReadySync, decisions: readonly Decision[]) => readonly Decision[] {
  return (sync, decisions) =>
    decisions.map((decision) => {
      const row = planned.get(decision.id);
      const drifted = row && isWrite(decision) ? drift(sync, row, decision) : undefined;
      if (drifted) onDrift();
      return drifted ?? decision;
    });
}

function drift(sync: ReadySync, row: PlanRow, now: Write): Undecided | undefined {
  const operation = now.kind === "restore" ? "create" : now.kind;
  const base = { kind: "held", id: now.id, code: "held/drifted" } as const;
  if (row.operation === "hold" || row.operation === "wait")
    return { ...base, reason: `The plan did not write it (${row.reason}), and now it would be to ${operation} its target.` };
  if (row.operation !== operation)
    return {
      ...base,
      reason: `The plan was to ${row.operation} its target, and now it would be to ${operation} it: one of the two changed since.`,
    };
  if (row.fingerprint !== fingerprintOf(sync, now)) {
    const fields = "before" in now && row.before ? changedSince(sync, row, now.before) : [];
    return {
      ...base,
      reason: `The target changed after the plan was made${fields.length === 0 ? "" : `: ${fields.join(", ")}`}.`,
    };
  }
  if (now.kind === "delete") return undefined;
  const fields = differingFields(sync, row, now.kind === "create" ? now.values : now.after);
  return fields.length === 0 ? undefined : { ...base, reason: `The source changed after the plan was made: ${fields.join(", ")}.` };
}

function changedSince(sync: ReadySync, row: PlanRow, before: Readonly<Record<string, unknown>>): readonly string[] {
  return differingFields(sync, { after: row.before, notes: null }, before).filter(
    (field) => sync.target.stream.fields[field]?.readOnly !== true,
  );
}

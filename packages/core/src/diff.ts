import { isBlank } from "./mapping/index.js";
import type { Matched } from "./match.js";
import type { ReadySync } from "./ready-sync.js";
import type { Decision } from "./run.js";

/** Wanted against the target as it is: one decision a record. Pure; the only place where a field's fate is decided. */
export function diffRecord(sync: ReadySync, { wanted, target }: Matched): Decision {
  if (!target) {
    const values: Record<string, unknown> = {};
    for (const field in wanted.values) if (!isBlank(wanted.values[field])) values[field] = wanted.values[field];
    return { kind: "create", id: wanted.id, values };
  }
  const link = target.newLink ? { newLink: target.id } : {};
  if (sync.spec.write === "create_only" || sync.spec.write === "append") return { kind: "unchanged", id: wanted.id, ...link };
  const before: Record<string, unknown> = {};
  const after: Record<string, unknown> = {};
  let changed = false;
  for (const field in wanted.values) {
    const value = wanted.values[field];
    if (isBlank(value)) continue; // what the source does not know it does not clear
    const comparable = sync.canonical[field];
    const present = target.record[field];
    if (comparable ? comparable(value) === comparable(present) : value === present) continue;
    if (sync.target.stream.fields[field]?.readOnly === "after-create") continue;
    before[field] = present ?? null;
    after[field] = value;
    changed = true;
  }
  if (!changed) return { kind: "unchanged", id: wanted.id, ...link };
  return { kind: "update", id: wanted.id, targetId: target.id, newLink: target.newLink, before, after };
}

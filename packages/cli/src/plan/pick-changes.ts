import type { PlannedChange } from "@fieldwright/core";

/** At most `most` changes that show every kind there is: each kind gets its share first, and all stay in the plan's order. */
export function pickChanges(changes: readonly PlannedChange[], most: number): readonly PlannedChange[] {
  if (changes.length <= most) return changes;
  const kinds = new Map<PlannedChange["operation"], PlannedChange[]>();
  for (const change of changes) {
    const same = kinds.get(change.operation);
    if (same === undefined) kinds.set(change.operation, [change]);
    else same.push(change);
  }
  const picked: PlannedChange[] = [];
  for (let round = 0; picked.length < most; round++) {
    for (const same of kinds.values()) {
      const next = same[round];
      if (next !== undefined && picked.length < most) picked.push(next);
    }
  }
  return picked.sort((a, b) => a.n - b.n);
}

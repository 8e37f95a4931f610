import type { Outcome } from "@fieldwright/connector-kit";

/** Outcomes by the place of their record, as the contract wants them. */
export function inOrder(outcomes: ReadonlyMap<number, Outcome>, count: number): readonly Outcome[] {
  return Array.from({ length: count }, (_, index) => {
    const outcome = outcomes.get(index);
    if (!outcome) throw new Error(`The write of record ${index + 1} of ${count} has no outcome.`);
    return outcome;
  });
}

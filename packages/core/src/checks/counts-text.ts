import type { BalanceCounts } from "../store/checks.js";
import { number } from "./words.js";

const parts = ["filtered", "unchanged", "created", "updated", "deleted", "waiting", "held", "failed"] as const;

/** "3 filtered, 1,201 unchanged". */
export function countsText(counts: BalanceCounts): string {
  const some = parts.filter((part) => counts[part] > 0).map((part) => `${number(counts[part])} ${part}`);
  return some.length === 0 ? "nothing to account for" : some.join(", ");
}

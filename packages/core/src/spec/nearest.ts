import { distance } from "fastest-levenshtein";

/** The candidate that a person most likely meant, or `undefined` when none is near enough to be worth saying. */
export function nearest(written: string, candidates: Iterable<string>): string | undefined {
  const plain = simplify(written);
  let best: string | undefined;
  let least = allowedSlips(plain) + 1;
  for (const candidate of candidates) {
    const slips = candidate === written ? Number.POSITIVE_INFINITY : slipsBetween(plain, simplify(candidate));
    if (slips < least) {
      best = candidate;
      least = slips;
    }
  }
  return best;
}

/** `customerId`, `customer_id` and `Customer ID` count as the same word. */
function simplify(word: string): string {
  return word
    .slice(0, 200)
    .toLowerCase()
    .replace(/[\s_-]/g, "");
}

/** Letters that changed places are one slip: `form` for `from`. */
function slipsBetween(a: string, b: string): number {
  const swapped = a.length === b.length && [...a].sort().join("") === [...b].sort().join("");
  return swapped && a !== b ? Math.min(1, distance(a, b)) : distance(a, b);
}

function allowedSlips(word: string): number {
  if (word.length <= 4) return 1;
  return Math.max(2, Math.floor(word.length / 3));
}

import type { PlannedValues } from "./planned-values.js";

/** Two fields whose values changed places, in how many records. */
export interface Swap {
  readonly fields: readonly [string, string];
  readonly count: number;
  readonly example: PlannedValues;
}

const mostPairs = 200;

/** Watches for pairs of fields that trade values. Memory is bound by the number of pairs, not of records. */
export class SwapWatch {
  readonly #pairs = new Map<string, { fields: readonly [string, string]; count: number; example: PlannedValues }>();

  /** `texts`: of each changed field with two values, what it held and what it is to hold. */
  add(change: PlannedValues, texts: readonly { readonly field: string; readonly before: string; readonly after: string }[]): void {
    if (texts.length < 2) return;
    for (let first = 0; first < texts.length; first++) {
      const a = texts[first];
      for (let second = first + 1; second < texts.length; second++) {
        const b = texts[second];
        if (a !== undefined && b !== undefined && a.after === b.before && b.after === a.before) this.#count(change, [a.field, b.field]);
      }
    }
  }

  #count(example: PlannedValues, pair: readonly [string, string]): void {
    const fields: readonly [string, string] = pair[0] < pair[1] ? pair : [pair[1], pair[0]];
    const key = JSON.stringify(fields);
    const known = this.#pairs.get(key);
    if (known) known.count++;
    else if (this.#pairs.size < mostPairs) this.#pairs.set(key, { fields, count: 1, example });
  }

  swaps(): readonly Swap[] {
    return [...this.#pairs.values()];
  }
}

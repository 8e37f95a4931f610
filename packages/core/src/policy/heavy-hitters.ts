/** Counts what comes often in a stream, in the memory of `size` entries: a count is never too high, and too low by at most 1/size of all (Misra and Gries). */
export class HeavyHitters {
  readonly #counts = new Map<string, number>();
  readonly #size: number;

  constructor(size: number) {
    this.#size = size;
  }

  add(one: string): void {
    const known = this.#counts.get(one);
    if (known !== undefined) this.#counts.set(one, known + 1);
    else if (this.#counts.size < this.#size) this.#counts.set(one, 1);
    else
      for (const [other, count] of this.#counts) {
        if (count === 1) this.#counts.delete(other);
        else this.#counts.set(other, count - 1);
      }
  }

  /** The most frequent, with at least how often it came. */
  top(): { readonly value: string; readonly count: number } | undefined {
    let best: { value: string; count: number } | undefined;
    for (const [value, count] of this.#counts) if (best === undefined || count > best.count) best = { value, count };
    return best;
  }

  /** How many different ones came; never more than `size`. */
  get different(): number {
    return this.#counts.size;
  }
}

/** A constant by which numbers changed, and in how many changes. */
export interface ConstantFactor {
  /** `after = before * factor`. */
  readonly factor: number;
  readonly count: number;
  /** What such a factor mostly comes from; absent for one that says nothing by itself. */
  readonly meaning?: string;
}

const named: readonly (readonly [factor: number, meaning: string])[] = [
  [10, "a decimal point that moved by one"],
  [100, "cents and whole amounts, or percent and fractions, mixed up"],
  [1_000, "thousands and single units mixed up"],
  [1_000_000, "millions and single units mixed up"],
  [60, "minutes and hours (or seconds and minutes) mixed up"],
  [3_600, "seconds and hours mixed up"],
  [24, "hours and days mixed up"],
  [12, "months and years mixed up"],
  [3.28084, "feet and metres mixed up"],
  [1.609344, "miles and kilometres mixed up"],
  [2.204623, "pounds and kilograms mixed up"],
  [10.76391, "square feet and square metres mixed up"],
  [-1, "plus and minus mixed up"],
];
const tolerance = 0.002; // of the factor: room for rounding
const nearOne = 0.02; // small corrections are no factor

/** Watches the numbers of one field for a constant factor between old and new, in constant memory. */
export class FactorWatch {
  #seen = 0;
  readonly #up = named.map(() => 0);
  readonly #down = named.map(() => 0);
  // A majority vote finds a factor that has no name: it stays the candidate once most changes carry it.
  #candidate = 0;
  #votes = 0;
  #hits = 0;

  /** Changes in which both values were numbers. */
  get seen(): number {
    return this.#seen;
  }

  /** Whether the change carries a factor that could be the constant one. */
  add(before: number, after: number): boolean {
    this.#seen++;
    if (before === 0 || after === 0) return false;
    const ratio = after / before;
    for (let at = 0; at < named.length; at++) {
      const factor = named[at]?.[0] ?? 1;
      if (near(ratio, factor)) this.#up[at] = (this.#up[at] ?? 0) + 1;
      else if (near(ratio, 1 / factor)) this.#down[at] = (this.#down[at] ?? 0) + 1;
      else continue;
      return true;
    }
    if (Math.abs(ratio - 1) < nearOne) {
      this.#votes--;
      return false;
    }
    this.#vote(ratio);
    return near(ratio, this.#candidate);
  }

  #vote(ratio: number): void {
    if (near(ratio, this.#candidate)) {
      this.#votes++;
      this.#hits++;
    } else if (this.#votes > 0) this.#votes--;
    else {
      this.#candidate = ratio;
      this.#votes = 1;
      this.#hits = 1;
    }
  }

  /** The most frequent factor; its count is never too high. */
  top(): ConstantFactor | undefined {
    let best: ConstantFactor | undefined = this.#hits > 0 ? { factor: this.#candidate, count: this.#hits } : undefined;
    named.forEach(([factor, meaning], at) => {
      for (const [one, count] of [[factor, this.#up[at] ?? 0] as const, [1 / factor, this.#down[at] ?? 0] as const])
        if (count > (best?.count ?? 0)) best = { factor: one, count, meaning };
    });
    return best;
  }
}

function near(ratio: number, factor: number): boolean {
  return Math.abs(ratio - factor) <= tolerance * Math.abs(factor);
}

/** A number of 32 bits that depends on nothing but the three given: so any record can be made without those before it. */
export function roll(seed: number, salt: number, index: number): number {
  let h = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(salt + 1, 0xc2b2ae35) ^ Math.imul(index + 1, 0x27d4eb2f);
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d);
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
  return (h ^ (h >>> 16)) >>> 0;
}

/** Draws for one record; each `salt` is a draw of its own. */
export class Dice {
  constructor(
    private readonly seed: number,
    private readonly index: number,
  ) {}

  /** A whole number from 0 to below `n`. */
  below(n: number, salt: number): number {
    return roll(this.seed, salt, this.index) % n;
  }

  pick<T>(list: readonly T[], salt: number): T {
    return list[this.below(list.length, salt)] as T;
  }

  /** True once in `n` on average. */
  oneIn(n: number, salt: number): boolean {
    return this.below(n, salt) === 0;
  }
}

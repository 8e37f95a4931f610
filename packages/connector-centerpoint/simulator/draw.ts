import { roll } from "./roll.js";

/** What a row is made from: draws that are the same for the same seed, and ids of rows of other kinds. */
export interface Draw {
  readonly index: number;
  below(n: number, salt: number): number;
  pick<T>(list: readonly T[], salt: number): T;
  /** Money as the vendor sends it: text with two places. */
  money(most: number, salt: number): string;
  /** YYYY-MM-DD, some days after the row was created. */
  day(after: number): string;
  /** The id of some row of another kind, as a number; `null` where there is none. */
  some(path: string, salt: number): number | null;
}

export interface Ground {
  readonly seed: number;
  readonly sizes: Readonly<Record<string, number>>;
  idAt(path: string, index: number): number;
  createdMs(path: string, index: number): number;
}

const dayMs = 86_400_000;

export function drawAt(ground: Ground, path: string, index: number): Draw {
  const { seed } = ground;
  const below = (n: number, salt: number): number => roll(seed, salt, index) % n;
  return {
    index,
    below,
    pick: (list, salt) => list[below(list.length, salt)] as (typeof list)[number],
    money: (most, salt) => `${below(most, salt)}.${String(below(100, salt + 500)).padStart(2, "0")}`,
    day: (after) => new Date(ground.createdMs(path, index) + after * dayMs).toISOString().slice(0, 10),
    some(other, salt) {
      const count = ground.sizes[other] ?? 0;
      return count === 0 ? null : ground.idAt(other, below(count, salt));
    },
  };
}

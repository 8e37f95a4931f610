import { roll } from "./dice.js";

export interface SpreadOptions {
  readonly seed: number;
  readonly parents: number;
  readonly children: number;
  /** Every parent gets one before any gets two, as far as there are enough. */
  readonly atLeastOne?: boolean;
}

/** Which children a parent has and which parent a child has, both in constant time and without a list of them. */
export interface Spread {
  /** The parent of a child, and the child's place among its siblings. */
  parentOf(child: number): { readonly parent: number; readonly nth: number; readonly siblings: number };
  /** The children of a parent are those from `from` to below `to`. */
  childrenOf(parent: number): { readonly from: number; readonly to: number };
}

/** Children lie in the order of their parents; within blocks of 8 parents their numbers are uneven, as in life. */
const blockSize = 8;

export function spreadEvenly(options: SpreadOptions): Spread {
  const { seed, parents, children } = options;
  const blocks = Math.ceil(parents / blockSize);
  const blockStart = (block: number): number => Math.floor((children * Math.min(block * blockSize, parents)) / parents);

  // Neighbours are asked for one after the other, so the last block is worth remembering.
  let last: { readonly block: number; readonly bounds: readonly number[] } = { block: -1, bounds: [] };
  const edges = (block: number): readonly number[] => {
    if (last.block !== block) last = { block, bounds: edgesOf(block) };
    return last.bounds;
  };
  const edgesOf = (block: number): readonly number[] => {
    const first = block * blockSize;
    const members = Math.min(blockSize, parents - first);
    const total = blockStart(block + 1) - blockStart(block);
    const base = options.atLeastOne && total >= members ? 1 : 0;
    const weights = Array.from({ length: members }, (_, n) => 1 + (roll(seed, 77, first + n) % 5));
    const all = weights.reduce((sum, weight) => sum + weight, 0);
    const result = [0];
    let sum = 0;
    weights.forEach((weight, n) => {
      sum += weight;
      result.push(base * (n + 1) + Math.floor(((total - base * members) * sum) / all));
    });
    return result.map((edge) => edge + blockStart(block));
  };

  return {
    parentOf(child) {
      if (parents === 0) return { parent: 0, nth: 0, siblings: 1 };
      // Records added later lie beyond the generated ones: they get a parent by lot.
      if (child >= children) return { parent: roll(seed, 78, child) % parents, nth: 0, siblings: 1 };
      let block = Math.min(blocks - 1, Math.floor((child * parents) / children / blockSize));
      while (blockStart(block) > child) block -= 1;
      while (blockStart(block + 1) <= child) block += 1;
      const bounds = edges(block);
      const place = bounds.findIndex((edge) => edge > child) - 1;
      const from = bounds[place] as number;
      return { parent: block * blockSize + place, nth: child - from, siblings: (bounds[place + 1] as number) - from };
    },
    childrenOf(parent) {
      if (parent >= parents) return { from: 0, to: 0 };
      const block = Math.floor(parent / blockSize);
      const bounds = edges(block);
      const place = parent - block * blockSize;
      return { from: bounds[place] as number, to: bounds[place + 1] as number };
    },
  };
}

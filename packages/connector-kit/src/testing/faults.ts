import { createRandom, type Random } from "./generate.js";

export type FaultKind =
  | "429" // refused, try again at once
  | "500" // in the vendor's own error envelope where it gave one, else JSON
  | "html-500" // a debug page, that shows what was sent, headers and all
  | "html-200" // a maintenance page in place of data
  | "truncated-json" // whole by its headers, but the JSON stops in the middle
  | "slow" // the answer comes late, but comes
  | "cut" // the connection dies in the middle of the body
  | "reset" // the connection dies before any answer
  | "expired-token" // 401 once
  | "drift"; // a field renamed or retyped, as the vendor's simulator decides

export const faultKinds: readonly FaultKind[] = [
  "429",
  "500",
  "html-500",
  "html-200",
  "truncated-json",
  "slow",
  "cut",
  "reset",
  "expired-token",
  "drift",
];

export interface Faults {
  /** The kinds that this simulator can bring about; all of them where it is not said. */
  readonly kinds?: readonly FaultKind[];
  /** The next `times` (1) requests that match fail so; others pass meanwhile. `path` comes with its query. */
  next(kind: FaultKind, times?: number, matching?: (path: string) => boolean): void;
  /** From now on each request fails with probability `rate`, by a generator of its own. */
  random(seed: number, rate: number, kinds: readonly FaultKind[]): void;
  /** Runs `action` when the n-th request from now (from 1) has arrived, before it is answered: pages that shift while they are read. */
  onRequest(n: number, action: () => void | Promise<void>): void;
  /** How late a "slow" answer comes. 1,500 at first. */
  slowMs: number;
  /** Faults that have happened. */
  readonly count: number;
  /** No fault and no action from now on. */
  clear(): void;
}

export interface FaultQueue extends Faults {
  /** The fault of this request, if it has one; runs the actions that wait for it. */
  take(path: string): Promise<FaultKind | undefined>;
}

interface Waiting {
  readonly kind: FaultKind;
  readonly matching: (path: string) => boolean;
  left: number;
}

export function createFaults(kinds: readonly FaultKind[] = faultKinds): FaultQueue {
  let waiting: Waiting[] = [];
  let actions: { at: number; readonly run: () => void | Promise<void> }[] = [];
  let chance: { readonly random: Random; readonly rate: number; readonly kinds: readonly FaultKind[] } | undefined;
  let count = 0;

  const chosen = (path: string): FaultKind | undefined => {
    const hit = waiting.find((fault) => fault.matching(path));
    if (hit) {
      hit.left -= 1;
      waiting = waiting.filter((fault) => fault.left > 0);
      return hit.kind;
    }
    return chance?.random.chance(chance.rate) ? chance.random.pick(chance.kinds) : undefined;
  };
  const known = (asked: readonly FaultKind[]): void => {
    for (const kind of asked)
      if (!kinds.includes(kind)) throw new Error(`This simulator knows no fault "${kind}". It knows: ${kinds.join(", ") || "none"}.`);
  };

  return {
    kinds,
    slowMs: 1500,
    get count() {
      return count;
    },
    next(kind, times = 1, matching = () => true) {
      known([kind]);
      waiting.push({ kind, matching, left: times });
    },
    random(seed, rate, some) {
      known(some);
      chance = { random: createRandom(seed), rate, kinds: some };
    },
    onRequest(n, run) {
      actions.push({ at: n, run });
    },
    clear() {
      waiting = [];
      actions = [];
      chance = undefined;
    },
    async take(path) {
      for (const action of actions) action.at -= 1;
      const due = actions.filter((action) => action.at <= 0);
      actions = actions.filter((action) => action.at > 0);
      const kind = chosen(path);
      if (kind !== undefined) count += 1;
      for (const action of due) await action.run();
      return kind;
    },
  };
}

export type FaultKind =
  | "429" // refused, try again at once
  | "500" // in the vendor's own error envelope where it gave one, else JSON
  | "html-500"
  | "html-200" // a login or maintenance page in place of data
  | "truncated-json" // a whole answer by its headers, whose JSON stops in the middle
  | "slow" // the answer comes late, but comes
  | "cut" // the connection dies in the middle of the body
  | "reset" // the connection dies before any answer
  | "expired-token" // 401 once
  | "drift"; // a field renamed or retyped, as the vendor's simulator decides

export interface Faults {
  /** The kinds that this simulator can bring about; all of them where it is not said. */
  readonly kinds?: readonly FaultKind[];
  /** The next `times` (1) requests that match fail so; others pass meanwhile. */
  next(kind: FaultKind, times?: number, matching?: (path: string) => boolean): void;
  /** From now on each request fails with probability `rate`, by a generator of its own. */
  random(seed: number, rate: number, kinds: readonly FaultKind[]): void;
  /** Runs `action` when the n-th request from now (from 1) arrives, before it is answered: pages that shift while they are read. */
  onRequest(n: number, action: () => void | Promise<void>): void;
  /** How late a "slow" answer comes. 1,500 at first. */
  slowMs: number;
  /** Faults that have happened. */
  readonly count: number;
  /** No fault from now on. */
  clear(): void;
}

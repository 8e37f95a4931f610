import { roll } from "./dice.js";
import { wholeSecond } from "./moment.js";

const dayMs = 86_400_000;

/** Customers came one after the other over 600 days, each with a stretch of time of its own in which its status changed. */
export interface History {
  readonly startMs: number;
  readonly endMs: number;
  /** The `nth` of `of` status changes of a customer; the first is also when the customer was created. */
  statusChange(customer: number, nth: number, of: number): number;
  /** A moment between `fromMs` and the end, at `share` (0 to 1) of that time. */
  between(fromMs: number, share: number): number;
}

export function createHistory(options: { readonly seed: number; readonly untilMs: number; readonly customers: number }): History {
  const { seed, untilMs, customers } = options;
  const startMs = untilMs - 600 * dayMs;
  const stretch = (untilMs - startMs) / Math.max(1, customers);
  return {
    startMs,
    endMs: untilMs,
    statusChange: (customer, nth, of) => {
      const draw = roll(seed, 60 + nth, customer) / 2 ** 32;
      // The first lies in a part of its own, so that it is the same however many follow.
      const share = nth === 0 ? 0.02 + 0.04 * draw : 0.06 + (0.9 * nth + 0.5 * draw) / of;
      return wholeSecond(startMs + stretch * (Math.min(customer, customers - 1) + share));
    },
    between: (fromMs, share) => wholeSecond(fromMs + (untilMs - fromMs - 1) * share),
  };
}

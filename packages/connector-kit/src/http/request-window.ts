const forgottenAfterMs = 10 * 60_000; // starts whose end nobody told

/** The requests of the last `lengthMs`. */
export interface RequestWindow {
  start(now: number): void;
  /** The oldest running request is over; the moment it started. */
  end(now: number): number | undefined;
  /** How many requests other programs have made with the same key, until when they count. */
  othersUsed(count: number, untilMs: number): void;
  /** Our own requests that count now. */
  own(now: number): number;
  used(now: number): number;
  running(): number;
  /** When fewer than `cap` requests will count; `now` if that is so already. */
  freeAt(now: number, cap: number): number;
}

/**
 * A request counts until `lengthMs` after its answer, not after its start: the vendor counts it when it arrives, which is
 * some time between the two, and only so a slow network or a busy machine cannot push two windows' worth into one.
 */
export function createRequestWindow(lengthMs: number): RequestWindow {
  const started: number[] = [];
  const ended: number[] = [];
  let others = { count: 0, untilMs: 0 };

  const forget = (now: number) => {
    while (ended[0] !== undefined && ended[0] + lengthMs <= now) ended.shift();
    while (started[0] !== undefined && started[0] + lengthMs + forgottenAfterMs <= now) started.shift();
  };
  const countingStarts = (now: number) => {
    const from = started.findIndex((at) => at + lengthMs > now);
    return from === -1 ? [] : started.slice(from);
  };
  const own = (now: number) => {
    forget(now);
    return ended.length + countingStarts(now).length;
  };
  const used = (now: number) => own(now) + (others.untilMs > now ? others.count : 0);

  return {
    own,
    used,
    running: () => started.length,
    start: (now) => void started.push(now),
    end(now) {
      const at = started.shift();
      ended.push(now);
      return at;
    },
    othersUsed(count, untilMs) {
      others = { count, untilMs };
    },
    freeAt(now, cap) {
      const count = used(now);
      if (count < cap) return now;
      const expiries = [...ended, ...countingStarts(now)].map((at) => at + lengthMs);
      if (others.untilMs > now) expiries.push(...new Array<number>(others.count).fill(others.untilMs));
      expiries.sort((a, b) => a - b);
      return expiries[count - cap] ?? now;
    },
  };
}

const slowing = 0.75;
const slowest = 0.25;
const recoveryPerWindow = 0.05;

/** How a budget behaves after a 429: everybody pauses, then goes on more slowly, and back to full pace bit by bit. */
export interface Pace {
  readonly pausedUntil: number;
  /** The share of the limit in use, 0.25 to 1. */
  share(now: number): number;
  /** A 429 came for a request that started at `startedAt`. */
  refused(refusal: { readonly startedAt: number; readonly now: number; readonly askedMs?: number | undefined }): void;
  answered(): void;
  pauseUntil(moment: number): void;
}

export function createPace(windowMs: number): Pace {
  let pausedUntil = Number.NEGATIVE_INFINITY;
  let incident: { share: number; over: number } | undefined;
  let refusalsInARow = 0;

  const share = (now: number) => {
    if (incident === undefined) return 1;
    const windows = Math.max(0, (now - incident.over) / windowMs);
    return Math.min(1, incident.share + recoveryPerWindow * windows);
  };
  return {
    get pausedUntil() {
      return pausedUntil;
    },
    share,
    refused({ startedAt, now, askedMs }) {
      // Requests that were on their way when the first 429 came back belong to the same incident.
      const isNew = startedAt >= pausedUntil;
      const pauseMs = askedMs ?? Math.min(windowMs, 1000 * 2 ** refusalsInARow);
      if (isNew) refusalsInARow += 1;
      const lowered = isNew ? Math.max(slowest, share(now) * slowing) : share(now);
      if (isNew || askedMs !== undefined) pausedUntil = Math.max(pausedUntil, now + pauseMs);
      incident = { share: lowered, over: pausedUntil };
    },
    answered() {
      refusalsInARow = 0;
    },
    pauseUntil(moment) {
      pausedUntil = Math.max(pausedUntil, moment);
    },
  };
}

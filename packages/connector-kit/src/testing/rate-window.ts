/** Either room for a request, or how long until there is. */
export interface Admission {
  readonly admitted: boolean;
  readonly remaining: number;
  readonly waitMs: number;
}

export interface RateWindow {
  admit(nowMs: number): Admission;
}

/** Counts as a vendor's gateway does; a refused request does not count. */
export function createRateWindow(requests: number, windowMs: number, kind: "sliding" | "fixed"): RateWindow {
  return kind === "sliding" ? sliding(requests, windowMs) : fixed(requests, windowMs);
}

function sliding(requests: number, windowMs: number): RateWindow {
  let taken: number[] = [];
  return {
    admit(nowMs) {
      taken = taken.filter((time) => time > nowMs - windowMs);
      if (taken.length >= requests) return { admitted: false, remaining: 0, waitMs: (taken[0] as number) + windowMs - nowMs };
      taken.push(nowMs);
      return { admitted: true, remaining: requests - taken.length, waitMs: 0 };
    },
  };
}

function fixed(requests: number, windowMs: number): RateWindow {
  let current = Number.NaN;
  let taken = 0;
  return {
    admit(nowMs) {
      const window = Math.floor(nowMs / windowMs);
      if (window !== current) {
        current = window;
        taken = 0;
      }
      if (taken >= requests) return { admitted: false, remaining: 0, waitMs: (window + 1) * windowMs - nowMs };
      taken += 1;
      return { admitted: true, remaining: requests - taken, waitMs: 0 };
    },
  };
}

/** The vendor's clock: rows get their times from it. */
export interface SimulatorClock {
  now(): Date;
  set(date: Date | string): void;
  advance(ms: number): void;
}

/** Stands still until it is set or advanced; without a start it runs with real time. */
export function createClock(start?: Date | string): SimulatorClock {
  let fixed = start === undefined ? undefined : new Date(start).getTime();
  let ahead = 0;
  return {
    now: () => new Date(fixed ?? Date.now() + ahead),
    set(date) {
      fixed = new Date(date).getTime();
    },
    advance(ms) {
      if (fixed === undefined) ahead += ms;
      else fixed += ms;
    },
  };
}

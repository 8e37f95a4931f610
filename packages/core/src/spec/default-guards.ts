import type { Guards } from "./model.js";

/** What a run asks about where the spec says nothing else. */
export const defaultGuards: Guards = {
  always: false,
  firstRun: true,
  changes: { count: 50, percent: 25 },
  deletes: { count: 10, percent: 2 },
  errors: { count: 10, percent: 2 },
  sourceIsEmpty: true,
};

import { FieldwrightError } from "./problem.js";
import type { Undecided } from "./run.js";

/** Does `work`, or holds the record when an expression of the spec cannot be worked out for it. */
export function orHold<T>(id: string, work: () => T): T | Undecided {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof FieldwrightError) || error.code !== "record/expression") throw error;
    return { kind: "held", id, code: "held/expression", reason: [error.message, error.hint].filter(Boolean).join(" ") };
  }
}

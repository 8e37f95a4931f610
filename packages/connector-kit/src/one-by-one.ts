import type { Outcome } from "./contract.js";
import { VendorError } from "./vendor-error.js";

/**
 * One write after the other, one outcome each, for systems without batches. What stops the stream or the run stops the rest of the batch too: it
 * was not tried, and its outcome says so, without doubt.
 */
export async function oneByOne<T>(items: readonly T[], write: (item: T) => Promise<Outcome>): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  let stop: VendorError | undefined;
  for (const item of items) {
    const outcome: Outcome = stop === undefined ? await outcomeOf(() => write(item)) : { ok: false, error: stop };
    if (stop === undefined && !outcome.ok && stopsAll(outcome.error)) stop = notTried(outcome.error);
    outcomes.push(outcome);
  }
  return outcomes;
}

/** The outcome of a write, also where it threw. */
export async function outcomeOf(write: () => Promise<Outcome>): Promise<Outcome> {
  const tried = await attempt(write);
  return "error" in tried ? { ok: false, error: tried.error } : tried.value;
}

/** What came of it, or why nothing did. */
export async function attempt<T>(work: () => Promise<T> | T): Promise<{ readonly value: T } | { readonly error: VendorError }> {
  try {
    return { value: await work() };
  } catch (error) {
    return { error: error instanceof VendorError ? error : brokenOff(error) };
  }
}

/** Mostly a call that was aborted: what was on its way may have arrived. */
function brokenOff(cause: unknown): VendorError {
  const said = cause instanceof Error ? cause.message : String(cause);
  return new VendorError(`The write was broken off before its answer came: ${said}`, {
    code: "write/broken-off",
    next: "stop-run",
    inDoubt: true,
    hint: "The next run looks whether it was carried out.",
    cause,
  });
}

export function stopsAll(error: VendorError): boolean {
  return error.next === "stop-run" || error.next === "stop-stream";
}

/** The same error for a record that was not sent any more: nothing about it is in doubt. */
export function notTried(error: VendorError): VendorError {
  const { code, next, hint, message, retryAfterMs } = error;
  return new VendorError(`Not tried, because one before it failed: ${message}`, {
    code,
    next,
    cause: error,
    ...(hint === undefined ? {} : { hint }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
}

import { type Outcome, VendorError } from "@fieldwright/connector-kit";

/**
 * One write after the other, one outcome each. What stops the stream or the run stops the rest of the batch too: it was not tried,
 * and its outcome says so with the same error, without doubt.
 */
export async function oneByOne<T>(items: readonly T[], write: (item: T) => Promise<Outcome>): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  let stop: VendorError | undefined;
  for (const item of items) {
    const outcome = stop === undefined ? await outcomeOf(() => write(item)) : refused(stop);
    if (!outcome.ok && stopsAll(outcome.error)) stop = notTried(outcome.error);
    outcomes.push(outcome);
  }
  return outcomes;
}

async function outcomeOf(write: () => Promise<Outcome>): Promise<Outcome> {
  const tried = await attempt(write);
  return "error" in tried ? refused(tried.error) : tried.value;
}

export function refused(error: VendorError): Outcome {
  return { ok: false, error };
}

/** What came of it, or why nothing did. */
export async function attempt<T>(work: () => Promise<T> | T): Promise<{ readonly value: T } | { readonly error: VendorError }> {
  try {
    return { value: await work() };
  } catch (error) {
    return { error: error instanceof VendorError ? error : stopped(error) };
  }
}

/** Mostly a call that was aborted: what was on its way may have arrived. */
function stopped(cause: unknown): VendorError {
  return new VendorError("The write was stopped before its answer came.", {
    code: "fishbowl/stopped",
    next: "stop-run",
    inDoubt: true,
    hint: "Look at the record in Fishbowl; the next run does so by itself.",
    cause,
  });
}

/** Deleting what is gone already is as good as done. */
export async function unlessGone(work: () => Promise<unknown>): Promise<void> {
  const tried = await attempt(work);
  if ("error" in tried && tried.error.code !== "fishbowl/not-found") throw tried.error;
}

export function stopsAll(error: VendorError): boolean {
  return error.next === "stop-run" || error.next === "stop-stream";
}

/** The same error for a record that was not sent any more. */
export function notTried(error: VendorError): VendorError {
  const { code, next, hint, message, retryAfterMs } = error;
  return new VendorError(message, {
    code,
    next,
    cause: error,
    ...(hint === undefined ? {} : { hint }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
}

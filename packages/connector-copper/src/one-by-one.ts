import { asVendorError, type Outcome, VendorError } from "@fieldwright/connector-kit";

/**
 * One write after the other, one outcome each. What stops the stream or the run stops the rest of the batch too: it was not
 * tried, and its outcome says so with the same error, without doubt.
 */
export async function oneByOne<T>(items: readonly T[], write: (item: T) => Promise<Outcome>): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  let stop: VendorError | undefined;
  for (const item of items) {
    const outcome: Outcome = stop === undefined ? await outcomeOf(() => write(item)) : { ok: false, error: stop };
    if (!outcome.ok && stopsAll(outcome.error)) stop = notTried(outcome.error);
    outcomes.push(outcome);
  }
  return outcomes;
}

export async function outcomeOf(write: () => Promise<Outcome>): Promise<Outcome> {
  const tried = await attempt(write);
  return "error" in tried ? { ok: false, error: tried.error } : tried.value;
}

/** What came of it, or why nothing did. */
export async function attempt<T>(work: () => Promise<T> | T): Promise<{ readonly value: T } | { readonly error: VendorError }> {
  try {
    return { value: await work() };
  } catch (error) {
    return { error: asVendorError(error) };
  }
}

export function stopsAll(error: VendorError): boolean {
  return error.next === "stop-run" || error.next === "stop-stream";
}

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

/** The second half of a write that takes several requests: its failure says what the first half left behind. */
export async function thenAlso<T>(done: string, work: () => Promise<T>): Promise<T> {
  const tried = await attempt(work);
  if ("value" in tried) return tried.value;
  const { error } = tried;
  throw new VendorError(`${done}, but the rest of the change failed: ${error.message}`, {
    code: "copper/half-done",
    next: error.next === "retry" ? "hold-record" : error.next,
    inDoubt: true,
    hint: "Look at the record in Copper before the change is tried again.",
    cause: error,
  });
}

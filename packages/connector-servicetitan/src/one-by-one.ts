import { asVendorError, type Outcome, type VendorError } from "@fieldwright/connector-kit";

/**
 * One write after the other, one outcome each: ServiceTitan's writes have no batches. What stops the stream or the run stops the
 * rest of the batch too: it was not tried, and its outcome says so with the same error.
 */
export async function oneByOne<T>(items: readonly T[], write: (item: T) => Promise<Outcome>): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  let stop: VendorError | undefined;
  for (const item of items) {
    const outcome: Outcome = stop === undefined ? await outcomeOf(() => write(item)) : { ok: false, error: stop };
    if (!outcome.ok && !outcome.error.inDoubt && (outcome.error.next === "stop-run" || outcome.error.next === "stop-stream"))
      stop = outcome.error;
    outcomes.push(outcome);
  }
  return outcomes;
}

async function outcomeOf(write: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await write();
  } catch (error) {
    return { ok: false, error: asVendorError(error) };
  }
}

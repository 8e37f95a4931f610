import { asVendorError, type Outcome, VendorError } from "@fieldwright/connector-kit";

/**
 * One write after the other, one outcome each: Centerpoint has no batches. What stops the stream or the run stops the rest
 * of the batch too: it was not tried, and its outcome says so with the same error.
 */
export async function oneByOne<T>(items: readonly T[], write: (item: T) => Promise<Outcome>): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  let stop: VendorError | undefined;
  for (const item of items) {
    const outcome: Outcome = stop === undefined ? await outcomeOf(() => write(item)) : { ok: false, error: stop };
    if (!outcome.ok && (outcome.error.next === "stop-run" || outcome.error.next === "stop-stream")) stop = untried(outcome.error);
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

/** Said of the records behind: whatever the first failure left in doubt, these were never sent. */
function untried({ message, code, next, hint }: VendorError): VendorError {
  return new VendorError(`Not tried, because one before it failed: ${message}`, { code, next, ...(hint === undefined ? {} : { hint }) });
}

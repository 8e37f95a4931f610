import { asVendorError, type Outcome, VendorError } from "@fieldwright/connector-kit";

/**
 * Some writes at a time, one outcome each, in their order. What stops the stream or the run stops those that have not begun: they were
 * not tried, and their outcomes say so with the same error.
 */
export async function inParallel<T>(
  items: readonly T[],
  { parallel, signal }: { readonly parallel: number; readonly signal: AbortSignal },
  write: (item: T) => Promise<Outcome>,
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  let next = 0;
  let stop: VendorError | undefined;
  const lane = async (): Promise<void> => {
    while (next < items.length) {
      const index = next;
      next += 1;
      const outcome: Outcome = stop === undefined ? await outcomeOf(() => write(items[index] as T)) : { ok: false, error: untried(stop) };
      if (!outcome.ok && (outcome.error.next === "stop-run" || outcome.error.next === "stop-stream")) stop ??= outcome.error;
      outcomes[index] = outcome;
    }
  };
  signal.throwIfAborted();
  await Promise.all(Array.from({ length: Math.min(parallel, items.length) }, lane));
  return outcomes;
}

async function outcomeOf(write: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await write();
  } catch (error) {
    return { ok: false, error: asVendorError(error) };
  }
}

/** The doubt is about the record that stopped the others, not about them. */
function untried(error: VendorError): VendorError {
  if (!error.inDoubt) return error;
  const { code, next, hint } = error;
  return new VendorError(error.message, { code, next, cause: error, ...(hint === undefined ? {} : { hint }) });
}

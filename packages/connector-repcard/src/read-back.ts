import { asVendorError, type DataRecord, VendorError } from "@fieldwright/connector-kit";

/** The record as it is after a write. The write is done: a failure to look at it must not be told as a failure to write. */
export async function readBack(look: () => Promise<DataRecord | undefined>): Promise<{ readonly record?: DataRecord }> {
  try {
    const record = await look();
    return record === undefined ? {} : { record };
  } catch (error) {
    if (error instanceof VendorError) return {};
    throw error;
  }
}

/** The second half of a write that takes two requests: its failure says what the first half left behind. */
export async function thenAlso<T>(done: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const cause = asVendorError(error);
    throw new VendorError(`${done}, but the rest of the change failed: ${cause.message}`, {
      code: "repcard/half-done",
      next: cause.next === "retry" ? "hold-record" : cause.next,
      inDoubt: true,
      hint: "Look at the record in RepCard before the change is tried again.",
      cause,
    });
  }
}

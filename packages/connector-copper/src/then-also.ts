import { attempt, VendorError } from "@fieldwright/connector-kit";

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

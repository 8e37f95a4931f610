import { VendorError, type VendorErrorDetails } from "../vendor-error.js";

/** One attempt that did not lead to an answer worth returning. */
export interface Failure {
  readonly error: VendorError;
  /** Whether the vendor may have carried out the request all the same. */
  readonly carriedOut: "no" | "maybe";
  /** Absent where no answer came. */
  readonly status?: number;
}

/** The same error, said or meant otherwise. */
export function restated(error: VendorError, change: Partial<VendorErrorDetails> & { readonly message?: string }): VendorError {
  const { message = error.message, ...details } = change;
  return new VendorError(message, {
    code: error.code,
    next: error.next,
    inDoubt: error.inDoubt,
    ...(error.hint === undefined ? {} : { hint: error.hint }),
    ...(error.retryAfterMs === undefined ? {} : { retryAfterMs: error.retryAfterMs }),
    ...(error.field === undefined ? {} : { field: error.field }),
    ...(error.cause === undefined ? {} : { cause: error.cause }),
    ...details,
  });
}

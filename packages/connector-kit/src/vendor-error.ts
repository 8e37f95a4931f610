/** What to do after a failure: this is the only thing the engine asks an error. */
export type NextStep = "retry" | "hold-record" | "stop-stream" | "stop-run";

export interface VendorErrorDetails {
  /** Permanent, e.g. "http/429", "sql/23505". */
  readonly code: string;
  readonly next: NextStep;
  /** What the person at the keyboard can do. */
  readonly hint?: string;
  /** Earliest sensible moment of another try, in milliseconds from now. */
  readonly retryAfterMs?: number;
  /** Whether the vendor may have carried out the write although no answer came. */
  readonly inDoubt?: boolean;
  /** The field that the vendor objected to. */
  readonly field?: string;
  /** For a record that is refused because it is there already: which one that is, where the vendor says so. */
  readonly alreadyThere?: { readonly stream: string; readonly key: string };
  readonly cause?: unknown;
}

/** A failure at a vendor's side, in plain words, with what to do next. */
export class VendorError extends Error {
  readonly code: string;
  readonly next: NextStep;
  readonly hint?: string;
  readonly retryAfterMs?: number;
  readonly inDoubt: boolean;
  readonly field?: string;
  readonly alreadyThere?: { readonly stream: string; readonly key: string };

  /** A connector may bring a copy of this package of its own: what its errors say to do next counts all the same. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === "VendorError" && "next" in value;
  }

  constructor(message: string, details: VendorErrorDetails) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = "VendorError";
    this.code = details.code;
    this.next = details.next;
    this.inDoubt = details.inDoubt ?? false;
    if (details.hint !== undefined) this.hint = details.hint;
    if (details.retryAfterMs !== undefined) this.retryAfterMs = details.retryAfterMs;
    if (details.field !== undefined) this.field = details.field;
    if (details.alreadyThere !== undefined) this.alreadyThere = details.alreadyThere;
  }
}

/** `error` itself, or what it is worth as a vendor error when it is something unforeseen. */
export function asVendorError(error: unknown): VendorError {
  if (error instanceof VendorError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new VendorError(message, { code: "unexpected", next: "stop-stream", cause: error });
}

/** Something wrong with what a person wrote: all of a file's problems are shown at once. */
export interface Problem {
  /** Permanent, e.g. "spec/unknown-key"; explained in docs/errors.md. */
  readonly code: string;
  readonly severity: "error" | "warning";
  /** What is wrong and why. */
  readonly message: string;
  /** What to do. */
  readonly hint?: string;
  readonly file?: string;
  /** From 1. */
  readonly line?: number;
  /** From 1. */
  readonly column?: number;
  /** The part of the spec or project, e.g. "fields.phone"; what a problem in code has instead of a line. */
  readonly path?: string;
  /** The marked excerpt, ready to print without colours. */
  readonly excerpt?: string;
}

/** A value, or everything that is wrong. */
export type Checked<T> =
  | { readonly ok: true; readonly value: T; readonly warnings: readonly Problem[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** A run-time failure in plain words: what happened, and what to do next. */
export class FieldwrightError extends Error {
  readonly code: string;
  readonly hint?: string;
  readonly problems: readonly Problem[];

  constructor(
    code: string,
    message: string,
    details: { readonly hint?: string; readonly problems?: readonly Problem[]; readonly cause?: unknown } = {},
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = "FieldwrightError";
    this.code = code;
    this.problems = details.problems ?? [];
    if (details.hint !== undefined) this.hint = details.hint;
  }
}

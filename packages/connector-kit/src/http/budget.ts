/** The requests that an account may make, shared by everything that talks to it. */
export interface Budget {
  /**
   * Waits until one more request may start. Every `take` that succeeds is followed by exactly one `learn`.
   * @throws VendorError `stop-run` where that would take longer than a quarter of an hour.
   */
  take(call: { readonly signal: AbortSignal; readonly priority?: "people" | "sync" }): Promise<void>;
  /** What an answer says about the allowance. Status 0: no answer came. */
  learn(headers: Readonly<Record<string, string>>, status: number): void;
  readonly state: {
    readonly limit: number;
    readonly perSeconds: number;
    /** Requests that a sync could start at once. */
    readonly left: number;
    /** Since 1970; `null` while a request may start. */
    readonly waitUntilMs: number | null;
  };
}

import type { ContentfulStatusCode } from "hono/utils/http-status";

/** An answer that says no, with the vendor's status and words. */
export class Refusal extends Error {
  constructor(
    readonly status: ContentfulStatusCode,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.name = "Refusal";
  }
}

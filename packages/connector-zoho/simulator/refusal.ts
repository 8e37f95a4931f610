export type Details = Readonly<Record<string, unknown>>;

/** One thing that Zoho has against a request or a record. */
export interface Complaint {
  readonly code: string;
  readonly details: Details;
  readonly message: string;
  readonly status: "error";
}

export function complaint(code: string, message: string, details: Details = {}): Complaint {
  return { code, details, message, status: "error" };
}

/** A request that is turned down as a whole: a flat body, no `data`. */
export class Refusal extends Error {
  constructor(
    readonly httpStatus: 400 | 401 | 403 | 404 | 429 | 500,
    readonly body: Complaint,
  ) {
    super(body.message);
    this.name = "Refusal";
  }
}

export function refuse(code: string, message: string, details: Details = {}): Refusal {
  return new Refusal(400, complaint(code, message, details));
}

export const invalidToken = complaint("INVALID_TOKEN", "invalid oauth token");
export const tooMany = complaint("TOO_MANY_REQUESTS", "Too many requests fired in concurrency");
export const internalError = complaint("INTERNAL_ERROR", "Internal Server Error");

/** What arrived at the server, as the server saw it. */
export interface Traffic {
  readonly requests: number;
  /** Answers with status 429, whatever their reason. */
  readonly refused: number;
  /** The most requests that arrived within one window of the rate limit (one second where there is none). */
  readonly maxInWindow: number;
  /** The most requests that were open at the same time. */
  readonly maxParallel: number;
  /** Method and path with query, in order of arrival: "GET /v1/people?page=2". The last 10,000. */
  paths(): readonly string[];
  reset(): void;
}

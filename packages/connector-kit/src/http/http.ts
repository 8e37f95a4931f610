import type { Call } from "../contract.js";
import type { VendorError } from "../vendor-error.js";
import type { Query } from "./address.js";
import type { Auth } from "./auth.js";
import type { Budget } from "./budget.js";

export interface HttpOptions {
  /** "https://host/api": its path stays in front of every path. */
  readonly baseUrl: string;
  readonly auth?: Auth;
  readonly headers?: Readonly<Record<string, string>>;
  /** Shared by all streams of a connection. */
  readonly budget?: Budget;
  /** For one attempt with its whole answer. 30,000 if not given. */
  readonly timeoutMs?: number;
  /** 5 if not given. */
  readonly attempts?: number;
  /**
   * The vendor's own reading of an answer, asked for every whole answer, also a 200, before the usual one.
   * `retry` says that nothing was carried out, unless it is `inDoubt` too.
   */
  explain?(answer: Answer): VendorError | undefined;
  /** Told every value that must not be shown. */
  secret?(value: string): void;
  /** 500 and 30,000 if not given. */
  readonly backOff?: { readonly firstMs: number; readonly maxMs: number };
}

/** Requests to one vendor; each failure is a `VendorError`, and one worth repeating has been repeated. */
export interface Http {
  /** The parsed JSON body; `undefined` for a 204. */
  get<T>(path: string, query: Query | undefined, call: Call): Promise<T>;
  send(request: HttpRequest, call: Call): Promise<Answer>;
  /** Waits for requests that are running. */
  close(): Promise<void>;
}

export interface HttpRequest {
  readonly method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Below `baseUrl`, or an absolute URL; one of another origin gets neither auth nor the headers of `HttpOptions`. */
  readonly path: string;
  readonly query?: Query;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly form?: Readonly<Record<string, string>>;
  /** Whether doing it twice does the same as once. `true` for GET, PUT and DELETE if not given. */
  readonly safeToRepeat?: boolean;
}

export interface Answer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed JSON, or the text where it is none; `undefined` where it is empty. */
  readonly body: unknown;
  readonly text: string;
  /** The values of secret parameters are hidden. */
  readonly url: string;
}

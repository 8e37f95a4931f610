import { VendorError, type VendorErrorDetails } from "../vendor-error.js";
import type { Incoming, Outgoing } from "./exchange.js";
import type { Failure } from "./failure.js";
import { askedWaitMs } from "./rate-headers.js";
import type { ReadBody } from "./read-body.js";
import { vendorWords, visibleText } from "./vendor-words.js";

/** What the caller can use: `json` nothing but JSON, `api` no HTML page, `any` whatever comes. */
export type Wanted = "json" | "api" | "any";

export interface Judged {
  readonly asked: Outgoing & { readonly own: boolean; readonly wanted: Wanted };
  readonly got: Incoming;
  readonly read: ReadBody;
}

/** What an answer is worth when the vendor's own reading says nothing; `undefined` when it is a good one. */
export function answerFailure(judged: Judged): Failure | undefined {
  const { status } = judged.got;
  if (status < 300 || status === 304) return unreadable(judged);
  const { details, carriedOut, what } = meaning(judged);
  const words = vendorWords(judged.read.body);
  const said = words.text === undefined ? "." : `: ${words.text}${/[.!?…]$/.test(words.text) ? "" : "."}`;
  const message = `${judged.asked.method} ${judged.asked.shown} ${what} (${status})${said}`;
  const field = words.field === undefined ? {} : { field: words.field };
  return { status, carriedOut, error: new VendorError(message, { code: `http/${status}`, ...field, ...details }) };
}

interface Meaning {
  readonly what: string;
  readonly details: Pick<VendorErrorDetails, "next" | "hint" | "retryAfterMs">;
  readonly carriedOut: "no" | "maybe";
}

function meaning({ asked, got }: Judged): Meaning {
  const { status } = got;
  if (status < 400) return redirected(got, asked.url);
  if (status === 429 || status === 503) {
    const wait = askedWaitMs(got.headers, Date.now());
    const what = status === 429 ? "came too soon after others" : "met a system that is not available now";
    return { what, carriedOut: "no", details: { next: "retry", ...(wait === undefined ? {} : { retryAfterMs: wait }) } };
  }
  if (status === 425) return { what: "came too early", carriedOut: "no", details: { next: "retry" } };
  if (status >= 500 || status === 408) return { what: "failed at the other side", carriedOut: "maybe", details: { next: "retry" } };
  // A file at another host has nothing to do with the account's own rights.
  if (!asked.own) return { what: "was refused", carriedOut: "no", details: { next: "hold-record" } };
  if (status === 401) {
    const hint = "Check the key or token of this connection: it may be mistyped, revoked, expired, or meant for another account.";
    return { what: "was refused: the key refused", carriedOut: "no", details: { next: "stop-run", hint } };
  }
  if (status === 402 || status === 403) {
    const hint = "Give the key's user the right to this kind of record, check that the plan includes it, or leave this stream out.";
    return { what: "is not allowed with this key", carriedOut: "no", details: { next: "stop-stream", hint } };
  }
  const what = status === 404 || status === 410 ? "found nothing" : "was refused";
  return { what, carriedOut: "no", details: { next: "hold-record" } };
}

function redirected(got: Incoming, from: URL): Meaning {
  const location = got.headers.location ?? "";
  const host = URL.canParse(location, from.href) ? ` to ${new URL(location, from.href).host}` : "";
  const hint = "Check the address of this connection. Redirects are not followed, so that a key never goes to a host that nobody named.";
  return { what: `was sent on${host}`, carriedOut: "no", details: { next: "stop-stream", hint } };
}

/** A success whose body is not what the caller can use. */
function unreadable({ asked, got, read }: Judged): Failure | undefined {
  const { status } = got;
  const where = `${asked.method} ${asked.shown}`;
  if (read.form === "broken" || (read.form === "empty" && asked.wanted === "json" && status === 200)) {
    const what = read.form === "broken" ? `was cut off, or is no valid JSON (${got.text.length} characters)` : "is empty";
    return {
      status,
      carriedOut: "maybe",
      error: new VendorError(`The answer to ${where} ${what}.`, { code: "http/bad-json", next: "retry" }),
    };
  }
  const isPage = read.form === "html" && asked.wanted !== "any";
  if (!isPage && !(asked.wanted === "json" && (read.form === "text" || read.form === "html"))) return undefined;
  const shows = visibleText(got.text, 80);
  const kind = isPage ? "a web page" : "plain text";
  return {
    status,
    carriedOut: "maybe",
    error: new VendorError(`${where} was answered with ${kind} instead of data${shows === "" ? "." : `: "${shows}"`}`, {
      code: "http/not-json",
      next: "stop-stream",
      hint: "Check the address of this connection, and whether a login page or a proxy stands in the way.",
    }),
  };
}

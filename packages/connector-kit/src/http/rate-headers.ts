type Headers = Readonly<Record<string, string>>;

/** A run does not sit out a longer wait: it stops, and the next one goes on where it stopped. */
export const longestWaitMs = 15 * 60_000;

const resetNames = ["x-ratelimit-reset", "ratelimit-reset", "x-rate-limit-reset"];

/** How long the vendor asks to wait, by `Retry-After` and the reset of the rate limit, whichever is later. */
export function askedWaitMs(headers: Headers, nowMs: number): number | undefined {
  const waits = [momentMs(headers["retry-after"], headers, nowMs), resetMs(headers, nowMs)].filter((wait) => wait !== undefined);
  return waits.length === 0 ? undefined : Math.max(...waits);
}

/** Milliseconds until the vendor's window starts anew. */
export function resetMs(headers: Headers, nowMs: number): number | undefined {
  return momentMs(first(headers, resetNames), headers, nowMs);
}

export interface RateWords {
  readonly limit?: number;
  readonly remaining?: number;
  /** Where the vendor names the window: `100;w=60`. */
  readonly perSeconds?: number;
}

export function rateWords(headers: Headers): RateWords {
  const limit = first(headers, ["x-ratelimit-limit", "ratelimit-limit", "x-rate-limit-limit"]);
  const remaining = first(headers, ["x-ratelimit-remaining", "ratelimit-remaining", "x-rate-limit-remaining"]);
  const window = limit?.match(/;\s*w=(\d+)/)?.[1];
  return { ...number("limit", limit, 1), ...number("remaining", remaining, 0), ...number("perSeconds", window, 1) };
}

function number(name: string, text: string | undefined, least: number): Record<string, number> {
  const value = Number.parseInt(text ?? "", 10);
  return Number.isFinite(value) && value >= least ? { [name]: value } : {};
}

function first(headers: Headers, names: readonly string[]): string | undefined {
  const name = names.find((name) => headers[name] !== undefined);
  return name === undefined ? undefined : headers[name];
}

/** Seconds from now, seconds or milliseconds since 1970, or a date; those are all in use. */
function momentMs(text: string | undefined, headers: Headers, nowMs: number): number | undefined {
  if (text === undefined || text.trim() === "") return undefined;
  const value = Number(text);
  if (Number.isFinite(value) && value < 1e9) return Math.max(0, value * 1000);
  const moment = Number.isFinite(value) ? (value < 1e11 ? value * 1000 : value) : Date.parse(text);
  if (Number.isNaN(moment)) return undefined;
  // A moment is by the vendor's clock, and so is the Date header: their difference is right though our clock may be wrong.
  const vendorNow = Date.parse(headers.date ?? "");
  return Math.max(0, moment - (Number.isNaN(vendorNow) ? nowMs : vendorNow));
}

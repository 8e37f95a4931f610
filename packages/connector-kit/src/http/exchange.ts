import { promisify } from "node:util";
import { brotliDecompress, gunzip, inflate } from "node:zlib";
import type { Dispatcher } from "undici";
import { VendorError } from "../vendor-error.js";
import type { Failure } from "./failure.js";
import { socketFailure } from "./socket-failure.js";
import { onAbort } from "./wait.js";

/** A request as it goes over the wire. */
export interface Outgoing {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly url: URL;
  /** Where it goes, for messages: no query, since that may hold secrets or people's data. */
  readonly shown: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
}

export interface Incoming {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

const unpackers: Readonly<Record<string, (packed: Buffer) => Promise<Buffer>>> = {
  gzip: promisify<Buffer, Buffer>(gunzip),
  deflate: promisify<Buffer, Buffer>(inflate),
  br: promisify<Buffer, Buffer>(brotliDecompress),
};

/** Sends once and reads the whole answer, in `timeoutMs` altogether. */
export async function exchange(
  through: Dispatcher,
  outgoing: Outgoing,
  limit: { readonly signal: AbortSignal; readonly timeoutMs: number },
): Promise<Incoming | Failure> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), limit.timeoutMs);
  // AbortSignal.any would do this, but in Node 20 it leaks on a signal that lives as long as a run.
  const forget = onAbort(limit.signal, () => stop.abort(limit.signal.reason));
  try {
    return await roundTrip(through, outgoing, stop.signal);
  } catch (error) {
    limit.signal.throwIfAborted();
    if (stop.signal.aborted) return { error: late(outgoing, limit.timeoutMs), carriedOut: "maybe" };
    const failure = socketFailure(error, { method: outgoing.method, shown: outgoing.shown, host: outgoing.url.host });
    if (failure === undefined) throw error;
    return failure;
  } finally {
    clearTimeout(timer);
    forget();
  }
}

function late(outgoing: Outgoing, timeoutMs: number): VendorError {
  return new VendorError(`${outgoing.method} ${outgoing.shown} had no whole answer after ${timeoutMs / 1000} s.`, {
    code: "http/timeout",
    next: "retry",
    hint: "Ask for smaller pages, or allow more time.",
  });
}

async function roundTrip(through: Dispatcher, outgoing: Outgoing, signal: AbortSignal): Promise<Incoming> {
  signal.throwIfAborted();
  const { method, url } = outgoing;
  const body = outgoing.body ?? null;
  const response = await through.request({
    origin: url.origin,
    path: url.pathname + url.search,
    method,
    headers: outgoing.headers,
    body,
    signal,
  });
  const headers = plainHeaders(response.headers);
  try {
    return { status: response.statusCode, headers, text: await readText(response.body, headers["content-encoding"]) };
  } catch (error) {
    // The status alone says that the vendor refused it, so half an explanation must not turn that into doubt.
    if (response.statusCode >= 400 && response.statusCode < 500 && !signal.aborted)
      return { status: response.statusCode, headers, text: "" };
    throw error;
  }
}

async function readText(body: Dispatcher.ResponseData["body"], encoding: string | undefined): Promise<string> {
  const unpack = encoding === undefined ? undefined : unpackers[encoding.toLowerCase()];
  if (unpack === undefined) return body.text();
  const packed = Buffer.from(await body.arrayBuffer());
  return packed.length === 0 ? "" : (await unpack(packed)).toString("utf8");
}

function plainHeaders(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const plain: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    // Cookies may hold commas, so they stand one a line.
    if (value !== undefined) plain[name] = Array.isArray(value) ? value.join(name === "set-cookie" ? "\n" : ", ") : value;
  }
  return plain;
}

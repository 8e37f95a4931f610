import type { Call } from "@fieldwright/connector-kit";
import type { FilesOptions } from "./file-options.js";

export interface Downloading {
  readonly options: FilesOptions;
  /** The value of the header `authorization`. */
  readonly token: string;
}

/**
 * What is in a file. The kit's client reads every body as text, which a picture does not survive. Addresses may be signed and short-lived,
 * so there is one try, and the next read of the list makes another.
 * @returns the bytes, or in words why there are none.
 */
export async function download({ options, token }: Downloading, url: string, call: Call): Promise<Uint8Array | string> {
  if (!URL.canParse(url)) return "it has no address";
  const first = await fetched(url, { options, headers: {} }, call);
  if (typeof first === "string" || first.ok) return bytesOf(first);
  const mayAsk = (first.status === 401 || first.status === 403) && options.tokenHosts.includes(new URL(url).host);
  if (!mayAsk) return bytesOf(first);
  return bytesOf(await fetched(url, { options, headers: { authorization: token } }, call));
}

type Fetched = { readonly ok: boolean; readonly status: number; readonly type: string; readonly bytes: Uint8Array } | string;

async function fetched(
  url: string,
  { options, headers }: { readonly options: FilesOptions; readonly headers: Readonly<Record<string, string>> },
  call: Call,
): Promise<Fetched> {
  call.signal.throwIfAborted();
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), options.timeoutMs);
  const abort = () => stop.abort();
  call.signal.addEventListener("abort", abort, { once: true });
  try {
    const answer = await fetch(url, { headers, signal: stop.signal, redirect: "authorization" in headers ? "error" : "follow" });
    const bytes = new Uint8Array(await answer.arrayBuffer());
    return { ok: answer.ok, status: answer.status, type: answer.headers.get("content-type") ?? "", bytes };
  } catch {
    call.signal.throwIfAborted();
    return stop.signal.aborted ? `it took longer than ${options.timeoutMs / 1000} s` : "its server could not be reached";
  } finally {
    clearTimeout(timer);
    call.signal.removeEventListener("abort", abort);
  }
}

/** A page of HTML in place of a picture is a login or an error, whatever its status. */
function bytesOf(got: Fetched): Uint8Array | string {
  if (typeof got === "string") return got;
  if (!got.ok) return `its server answered ${got.status}`;
  return got.type.includes("text/html") ? "a web page came in its place" : got.bytes;
}

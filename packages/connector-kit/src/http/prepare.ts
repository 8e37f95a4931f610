import { addressOf } from "./address.js";
import type { Wanted } from "./answer-failure.js";
import type { Outgoing } from "./exchange.js";
import type { HttpOptions, HttpRequest } from "./http.js";

/** A request ready to go, but for its auth. */
export interface Prepared extends Outgoing {
  /** It goes to the connection's own origin. */
  readonly own: boolean;
  readonly safe: boolean;
  readonly wanted: Wanted;
}

interface Sender {
  readonly base: URL;
  readonly options: HttpOptions;
  readonly wanted: "json" | "api";
}

export function prepare({ base, options, wanted }: Sender, request: HttpRequest): Prepared {
  const url = addressOf(base, request.path, request.query);
  const own = url.origin === base.origin;
  const method = request.method ?? "GET";
  const body = bodyOf(request);
  const headers = {
    accept: own ? "application/json" : "*/*",
    "accept-encoding": "gzip, deflate, br",
    "user-agent": "fieldwright",
    ...body.type,
    ...(own ? lowerCased(options.headers) : {}),
    ...lowerCased(request.headers),
  };
  return {
    method,
    url,
    shown: `${url.origin}${url.pathname}`,
    headers,
    body: body.text,
    own,
    safe: request.safeToRepeat ?? (method !== "POST" && method !== "PATCH"),
    wanted: wanted === "api" && !headers.accept.includes("json") ? "any" : wanted,
  };
}

function bodyOf(request: HttpRequest): { readonly text?: string; readonly type?: Readonly<Record<string, string>> } {
  if (request.json !== undefined) return { text: JSON.stringify(request.json), type: { "content-type": "application/json" } };
  if (request.form !== undefined)
    return { text: new URLSearchParams(request.form).toString(), type: { "content-type": "application/x-www-form-urlencoded" } };
  return {};
}

function lowerCased(headers: Readonly<Record<string, string>> | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
}

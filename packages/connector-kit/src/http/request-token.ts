import type { TokenEndpointResponse } from "oauth4webapi";
import { createRedactor } from "../redact.js";
import { VendorError } from "../vendor-error.js";
import { parseBase } from "./address.js";
import { exchange } from "./exchange.js";
import { askedWaitMs } from "./rate-headers.js";

export interface TokenRequest {
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly grant: "client_credentials" | "refresh_token";
  readonly parameters: Readonly<Record<string, string>>;
}

const timeoutMs = 30_000;

/**
 * Asks a token endpoint once.
 * @throws VendorError `stop-run` where the credentials are refused, `retry` where the endpoint could not answer.
 */
export async function requestToken(asked: TokenRequest): Promise<TokenEndpointResponse> {
  // Loaded here: most connections need neither.
  const oauth = await import("oauth4webapi");
  const url = parseBase(asked.tokenUrl);
  const server = { issuer: url.origin, token_endpoint: url.href };
  const client = { client_id: asked.clientId };
  try {
    const response = await oauth.genericTokenEndpointRequest(
      server,
      client,
      oauth.ClientSecretPost(asked.clientSecret),
      asked.grant,
      { ...asked.parameters },
      {
        [oauth.allowInsecureRequests]: url.protocol === "http:",
        [oauth.customFetch]: (_, request) => post(url, { headers: request.headers, body: String(request.body) }),
      },
    );
    return await oauth.processGenericTokenEndpointResponse(server, client, response);
  } catch (error) {
    if (error instanceof VendorError) throw error;
    const said =
      error instanceof oauth.ResponseBodyError
        ? `${error.error}${error.error_description === undefined ? "" : ` (${error.error_description})`}`
        : "its answer holds no usable token";
    throw refused(asked, url, said);
  }
}

async function post(url: URL, { headers, body }: { headers: Readonly<Record<string, string>>; body: string }): Promise<Response> {
  const { getGlobalDispatcher } = await import("undici");
  const shown = `${url.origin}${url.pathname}`;
  // No caller's signal: a refresh that is given up half-way may have used up its token, and others wait for it too.
  const signal = new AbortController().signal;
  const got = await exchange(getGlobalDispatcher(), { method: "POST", url, shown, headers, body }, { signal, timeoutMs });
  if ("error" in got) throw got.error;
  if (got.status === 429 || got.status >= 500) {
    const wait = askedWaitMs(got.headers, Date.now());
    throw new VendorError(`The token endpoint ${shown} answered ${got.status}.`, {
      code: `http/${got.status}`,
      next: "retry",
      ...(wait === undefined ? {} : { retryAfterMs: wait }),
    });
  }
  return repaired(got.status, tokenAnswer(got, shown));
}

/** A good status with something else than JSON is a page of somebody in between, or an answer that was cut off: no word about the credentials. */
function tokenAnswer(got: { readonly status: number; readonly text: string }, shown: string): Record<string, unknown> {
  try {
    return { ...(JSON.parse(got.text) as Record<string, unknown>) };
  } catch {
    if (got.status >= 400) return {};
    throw new VendorError(`The token endpoint ${shown} answered with something else than JSON.`, {
      code: "http/broken-answer",
      next: "retry",
      hint: "Something between here and the vendor may have answered in its place.",
    });
  }
}

/** Several vendors leave out the type of the token, or report an error with status 200. */
function repaired(status: number, body: Readonly<Record<string, unknown>>): Response {
  const { access_token, refresh_token, expires_in, error, error_description } = body;
  const failed = typeof error === "string" || status >= 400;
  const kept = failed
    ? {
        error: typeof error === "string" ? error : `status ${status}`,
        error_description: typeof error_description === "string" ? error_description : undefined,
      }
    : { access_token, token_type: "bearer", refresh_token: refresh_token ?? undefined, expires_in: expires_in ?? undefined };
  return new Response(JSON.stringify(kept), { status: failed ? 400 : 200, headers: { "content-type": "application/json" } });
}

function refused(asked: TokenRequest, url: URL, said: string): VendorError {
  const redactor = createRedactor();
  for (const secret of [asked.clientSecret, asked.parameters.refresh_token ?? ""]) redactor.add(secret);
  const what = asked.grant === "refresh_token" ? "the refresh token" : "the client credentials";
  return new VendorError(redactor.redact(`${url.host} gave no access token for ${what}: ${said}.`), {
    code: "auth/refused",
    next: "stop-run",
    hint:
      asked.grant === "refresh_token"
        ? "Authorize the connection again, and check client id and client secret."
        : "Check client id, client secret and scope of this connection.",
  });
}

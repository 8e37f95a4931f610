import { type Answer, type Auth, type Call, createBudget, createHttp, VendorError, type World } from "@fieldwright/connector-kit";
import { accountsServerOf } from "./data-centres.js";
import type { ZohoOptions } from "./options.js";

// More new tokens than these for one refresh token are refused.
const refreshLimits = { requests: 10, perSeconds: 600 };

export interface Token {
  readonly value: string;
  readonly apiDomain: string;
  readonly usableUntilMs: number;
}

/** Access tokens of one refresh token: at most one is asked for at a time, and kept for the hour that it lives. */
export interface SignIn extends Auth {
  token(call: Call): Promise<Token>;
  /** Told of refusals that another token would meet too. */
  refused(code: string): void;
  close(): Promise<void>;
}

export function createSignIn(options: ZohoOptions, world: World): SignIn {
  const { clientId, clientSecret, refreshToken, timeoutMs } = options;
  const accountsUrl = options.accountsUrl ?? accountsServerOf(options.dataCentre);
  const http = createHttp({
    baseUrl: accountsUrl,
    budget: createBudget(refreshLimits, world.waiting ? { onWait: world.waiting } : {}),
    timeoutMs,
    explain: (answer) => explainToken(answer, options),
    secret: world.secret,
    ...(options.attempts === undefined ? {} : { attempts: options.attempts }),
  });
  for (const secret of [clientSecret, refreshToken]) world.secret(secret);
  const usedBy = new WeakMap<Call, string>();
  let current: Token | undefined;
  let flight: Promise<Token> | undefined;
  let lastRefusal = "";

  const fetchToken = async (): Promise<Token> => {
    const form = { grant_type: "refresh_token", client_id: clientId, client_secret: clientSecret, refresh_token: refreshToken };
    // No caller's signal: others wait for this token too. Twice is no harm, only another of ten.
    const alone: Call = { signal: new AbortController().signal };
    const answer = await http.send({ method: "POST", path: "/oauth/v2/token", form, safeToRepeat: true }, alone);
    const token = tokenIn(answer, world.now().getTime());
    world.secret(token.value);
    return token;
  };
  const fresh = (): Promise<Token> => {
    flight ??= fetchToken()
      .then((token) => {
        current = token;
        return token;
      })
      .finally(() => {
        flight = undefined;
      });
    return flight;
  };
  const token = async (call: Call): Promise<Token> => {
    call.signal.throwIfAborted();
    const isGood = current !== undefined && current.usableUntilMs > world.now().getTime() && flight === undefined;
    return isGood && current !== undefined ? current : fresh();
  };
  return {
    token,
    async apply(headers, call) {
      const { value } = await token(call);
      headers.authorization = `Zoho-oauthtoken ${value}`;
      usedBy.set(call, value);
    },
    async renew(call) {
      if (lastRefusal === "zoho/scope-missing") return false;
      const refused = usedBy.get(call);
      if (current !== undefined && refused !== undefined && refused !== current.value) return true;
      await fresh();
      return true;
    },
    refused(code) {
      lastRefusal = code;
    },
    close: () => http.close(),
  };
}

function tokenIn(answer: Answer, nowMs: number): Token {
  const body = (answer.body ?? {}) as { access_token?: unknown; api_domain?: unknown; expires_in?: unknown; expires_in_sec?: unknown };
  const { access_token, api_domain } = body;
  if (typeof access_token !== "string" || typeof api_domain !== "string" || !URL.canParse(api_domain))
    throw new VendorError("Zoho's accounts server gave an answer without an access token and its api_domain.", {
      code: "zoho/no-token",
      next: "stop-run",
      hint: "Check `accountsUrl`; without it `dataCentre` says where to sign in.",
    });
  // Older servers tell milliseconds, and the seconds beside them.
  const seconds = Number(body.expires_in_sec ?? body.expires_in ?? 3600);
  const lifeMs = (Number.isFinite(seconds) ? seconds : 3600) * 1000;
  return { value: access_token, apiDomain: api_domain, usableUntilMs: nowMs + lifeMs - Math.min(60_000, lifeMs / 10) };
}

/** Refusals come with status 200: the `error` says it. */
function explainToken({ body }: Answer, options: ZohoOptions): VendorError | undefined {
  const { error, error_description } = (typeof body === "object" && body !== null ? body : {}) as Record<string, unknown>;
  if (typeof error !== "string") return undefined;
  const where = options.accountsUrl === undefined ? `data centre "${options.dataCentre}"` : new URL(options.accountsUrl).host;
  const said = typeof error_description === "string" ? `${error}: ${error_description.replace(/\.$/, "")}` : error;
  if (/too many/i.test(said) || /^access.denied$/i.test(error))
    return new VendorError(`Zoho gives this refresh token no more access tokens for now (${said}).`, {
      code: "zoho/too-many-sign-ins",
      next: "stop-run",
      retryAfterMs: refreshLimits.perSeconds * 1000,
      hint: "Zoho gives ten in ten minutes. Run again after ten minutes, and look whether another program uses the same refresh token.",
    });
  if (/client|redirect/i.test(error))
    return new VendorError(`Zoho does not know this client at ${where} (${said}).`, {
      code: "zoho/unknown-client",
      next: "stop-run",
      hint: "Check `clientId` and `clientSecret`, and `dataCentre`: a client is known only in the data centre where it was made.",
    });
  return new VendorError(`Zoho does not accept the refresh token at ${where} (${said}).`, {
    code: "zoho/refresh-token-refused",
    next: "stop-run",
    hint: "Authorize the connection again: the token was revoked, replaced by a twenty-first one, or belongs to another data centre or client.",
  });
}

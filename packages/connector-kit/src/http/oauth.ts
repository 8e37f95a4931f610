import type { Call } from "../contract.js";
import { VendorError } from "../vendor-error.js";
import type { Auth } from "./auth.js";
import { requestToken } from "./request-token.js";
import { unlessAborted } from "./wait.js";

interface TokenClient {
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Before the token in the `authorization` header, "Bearer " if not given. */
  readonly prefix?: string;
  readonly now?: () => number;
}

export interface ClientCredentials extends TokenClient {
  readonly scope?: string;
  /** Further parameters that the vendor's token endpoint wants. */
  readonly extra?: Readonly<Record<string, string>>;
}

export interface RefreshToken extends TokenClient {
  readonly refreshToken: string;
  /** Keeps the new refresh token where the vendor gives one with each refresh; no request goes out before it is kept. */
  onRotated?(token: string): Promise<void>;
}

/** OAuth 2 client credentials: the token is kept until shortly before it expires. */
export function clientCredentialsAuth(options: ClientCredentials): Auth {
  const parameters = { ...options.extra, ...(options.scope === undefined ? {} : { scope: options.scope }) };
  return tokenAuth(options, async () => {
    const got = await requestToken({ ...options, grant: "client_credentials", parameters });
    return { value: got.access_token, seconds: got.expires_in };
  });
}

/** OAuth 2 refresh token, also where each refresh brings a new one. */
export function refreshTokenAuth(options: RefreshToken): Auth {
  let refreshToken = options.refreshToken.trim();
  let kept = true;
  return tokenAuth(options, async () => {
    const got = await requestToken({ ...options, grant: "refresh_token", parameters: { refresh_token: refreshToken } });
    if (got.refresh_token !== undefined && got.refresh_token !== refreshToken) {
      refreshToken = got.refresh_token;
      kept = false;
    }
    if (!kept) await keep(options, refreshToken);
    kept = true;
    return { value: got.access_token, seconds: got.expires_in };
  });
}

async function keep(options: RefreshToken, token: string): Promise<void> {
  try {
    await options.onRotated?.(token);
  } catch (cause) {
    throw new VendorError(`The new refresh token of ${new URL(options.tokenUrl).host} could not be kept.`, {
      code: "auth/not-kept",
      next: "stop-run",
      hint: "Make the place writable where refresh tokens are kept. If this program ends before that, authorize the connection again.",
      cause,
    });
  }
}

interface Token {
  readonly value: string;
  readonly usableUntil: number;
}

function tokenAuth(options: TokenClient, fetchToken: () => Promise<{ value: string; seconds: number | undefined }>): Auth {
  const now = options.now ?? Date.now;
  const prefix = options.prefix ?? "Bearer ";
  const usedBy = new WeakMap<Call, string>();
  let current: Token | undefined;
  let flight: Promise<Token> | undefined;

  const fresh = (): Promise<Token> => {
    flight ??= fetchToken()
      .then(({ value, seconds }) => {
        current = { value, usableUntil: usableUntil(now(), seconds) };
        return current;
      })
      .finally(() => {
        flight = undefined;
      });
    return flight;
  };
  return {
    async apply(headers, call) {
      const token =
        current !== undefined && current.usableUntil > now() && flight === undefined ? current : await unlessAborted(fresh(), call.signal);
      headers.authorization = prefix + token.value;
      usedBy.set(call, token.value);
    },
    async renew(call) {
      // Refused with a token that has been replaced meanwhile: the new one was not tried yet.
      const refused = usedBy.get(call);
      if (current !== undefined && refused !== undefined && refused !== current.value) return true;
      await unlessAborted(fresh(), call.signal);
      return true;
    },
  };
}

/** A minute before it expires, or a tenth of its life where that is short; without a word on it, until it is refused. */
function usableUntil(now: number, seconds: number | undefined): number {
  if (seconds === undefined) return Number.POSITIVE_INFINITY;
  return now + seconds * 1000 - Math.min(60_000, seconds * 100);
}

import { type Auth, type Call, type Http, VendorError } from "@fieldwright/connector-kit";

export interface Login {
  /** Sends without auth. */
  readonly http: Http;
  readonly collection: string;
  readonly email: string;
  readonly password: string;
  readonly now: () => Date;
  secret(value: string): void;
}

interface Token {
  readonly value: string;
  readonly usableUntilMs: number;
}

/** Renewed this long before it expires. */
const marginMs = 60_000;

/**
 * Logs in when first asked, and again shortly before the token expires. Payload answers a dead token as it does a stranger, with a 403
 * or fewer records: whoever finds that out calls `renew`.
 */
export function loginAuth(login: Login): Auth & { renew(call: Call): Promise<boolean> } {
  const usedBy = new WeakMap<Call, string>();
  let current: Token | undefined;
  let flight: Promise<Token> | undefined;
  const fresh = (): Promise<Token> => {
    flight ??= logIn(login)
      .then((token) => {
        current = token;
        return token;
      })
      .finally(() => {
        flight = undefined;
      });
    return flight;
  };
  return {
    async apply(headers, call) {
      const isGood = current !== undefined && current.usableUntilMs > login.now().getTime() && flight === undefined;
      const token = isGood && current !== undefined ? current : await fresh();
      headers.authorization = `JWT ${token.value}`;
      usedBy.set(call, token.value);
    },
    async renew(call) {
      const refused = usedBy.get(call);
      // Refused with a token that has been replaced meanwhile: the new one was not tried yet.
      if (current === undefined || refused === undefined || refused === current.value) await fresh();
      return true;
    },
  };
}

/** With a signal of its own: others wait for this login too. */
async function logIn({ http, collection, email, password, now, secret }: Login): Promise<Token> {
  const call: Call = { signal: new AbortController().signal };
  const answer = await http.send({ method: "POST", path: `/${collection}/login`, json: { email, password }, safeToRepeat: true }, call);
  const { token, exp } = answer.body as { readonly token?: unknown; readonly exp?: unknown };
  if (typeof token !== "string" || token === "") {
    throw new VendorError(`Payload let ${collection} log in, but gave no token.`, {
      code: "payload/no-token",
      next: "stop-run",
      hint: "The collection may keep its tokens out of its answers (removeTokenFromResponses): use an API key.",
    });
  }
  secret(token);
  const lifeMs = typeof exp === "number" ? exp * 1000 - now().getTime() : 0;
  return { value: token, usableUntilMs: now().getTime() + lifeMs - Math.min(marginMs, lifeMs / 10) };
}

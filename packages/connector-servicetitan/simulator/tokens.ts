import { startSimulator } from "@fieldwright/connector-kit/testing";
import type { Settings } from "./options.js";

const lifeSeconds = 900;

export interface Tokens {
  readonly url: string;
  /** How many have been given out. */
  readonly given: number;
  isGood(token: string): boolean;
  /** From now on none that was given out is good. */
  revoke(): void;
  close(): Promise<void>;
}

/** The host that gives tokens: another one than the API's. */
export async function startTokens({ credentials, clock }: Settings): Promise<Tokens> {
  const expires = new Map<string, number>();
  let given = 0;
  const handler = async (request: Request): Promise<Response> => {
    if (request.method !== "POST" || new URL(request.url).pathname !== "/connect/token") return new Response(null, { status: 404 });
    const form = new URLSearchParams(await request.text());
    if (form.get("grant_type") !== "client_credentials") return Response.json({ error: "unsupported_grant_type" }, { status: 400 });
    const right = form.get("client_id") === credentials.clientId && form.get("client_secret") === credentials.clientSecret;
    if (!right) return Response.json({ error: "invalid_client" }, { status: 400 });
    given += 1;
    const token = `demo-token-number-${given}`;
    expires.set(token, clock.now().getTime() + lifeSeconds * 1000);
    return Response.json({
      access_token: token,
      expires_in: lifeSeconds,
      token_type: "Bearer",
      scope: "tn.crm.customers:r tn.crm.customers:w",
    });
  };
  const server = await startSimulator({ handler, options: () => ({}), secrets: [], tables: {} });
  return {
    url: `${server.url}/connect/token`,
    get given() {
      return given;
    },
    isGood: (token) => (expires.get(token) ?? 0) > clock.now().getTime(),
    revoke: () => expires.clear(),
    close: () => server.close(),
  };
}

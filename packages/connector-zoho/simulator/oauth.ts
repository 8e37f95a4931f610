import { createHash } from "node:crypto";
import type { Context } from "hono";
import type { Org } from "./org.js";

const tokenLifeMs = 3_600_000;
const liveTokens = 15;
const refreshes = 10;
const refreshWindowMs = 10 * 60_000;

/** The accounts server. Its refusals come with status 200. */
export interface Accounts {
  token(c: Context): Promise<Response>;
  revoke(c: Context): Promise<Response>;
  /** When the token of an `authorization` header ends; `undefined` where it is none of ours. */
  expiryOf(token: string): number | undefined;
  /** The refresh token does not work any longer. */
  cutOff(): void;
  /** Every access token stops working, as after a change of password. */
  dropTokens(): void;
  readonly refreshes: number;
}

export function createAccounts(org: Org, secrets: string[]): Accounts {
  let live: { readonly token: string; readonly expiresMs: number }[] = [];
  let recent: number[] = [];
  let revoked = false;
  let issued = 0;
  const { settings } = org;

  const refusalOf = (asked: ReadonlyMap<string, string>): Record<string, string> | undefined => {
    if (asked.get("client_id") !== settings.clientId) return { error: "invalid_client" };
    if (asked.get("client_secret") !== settings.clientSecret) return { error: "invalid_client_secret" };
    if (asked.get("grant_type") !== "refresh_token") return { error: "invalid_code" };
    if (revoked || asked.get("refresh_token") !== settings.refreshToken) return { error: "invalid_code" };
    recent = recent.filter((at) => at > org.nowMs() - refreshWindowMs);
    if (recent.length < refreshes) return undefined;
    return {
      error: "Access Denied",
      error_description: "You have made too many requests continuously. Please try again after some time.",
      status: "failure",
    };
  };

  return {
    get refreshes() {
      return issued;
    },
    async token(c) {
      const refusal = refusalOf(await parameters(c));
      if (refusal !== undefined) return c.json(refusal);
      recent.push(org.nowMs());
      issued += 1;
      const token = `1000.${digest(`${settings.seed} ${issued} ${org.nowMs()}`).slice(0, 32)}.${digest(`b ${issued}`).slice(0, 32)}`;
      secrets.push(token);
      // The sixteenth silently ends the oldest.
      live = [...live, { token, expiresMs: org.nowMs() + tokenLifeMs }].slice(-liveTokens);
      return c.json({
        access_token: token,
        scope: "ZohoCRM.modules.ALL ZohoCRM.settings.ALL ZohoCRM.coql.READ ZohoCRM.bulk.ALL ZohoCRM.users.READ",
        api_domain: new URL(c.req.url).origin,
        token_type: "Bearer",
        expires_in: tokenLifeMs / 1000,
      });
    },
    async revoke(c) {
      const asked = await parameters(c);
      if (asked.get("token") !== settings.refreshToken) return c.json({ error: "invalid_token" });
      revoked = true;
      live = [];
      return c.json({ status: "success" });
    },
    expiryOf: (token) => live.find((one) => one.token === token)?.expiresMs,
    cutOff() {
      revoked = true;
      live = [];
    },
    dropTokens() {
      live = [];
    },
  };
}

/** In the query, as a form or as multipart: all three are in use. */
async function parameters(c: Context): Promise<ReadonlyMap<string, string>> {
  const found = new Map(new URL(c.req.url).searchParams);
  if (/form/.test(c.req.header("content-type") ?? ""))
    for (const [name, value] of Object.entries(await c.req.parseBody())) if (typeof value === "string") found.set(name, value);
  return found;
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

import { randomBytes } from "node:crypto";
import type { DataRecord } from "@fieldwright/connector-kit";
import type { Context, Hono } from "hono";
import type { Account } from "./account.js";
import { plainly } from "./refusal.js";

/** Whom a request comes from; anything that is not known is a stranger, never an error. */
export function strategyOf(account: Account, authorization: string | undefined): "api-key" | "local-jwt" | undefined {
  if (authorization === `users API-Key ${account.apiKey}`) return "api-key";
  const token = /^(?:JWT|Bearer) (.+)$/.exec(authorization ?? "")?.[1] ?? "";
  const expires = account.sessions.get(token) ?? 0;
  return expires > account.settings.clock.now().getTime() ? "local-jwt" : undefined;
}

export function userOf(account: Account): DataRecord {
  return {
    id: 1,
    updatedAt: "2024-01-01T00:00:00.000Z",
    createdAt: "2024-01-01T00:00:00.000Z",
    enableAPIKey: true,
    email: account.settings.email,
    sessions: [],
    collection: "users",
    hasAPIKey: true,
  };
}

export function addUsers(app: Hono, account: Account): void {
  const strategy = (c: Context) => strategyOf(account, c.req.header("authorization"));
  app.get("/api/users/me", (c) => {
    const known = strategy(c);
    if (known === undefined) return c.json({ user: null, message: "Account" });
    return c.json({ user: { ...userOf(account), _strategy: known }, collection: "users", strategy: known, message: "Account" });
  });
  app.post("/api/users/login", async (c) => {
    const { email, password } = (await c.req.json().catch(() => ({}))) as { email?: string; password?: string };
    if (email?.toLowerCase() !== account.settings.email || password !== account.settings.password)
      throw plainly(401, "The email or password provided is incorrect.");
    const { token, exp } = session(account);
    return c.json({ message: "Authentication Passed", exp, token, user: { ...userOf(account), _strategy: "local-jwt" } });
  });
  app.post("/api/users/logout", (c) => {
    if (strategy(c) !== "local-jwt") throw plainly(400, "No User");
    account.sessions.delete(c.req.header("authorization")?.split(" ")[1] ?? "");
    return c.json({ message: "Logged out successfully." });
  });
  app.post("/api/users/refresh-token", (c) => {
    if (strategy(c) !== "local-jwt") throw plainly(403, "You are not allowed to perform this action.");
    const { token, exp } = session(account);
    return c.json({ message: "Token refresh successful.", exp, refreshedToken: token, user: userOf(account) });
  });
}

/** `exp` in seconds since 1970. */
function session({ sessions, settings }: Account): { readonly token: string; readonly exp: number } {
  const token = randomBytes(24).toString("hex");
  const exp = Math.floor(settings.clock.now().getTime() / 1000) + settings.tokenSeconds;
  sessions.set(token, exp * 1000);
  return { token, exp };
}

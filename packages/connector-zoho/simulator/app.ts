import { type Context, Hono } from "hono";
import { type Credits, costOf } from "./credits.js";
import type { Accounts } from "./oauth.js";
import type { Org } from "./org.js";
import { complaint, internalError, invalidToken, Refusal, tooMany } from "./refusal.js";
import { addBulkRead } from "./routes/bulk.js";
import { addCoql } from "./routes/coql.js";
import { addRecordReads } from "./routes/records.js";
import { addSettings } from "./routes/settings.js";
import { addWatch } from "./routes/watch.js";
import { addRecordWrites } from "./routes/writes.js";

export interface AppParts {
  readonly org: Org;
  readonly accounts: Accounts;
  readonly credits: Credits;
}

/** The accounts server and the API under one address. */
export function createApp({ org, accounts, credits }: AppParts): Hono {
  const app = new Hono();
  app.post("/oauth/v2/token", (c) => accounts.token(c));
  app.post("/oauth/v2/token/revoke", (c) => accounts.revoke(c));

  app.use("/crm/*", async (c, next) => {
    const expiry = expiryOf(c, accounts);
    if (org.settings.outOfScope.some((start) => c.req.path.startsWith(`/crm${start}`)))
      throw new Refusal(401, complaint("OAUTH_SCOPE_MISMATCH", "Unauthorized"));
    const admission = credits.spend(costOf({ method: c.req.method, url: new URL(c.req.url), records: await recordCount(c) }), Date.now());
    if (admission.remaining !== undefined) c.header("X-API-CREDITS-REMAINING", String(admission.remaining));
    if (!admission.admitted) throw new Refusal(429, tooMany);
    c.header("x-accesstoken-reset", org.moment(expiry));
    // Else the answer's own clock would be this machine's, whatever the organisation's says.
    c.header("Date", new Date(org.nowMs()).toUTCString());
    return await next();

    function expiryOf(c: Context, known: Accounts): number {
      const header = c.req.header("authorization");
      if (header === undefined) throw new Refusal(401, complaint("AUTHENTICATION_FAILURE", "Authentication failed"));
      const expiry = known.expiryOf(/^Zoho-oauthtoken (\S+)$/.exec(header)?.[1] ?? "");
      if (expiry === undefined || expiry <= org.nowMs()) throw new Refusal(401, invalidToken);
      return expiry;
    }
  });
  app.onError((error, c) => {
    if (error instanceof Refusal) return c.json(error.body, error.httpStatus);
    return c.json({ ...internalError, details: { simulator: String(error) } }, 500);
  });
  app.notFound((c) => c.json(complaint("INVALID_URL_PATTERN", "Please check if the URL trying to access is a correct one"), 404));

  // Names that are no modules come before the routes that take any.
  addSettings(app, org);
  addCoql(app, org);
  addWatch(app, org);
  addBulkRead(app, org);
  addRecordWrites(app, org);
  addRecordReads(app, org);
  return app;
}

async function recordCount(c: Context): Promise<number> {
  if (c.req.method !== "POST" && c.req.method !== "PUT") return 1;
  try {
    const { data } = (await c.req.json()) as { data?: unknown };
    return Array.isArray(data) ? data.length : 1;
  } catch {
    return 1;
  }
}

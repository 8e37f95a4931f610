import { Hono } from "hono";
import type { Account } from "./account.js";
import { Refusal } from "./refusal.js";
import { addActivities } from "./routes/activities.js";
import { addBulk } from "./routes/bulk.js";
import { addEntities } from "./routes/entities.js";
import { addFiles } from "./routes/files.js";
import { addLeads } from "./routes/leads.js";
import { addLookups } from "./routes/lookups.js";
import { addRelated } from "./routes/related.js";
import { addWebhooks } from "./routes/webhooks.js";
import { createSearch } from "./search.js";

export const basePath = "/developer_api/v1";

/** All routes, behind the three headers or a bearer token. */
export function createApp(account: Account): Hono {
  const app = new Hono().basePath(basePath);
  app.use(async (c, next) => {
    c.header("Server", "nginx");
    c.header("X-Request-Id", `sim-${account.version}`);
    const isBodyOfGet = c.req.method === "GET" && (c.req.header("content-length") ?? "0") !== "0";
    if (account.settings.strictGets && isBodyOfGet) return c.html(badRequestPage, 400);
    if (!isAllowed(account, (name) => c.req.header(name))) return c.json(failure(401, "Invalid API Credentials"), 401);
    return await next();
  });
  app.onError((error, c) => {
    if (error instanceof Refusal) return c.json(failure(error.status, error.message), error.status);
    return c.json(failure(500, "Internal server error"), 500);
  });
  app.notFound((c) => c.json({ error: "not_found" }, 404));

  const search = createSearch(account);
  addLeads(app, account);
  addBulk(app, account);
  addActivities(app, account, search);
  addLookups(app, account, search);
  addWebhooks(app, account);
  addRelated(app, account);
  addFiles(app, account);
  addEntities(app, account, search);
  return app;
}

export function failure(status: number, message: string): { readonly success: false; readonly status: number; readonly message: string } {
  return { success: false, status, message };
}

const badRequestPage = "<html><head><title>400 Bad Request</title></head><body><h1>Error: Bad Request</h1></body></html>";

function isAllowed({ settings }: Account, header: (name: string) => string | undefined): boolean {
  const bearer = header("authorization");
  if (bearer !== undefined) return bearer === `Bearer ${settings.accessToken}`;
  return (
    header("x-pw-accesstoken") === settings.apiKey &&
    header("x-pw-application") === "developer_api" &&
    header("x-pw-useremail")?.toLowerCase() === settings.userEmail.toLowerCase()
  );
}

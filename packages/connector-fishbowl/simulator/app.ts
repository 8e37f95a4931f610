import { Hono } from "hono";
import type { FishbowlDatabase } from "./database.js";
import { jsonStamp } from "./local-time.js";
import { Refusal } from "./refusal.js";
import { addImports } from "./routes/imports.js";
import { addPluginInfo } from "./routes/plugin-info.js";
import { addQueries } from "./routes/queries.js";
import { addSearches } from "./routes/searches.js";
import type { Sessions } from "./sessions.js";

export interface Server {
  readonly database: FishbowlDatabase;
  readonly sessions: Sessions;
}

/** The REST routes, all but the login behind a bearer token. */
export function createApp(server: Server): Hono {
  const { sessions, database } = server;
  const app = new Hono().basePath("/api");
  const error = (status: number, message: string, path: string) => ({
    timeStamp: jsonStamp(database.now(), database.timeZone),
    status,
    message,
    path,
  });
  app.onError((thrown, c) => {
    if (!(thrown instanceof Refusal)) throw thrown;
    for (const [name, value] of Object.entries(thrown.headers)) c.header(name, value);
    const isIn200 = database.settings.errorsIn200 && c.req.path.endsWith("/data-query");
    return c.json(error(thrown.status, thrown.message, c.req.path), isIn200 ? 200 : thrown.status);
  });
  app.notFound((c) => c.json(error(404, "Not Found", c.req.path), 404));

  app.post("/login", async (c) => {
    const body = (await c.req.json()) as Readonly<Record<string, unknown>>;
    const token = sessions.logIn(body);
    return c.json({
      token,
      user: { userFullName: "Ada North", moduleAccessList: ["Sales Order", "Customer", "Data"], serverVersion: "24.2" },
    });
  });
  app.use(async (c, next) => {
    const token = /^Bearer (\S+)$/.exec(c.req.header("authorization") ?? "")?.[1];
    if (token === undefined || !sessions.has(token)) throw new Refusal(401, "Invalid authorization token.");
    await next();
  });
  app.post("/logout", (c) => {
    sessions.logOut((c.req.header("authorization") ?? "").slice("Bearer ".length));
    return c.body(null, 200);
  });
  addQueries(app, database);
  addImports(app, database);
  addSearches(app, database);
  addPluginInfo(app, database);
  return app;
}

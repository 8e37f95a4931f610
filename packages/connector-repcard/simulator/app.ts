import { Hono } from "hono";
import type { Account } from "./account.js";
import { failure } from "./envelopes.js";
import { errorPage, methodsFor, wantsJson } from "./laravel.js";
import { Refusal } from "./refusal.js";
import type { RenderedCustomers } from "./rendered-customers.js";
import { addAppointmentReads } from "./routes/appointment-reads.js";
import { addAppointmentWrites } from "./routes/appointment-writes.js";
import { addAttachments } from "./routes/attachments.js";
import { addCustomerReads } from "./routes/customer-reads.js";
import { addCustomerWrites } from "./routes/customer-writes.js";
import { addLeaderboards } from "./routes/leaderboards.js";
import { addNotes } from "./routes/notes.js";
import { addOrganisation } from "./routes/organisation.js";
import { addStatusLogs } from "./routes/status-logs.js";
import { addStatuses } from "./routes/statuses.js";
import { addUserReads } from "./routes/user-reads.js";
import { addUserWrites } from "./routes/user-writes.js";

/** All routes of the API, behind its key. */
export function createApp(account: Account, rendered: RenderedCustomers | undefined): Hono {
  const app = new Hono();

  app.use(async (c, next) => {
    const methods = methodsFor(app, c.req.path);
    const asJson = wantsJson(c.req.header("accept"));
    c.header("X-Powered-By", "PHP/7.4.33");
    // The framework looks for the route before it looks at the key.
    if (methods.length === 0) return asJson ? c.json({ message: "" }, 404) : c.html(errorPage(404, "Not Found"), 404);
    if (!methods.includes(c.req.method)) {
      c.header("Allow", methods.join(", "));
      const message = `The ${c.req.method} method is not supported for this route. Supported methods: ${methods.join(", ")}.`;
      return asJson ? c.json({ message }, 405) : c.html(errorPage(405, "Method Not Allowed"), 405);
    }
    if (c.req.header("x-api-key") !== account.settings.apiKey) return c.json(unauthorized, 401);
    return await next();
  });

  app.onError((error, c) => {
    if (error instanceof Refusal) return c.json(failure(error.status, error.message), error.status);
    return c.html(errorPage(500, "Server Error"), 500);
  });

  // Named paths under /customers come before the one that takes any id.
  addStatuses(app, account);
  addStatusLogs(app, account);
  addNotes(app, account);
  addAttachments(app, account);
  addCustomerWrites(app, account);
  addCustomerReads(app, account, rendered);
  addUserReads(app, account);
  addUserWrites(app, account);
  addOrganisation(app, account);
  addAppointmentReads(app, account);
  addAppointmentWrites(app, account);
  addLeaderboards(app, account);
  return app;
}

export const unauthorized = failure(401, "You are not authorized to access the API.");

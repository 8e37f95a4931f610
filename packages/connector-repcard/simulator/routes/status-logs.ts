import type { Context, Hono } from "hono";
import { type Account, logsOf } from "../account.js";
import type { StatusLog } from "../data/status-logs.js";
import { type Span, spanOf, within } from "../day-span.js";
import { pagedList } from "../envelopes.js";
import { missing } from "../refusal.js";
import { idIn, idsIn, pageOf, sliceOf } from "../request.js";
import { statusLogRow } from "../rows/status-log-row.js";
import { customerOr404 } from "./customer-reads.js";

const usualPageSize = 50;

/** Oldest first: a new log lands on the last page. */
export function addStatusLogs(app: Hono, account: Account): void {
  app.get("/api/customers/status-logs", (c) => {
    const span = spanIn(c, account.settings.statusLogsWithoutDates === "refuse");
    const users = idsIn(c, "user_ids");
    const customers = idsIn(c, "customer_ids");
    const statuses = idsIn(c, "status_ids");
    const passes = (log: StatusLog): boolean =>
      within(log.createdAt, span) &&
      (!users || users.has(log.userId)) &&
      (!customers || customers.has(log.customerId)) &&
      (!statuses || statuses.has(log.statusToId));
    return c.json(
      pagedList(
        sliceOf(c, account.statusLogs, {
          ...pageOf(c, account.settings, { usual: usualPageSize }),
          passes,
          row: (log) => statusLogRow(account, log),
        }),
      ),
    );
  });

  // An older form, still known to one client.
  app.get("/api/customers/:id/status-logs", (c) => {
    const customer = customerOr404(account, idIn(c));
    const span = spanIn(c, false);
    const { page, perPage } = pageOf(c, account.settings, { usual: usualPageSize });
    const all = logsOf(account, customer.id).filter((log) => within(log.createdAt, span));
    const rows = all.slice((page - 1) * perPage, page * perPage).map((log) => statusLogRow(account, log));
    return c.json(pagedList({ rows, page, perPage, total: all.length }));
  });
}

function spanIn(c: Context, required: boolean): Span {
  const from = c.req.query("from_date") || undefined;
  const to = c.req.query("to_date") || undefined;
  if (required && !from) throw missing("from_date");
  if (required && !to) throw missing("to_date");
  return spanOf({ names: ["from_date", "to_date"], from, to, zone: c.req.header("UserTimeZone"), toExclusive: false });
}

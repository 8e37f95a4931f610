import type { Hono } from "hono";
import { feedPage } from "../feed.js";
import { listPage } from "../list-page.js";
import { lists, onlyFeeds } from "../lists.js";
import type { Tenant } from "../tenant.js";

export function addReads(app: Hono, tenant: Tenant): void {
  for (const { kind, feed } of [...lists, ...onlyFeeds]) {
    if (feed !== undefined) app.get(route(feed), ({ req }) => Response.json(feedPage(tenant, kind, new URL(req.url).searchParams)));
  }
  for (const list of lists) app.get(route(list.path), ({ req }) => Response.json(listPage(tenant, list, new URL(req.url).searchParams)));
}

/** "crm/customers" -> "/crm/v2/tenant/:tenant/customers" */
export function route(path: string): string {
  const [module, ...rest] = path.split("/");
  return `/${module}/v2/tenant/:tenant/${rest.join("/")}`;
}

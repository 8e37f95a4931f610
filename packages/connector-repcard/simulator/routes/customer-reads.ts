import type { Context, Hono } from "hono";
import type { Account } from "../account.js";
import { attachmentsOf } from "../account.js";
import type { Customer, CustomerGlance } from "../data/customers.js";
import { spanOf, within } from "../day-span.js";
import { pagedList, pagesOf, paginator } from "../envelopes.js";
import { Refusal } from "../refusal.js";
import type { RenderedCustomers } from "../rendered-customers.js";
import { filterName, idIn, pageOf, sliceOf } from "../request.js";
import { attachmentOfCustomerRow } from "../rows/attachment-rows.js";
import { customerRow, type Relation } from "../rows/customer-row.js";

/** The vendor's own example asks one customer's attachments for this many, and gets them. */
const attachmentPageLimit = 250;

export function addCustomerReads(app: Hono, account: Account, rendered: RenderedCustomers | undefined): void {
  app.get("/api/customers", (c) => {
    const relations = relationsIn(c);
    const passes = filterIn(c);
    if (rendered && relations.size === 0) return renderedPage(c, { account, rendered, passes });
    return c.json(
      pagedList(
        sliceOf(c, account.customers, {
          ...pageOf(c, account.settings),
          passes,
          row: (customer) => customerRow(account, customer, relations),
        }),
      ),
    );
  });

  app.get("/api/customers/:id/attachments", (c) => {
    const customer = customerOr404(account, idIn(c));
    const { page, perPage } = pageOf(c, account.settings, { limit: attachmentPageLimit });
    const all = attachmentsOf(account, customer.id);
    const rows = all.slice((page - 1) * perPage, page * perPage).map((one) => attachmentOfCustomerRow(account, one));
    return c.json(paginator(c, { rows, page, perPage, total: all.length }));
  });

  app.get("/api/customers/:id", (c) => {
    const customer = customerOr404(account, idIn(c));
    return c.json({ data: customerRow(account, customer, relationsIn(c)) });
  });
}

export function customerOr404(account: Account, id: number | undefined): Customer {
  const customer = id === undefined ? undefined : account.customers.get(id);
  if (!customer) throw new Refusal(404, "Contact not found.");
  return customer;
}

const relationNames: readonly Relation[] = ["attachments", "user", "auroraProjectLinks", "notes"];

function relationsIn(c: Context): ReadonlySet<Relation> {
  const asked = (c.req.query("withRelations") ?? "").split(",").map((name) => name.trim());
  return new Set(relationNames.filter((name) => asked.includes(name)));
}

/** Days of `createdAt` and `updatedAt`, and the type; `undefined` where none is asked for. */
function filterIn(c: Context): ((customer: CustomerGlance) => boolean) | undefined {
  const type = Number(c.req.query("searchWhereAnd[type]")) || undefined;
  const span = (kind: "created" | "updated"): ReturnType<typeof spanOf> | undefined => {
    const names = [`last_${kind}_from`, `last_${kind}_to`] as const;
    const [from, to] = names.map((name) => c.req.query(name) || undefined);
    return from || to ? spanOf({ names, from, to, zone: c.req.header("UserTimeZone"), toExclusive: false }) : undefined;
  };
  const created = span("created");
  const updated = span("updated");
  if (!type && !created && !updated) return undefined;
  return (customer) =>
    (!type || customer.type === type) &&
    (!created || within(customer.createdAt, created)) &&
    (!updated || within(customer.updatedAt, updated));
}

function renderedPage(
  c: Context,
  {
    account,
    rendered,
    passes,
  }: { account: Account; rendered: RenderedCustomers; passes: ((customer: CustomerGlance) => boolean) | undefined },
): Response {
  const { page, perPage } = pageOf(c, account.settings);
  const offset = (page - 1) * perPage;
  const all = passes ? account.customers.select(filterName(c), passes) : undefined;
  const total = all ? all.length : account.customers.size;
  const body = rendered.list(all ? all.slice(offset, offset + perPage) : account.customers.indexes(offset, perPage), {
    totalCount: total,
    currentPage: page,
    totalPages: pagesOf({ total, perPage }),
  });
  return new Response(body, { headers: { "content-type": "application/json" } });
}

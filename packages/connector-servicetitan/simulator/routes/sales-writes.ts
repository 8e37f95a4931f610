import type { Hono } from "hono";
import { type Body, bodyAs } from "../body.js";
import { invalid, Problem } from "../problem.js";
import { estimateItem, estimateStatus, estimateStatuses } from "../rows/sales-rows.js";
import type { Row } from "../store.js";
import type { Tenant } from "../tenant.js";
import { answer, nothing } from "./changing.js";
import { route } from "./reads.js";

const shape = {
  string: "name summary status reviewStatus",
  number: "tax",
  integer: "soldBy budgetCodeId jobId projectId locationId",
  boolean: "isRecommended useDefaultProjectLabels",
  array: "items externalLinks",
  enums: { status: estimateStatuses, reviewStatus: ["None", "NeedsApproval", "Approved", "NotApproved"] },
  nullable: "*",
};

type StatusName = (typeof estimateStatuses)[number];

export function addSalesWrites(app: Hono, tenant: Tenant): void {
  // These document no 404: an unknown estimate is a 400.
  const known = (id: string | undefined): Row => {
    const row = tenant.stores.estimates.get(Number(id));
    if (row === undefined) throw new Problem(400, `There is no estimate ${id}.`);
    return row;
  };
  app.post(route("sales/estimates"), async ({ req }) => {
    const body = await bodyAs(req.raw, shape);
    if (body.jobId == null && body.projectId == null && body.locationId == null)
      throw invalid("jobId", "A job, a project or a location is required.");
    const job = body.jobId == null ? undefined : tenant.stores.jobs.get(Number(body.jobId));
    if (body.jobId != null && job === undefined) throw new Problem(400, `There is no job ${String(body.jobId)}.`);
    const id = tenant.stores.estimates.nextId();
    const base = {
      id,
      projectId: body.projectId ?? null,
      jobId: body.jobId ?? null,
      locationId: body.locationId ?? job?.locationId ?? null,
      customerId: job?.customerId ?? null,
      jobNumber: job?.jobNumber ?? null,
      soldOn: null,
      active: true,
      businessUnitId: job?.businessUnitId ?? null,
      businessUnitName: null,
      isChangeOrder: false,
      proposalTagName: null,
    };
    return answer(tenant, "estimates", tenant.add("estimates", { ...base, ...replaced(tenant, { id, body }) }));
  });
  app.put(route("sales/estimates/:id"), async ({ req }) => {
    const row = known(req.param("id"));
    const body = await bodyAs(req.raw, shape);
    const whole = replaced(tenant, { id: row.id, body });
    // Left out, the status stays; everything else is as the body says.
    return answer(tenant, "estimates", tenant.change("estimates", row.id, body.status == null ? { ...whole, status: row.status } : whole));
  });
  app.put(route("sales/estimates/:id/sell"), async ({ req }) => {
    const row = known(req.param("id"));
    const { soldBy } = await bodyAs(req.raw, { integer: "soldBy", required: "soldBy" });
    const technician = tenant.stores.technicians.get(Number(soldBy));
    if (technician?.isManagedTech !== true) throw invalid("soldBy", "Only a managed technician can have sold an estimate.");
    if (nameOf(row) === "Sold") throw new Problem(400, `Estimate ${row.id} is sold already.`);
    return answer(
      tenant,
      "estimates",
      tenant.change("estimates", row.id, { status: estimateStatus("Sold"), soldBy, soldOn: tenant.now() }),
    );
  });
  app.put(route("sales/estimates/:id/unsell"), ({ req }) => {
    const row = known(req.param("id"));
    if (nameOf(row) !== "Sold") throw new Problem(400, `Estimate ${row.id} is not sold.`);
    tenant.change("estimates", row.id, { status: estimateStatus("Open"), soldBy: null, soldOn: null });
    return nothing();
  });
  app.put(route("sales/estimates/:id/dismiss"), ({ req }) => {
    const row = known(req.param("id"));
    if (nameOf(row) === "Sold") throw new Problem(400, `Estimate ${row.id} is sold and cannot be dismissed.`);
    tenant.change("estimates", row.id, { status: estimateStatus("Dismissed") });
    return nothing();
  });
}

function nameOf(row: Row): unknown {
  return (row.status as { readonly name: string }).name;
}

function replaced(tenant: Tenant, { id, body }: { readonly id: number; readonly body: Body }): Body {
  const at = tenant.now();
  const items = ((body.items ?? []) as readonly Body[]).map((item, index) => {
    const sku = tenant.stores.services.get(Number(item.skuId));
    // Seen live as a failure of the server, not a refusal.
    if (sku === undefined) throw new Problem(500, "Sku (Name:) is not found.");
    return estimateItem({
      id: Number(item.id ?? id * 10 + 5 + index),
      sku: { id: sku.id, name: String(sku.code) },
      quantity: Number(item.quantity ?? 1),
      unitPrice: Number(item.unitPrice ?? sku.price),
      unitCost: Number(item.unitCost ?? 0),
      description: String(item.description ?? ""),
      at,
    });
  });
  const status = estimateStatus((body.status ?? "Open") as StatusName);
  return {
    name: body.name ?? null,
    summary: body.summary ?? null,
    tax: body.tax ?? 0,
    status,
    reviewStatus: body.reviewStatus ?? "None",
    soldBy: body.soldBy ?? null,
    isRecommended: body.isRecommended ?? false,
    budgetCodeId: body.budgetCodeId ?? null,
    items,
    externalLinks: body.externalLinks ?? [],
    subtotal: items.reduce((sum, item) => sum + item.total, 0),
  };
}

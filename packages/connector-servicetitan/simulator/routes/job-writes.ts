import type { Context, Hono } from "hono";
import { type Body, bodyAs } from "../body.js";
import { invalid, Problem } from "../problem.js";
import type { Row } from "../store.js";
import type { Tenant } from "../tenant.js";
import { newAppointment } from "./appointment-writes.js";
import { answer, applied, existing, keepExternal, nothing } from "./changing.js";
import { existingParent } from "./crm-writes.js";
import { route } from "./reads.js";

const ids = "customerId locationId businessUnitId jobTypeId campaignId";
const priorities = { priority: ["Low", "Normal", "High", "Urgent"] };

export function addJobWrites(app: Hono, tenant: Tenant): void {
  app.post(route("jpm/jobs"), ({ req }) => createJob(tenant, req.raw));
  app.patch(route("jpm/jobs/:id"), async ({ req }) => {
    const row = existing(tenant, "jobs", req.param("id") as string);
    const body = await bodyAs(req.raw, {
      string: "priority summary customerPo",
      integer: `${ids} soldById`,
      boolean: "shouldUpdateInvoiceItems",
      object: "jobGeneratedLeadSource externalData",
      array: "customFields tagTypeIds",
      enums: priorities,
      nullable: "soldById jobGeneratedLeadSource",
    });
    const { shouldUpdateInvoiceItems: _, externalData, customFields, ...set } = body;
    keepExternal(tenant, "jobs", { id: row.id, value: externalData });
    return answer(tenant, "jobs", applied(tenant, "jobs", { id: row.id, set: { ...set, ...fieldsFrom(customFields) } }));
  });
  app.post(route("jpm/jobs/:id/notes"), async ({ req }) => {
    const job = existingParent(tenant, "jobs", req.param("id"));
    const { text, pinToTop } = await bodyAs(req.raw, { string: "text", boolean: "pinToTop", required: "text", nullable: "*" });
    const row = tenant.add("job_notes", { jobId: job.id, active: true, text, isPinned: pinToTop === true, createdById: 21 });
    // The answer has no id.
    return Response.json({
      text: row.text,
      isPinned: row.isPinned,
      createdById: row.createdById,
      createdOn: row.createdOn,
      modifiedOn: row.modifiedOn,
    });
  });
  addActions(app, tenant);
}

async function createJob(tenant: Tenant, request: Request): Promise<Response> {
  const body = await bodyAs(request, {
    string: "priority summary customerPo",
    integer: `${ids} projectId soldById partnerLeadCallId leadId bookingId`,
    boolean: "invoiceSignatureIsRequired",
    object: "jobGeneratedLeadSource externalData",
    array: "appointments customFields tagTypeIds",
    enums: priorities,
    nullable: "*",
  });
  // Seen live: this one is refused otherwise than the others.
  if (body.campaignId == null)
    throw new Problem(422, "The campaign is required.", { campaignId: ["Required property 'campaignId' not found in JSON."] });
  for (const name of `${ids} priority appointments`.split(" "))
    if (body[name] == null) throw invalid(name, `Required property '${name}' not found in JSON.`);
  existingParent(tenant, "customers", body.customerId);
  existingParent(tenant, "locations", body.locationId);
  const wanted = body.appointments as readonly Body[];
  if (wanted.length === 0) throw invalid("appointments", "At least one appointment is required.");
  const id = tenant.stores.jobs.nextId();
  const { appointments: _, leadId, invoiceSignatureIsRequired: __, externalData, customFields, ...set } = body;
  const blank = {
    projectId: null,
    completedOn: null,
    recallForId: null,
    warrantyId: null,
    jobGeneratedLeadSource: null,
    noCharge: false,
    notificationsEnabled: true,
    createdById: 21,
    tagTypeIds: [],
    leadCallId: null,
    partnerLeadCallId: null,
    bookingId: null,
    soldById: null,
    customerPo: "",
    membershipId: null,
    total: 0,
    createdFromEstimateId: null,
    estimateIds: [],
    summary: null,
    customFields: [],
    externalData: [],
    active: true,
  };
  const given = Object.fromEntries(Object.entries(set).filter(([, value]) => value !== null));
  const job = tenant.add("jobs", {
    ...blank,
    ...given,
    ...fieldsFrom(customFields),
    id,
    jobNumber: String(id),
    jobStatus: "Scheduled",
    appointmentCount: wanted.length,
    firstAppointmentId: 0,
    lastAppointmentId: 0,
    invoiceId: id + 3,
  });
  keepExternal(tenant, "jobs", { id, value: externalData });
  const made = wanted.map((one, index) => newAppointment(tenant, { job, body: one, number: index + 1 }));
  if (leadId != null) tenant.change("leads", existing(tenant, "leads", String(leadId)).id, { status: "Converted" });
  const whole = tenant.change("jobs", id, { firstAppointmentId: made[0]?.id, lastAppointmentId: made.at(-1)?.id });
  return answer(tenant, "jobs", whole);
}

function fieldsFrom(given: unknown): object {
  if (!Array.isArray(given)) return {};
  return { customFields: given.map(({ typeId, value }: Body) => ({ typeId, name: `Field ${String(typeId)}`, value: value ?? "" })) };
}

function addActions(app: Hono, tenant: Tenant): void {
  const reasoned = { integer: "reasonId", string: "memo", required: "reasonId memo" };
  const action = (name: string, run: (job: Row, context: Context) => Promise<void> | void): void => {
    if (tenant.settings.withdrawn.includes(name)) return;
    app.put(route(`jpm/jobs/:id/${name}`), async (context) => {
      await run(existing(tenant, "jobs", context.req.param("id") as string), context);
      return nothing();
    });
  };
  action("cancel", async (job, { req }) => {
    const { reasonId, memo } = await bodyAs(req.raw, reasoned);
    mustBe(job, ["Scheduled", "Dispatched", "Hold"]);
    tenant.change("jobs", job.id, { jobStatus: "Canceled" });
    for (const one of appointmentsOf(tenant, job)) tenant.change("appointments", one.id, { status: "Canceled" });
    tenant.canceledLog.push({ jobId: job.id, reasonId: Number(reasonId), memo: String(memo) });
  });
  action("remove-cancellation", (job) => {
    mustBe(job, ["Canceled"]);
    tenant.change("jobs", job.id, { jobStatus: "Scheduled" });
    for (const one of appointmentsOf(tenant, job)) tenant.change("appointments", one.id, { status: "Scheduled" });
  });
  action("hold", async (job, { req }) => {
    await bodyAs(req.raw, reasoned);
    mustBe(job, ["Scheduled", "Dispatched", "InProgress"]);
    tenant.change("jobs", job.id, { jobStatus: "Hold" });
  });
  action("complete", async (job, { req }) => {
    const { completedOn } = await bodyAs(req.raw, { time: "completedOn", required: "completedOn" });
    if (job.jobStatus === "Canceled") throw new Problem(409, "A canceled job cannot be completed.");
    tenant.change("jobs", job.id, { jobStatus: "Completed", completedOn });
  });
}

function mustBe(job: Row, statuses: readonly string[]): void {
  if (!statuses.includes(String(job.jobStatus))) throw new Problem(400, `Job ${job.id} is ${String(job.jobStatus)}.`);
}

function appointmentsOf(tenant: Tenant, job: Row): readonly Row[] {
  return [...tenant.stores.appointments.present()].filter((row) => row.jobId === job.id && row.active === true);
}

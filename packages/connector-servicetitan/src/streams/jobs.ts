import { type Call, type DataRecord, type Stream, VendorError } from "@fieldwright/connector-kit";
import type { Api } from "../api.js";
import { type Declaration, withActive } from "../declaration.js";
import { fieldsOf } from "../fields.js";
import { ifFound } from "../if-found.js";
import { inSteps, type Step } from "../in-steps.js";
import { plainWrites, recordPath, send } from "../plain-writes.js";
import { refuse } from "../refuse.js";
import { reasonOf, sameStatus, without } from "../status-words.js";
import { streamOf } from "../stream-of.js";
import { allCustomFields, currentOf } from "./current.js";

const jobsOf: Declaration = {
  name: "jobs",
  about: "Start, technician and reason of a job are not on it: see appointments and appointment_assignments.",
  module: "jpm",
  list: "jobs",
  feed: "export/jobs",
  fields: fieldsOf({
    text: "summary jobNumber jobStatus priority customerPo memo summaryOfWork",
    list: "customFields externalData tagTypeIds estimateIds appointments equipmentIds",
    integer:
      "id projectId customerId locationId businessUnitId jobTypeId campaignId appointmentCount firstAppointmentId lastAppointmentId recallForId warrantyId createdById leadCallId partnerLeadCallId bookingId soldById invoiceId membershipId createdFromEstimateId leadId reasonId",
    datetime: "completedOn createdOn modifiedOn",
    object: "jobGeneratedLeadSource",
    boolean: "noCharge notificationsEnabled active invoiceSignatureIsRequired shouldUpdateInvoiceItems isAutoDispatched",
    number: "total",
    create:
      "customerId locationId projectId businessUnitId jobGeneratedLeadSource jobTypeId priority campaignId appointments summary customFields tagTypeIds externalData invoiceSignatureIsRequired customerPo soldById partnerLeadCallId leadId bookingId",
    update:
      "jobStatus reasonId memo completedOn customerId locationId businessUnitId jobGeneratedLeadSource jobTypeId priority campaignId summary shouldUpdateInvoiceItems customFields tagTypeIds externalData customerPo soldById",
    required: "customerId locationId businessUnitId jobTypeId priority campaignId",
    about: {
      jobStatus:
        "Hold and Canceled want reasonId and memo, Completed wants completedOn, Scheduled takes a cancellation back. Nothing else can be set.",
      appointments: "Only when created: at least one with start and end.",
      leadId: "Only when created: the lead that becomes this job.",
    },
  }),
  writeOnly: "appointments invoiceSignatureIsRequired leadId reasonId memo shouldUpdateInvoiceItems",
  references: {
    customerId: "customers",
    locationId: "locations",
    businessUnitId: "business_units",
    jobTypeId: "job_types",
    campaignId: "campaigns",
    soldById: "technicians",
    bookingId: "bookings",
    invoiceId: "invoices",
    membershipId: "memberships",
    tagTypeIds: "tag_types",
    estimateIds: "estimates",
  },
  sorted: true,
  everything: {},
  getBy: "ids",
  finds: { jobNumber: "number", customerId: "customerId", locationId: "locationId", bookingId: "bookingId" },
  externalData: true,
  // Jobs cannot be deleted, so one that a list shows is active.
  shaped: withActive,
  sideEffects: "Booking, holding and cancelling may send messages to the customer.",
};

const forActions = ["jobStatus", "reasonId", "memo", "completedOn"];

export function jobs(api: Api): Stream {
  const plain = plainWrites(api, jobsOf, { clearable: "soldById jobGeneratedLeadSource" });
  return streamOf(api, jobsOf, {
    async create(record, call) {
      if (!Array.isArray(record.appointments) || record.appointments.length === 0) {
        throw refuse("ServiceTitan creates a job only with an appointment.", {
          field: "appointments",
          hint: "Map `appointments` to a list with `start` and `end`.",
        });
      }
      return plain.create(without(record, forActions), call);
    },
    async update({ key, set }, call) {
      const fields = without(set, forActions);
      const steps: Step[] = [];
      if (Object.keys(fields).length > 0)
        steps.push({ done: "its fields were changed", run: () => changeFields(api, { key, set: fields, plain }, call) });
      if (set.jobStatus !== undefined) steps.push({ done: "its status was set", run: () => setStatus(api, { key, set }, call) });
      else refuseStray(set);
      await inSteps(steps);
      return undefined;
    },
  });
}

interface Change {
  readonly key: string;
  readonly set: DataRecord;
  readonly plain: ReturnType<typeof plainWrites>;
}

async function changeFields(api: Api, { key, set, plain }: Change, call: Call): Promise<void> {
  if (set.customFields === undefined) return void (await plain.update({ key, set }, call));
  const current = await currentOf(api, jobsOf, { key, call });
  await plain.update({ key, set: { ...set, customFields: allCustomFields(current.customFields, set.customFields) } }, call);
}

function refuseStray(set: DataRecord): void {
  const field = ["reasonId", "memo", "completedOn"].find((name) => set[name] !== undefined);
  if (field !== undefined)
    throw refuse(`${field} of a job goes with the jobStatus that it explains.`, { field, hint: "Map `jobStatus` beside it." });
}

/** A job's status is not a field that can be set: some of its changes are actions of their own. */
async function setStatus(api: Api, { key, set }: { readonly key: string; readonly set: DataRecord }, call: Call): Promise<void> {
  const current = await currentOf(api, jobsOf, { key, call });
  if (sameStatus(current.jobStatus, set.jobStatus)) return;
  const { action, json } = actionFor(current, set);
  const path = `${recordPath(api, jobsOf, key)}/${action}`;
  const done = await ifFound(async () => {
    await send(api, { method: "PUT", path, ...(json === undefined ? {} : { json }) }, call);
    return true;
  });
  // The job was there a moment ago: what is missing is the action.
  if (done === undefined) throw notOffered(action);
}

function actionFor(current: DataRecord, set: DataRecord): { readonly action: string; readonly json?: unknown } {
  if (sameStatus(set.jobStatus, "Hold")) return { action: "hold", json: reasonOf(set, "put a job on hold") };
  if (sameStatus(set.jobStatus, "Canceled")) return { action: "cancel", json: reasonOf(set, "cancel a job") };
  if (sameStatus(set.jobStatus, "Completed")) {
    if (set.completedOn === undefined || set.completedOn === null)
      throw refuse("ServiceTitan wants completedOn to complete a job.", { field: "completedOn" });
    return { action: "complete", json: { completedOn: set.completedOn } };
  }
  if (sameStatus(set.jobStatus, "Scheduled") && sameStatus(current.jobStatus, "Canceled")) return { action: "remove-cancellation" };
  throw refuse(`ServiceTitan's API cannot bring a job from ${String(current.jobStatus)} to ${String(set.jobStatus)}.`, {
    field: "jobStatus",
    hint: "Dispatched and InProgress follow the technicians; a job on hold goes on when its appointment is rescheduled.",
  });
}

function notOffered(action: string): VendorError {
  return new VendorError(`ServiceTitan does not offer "${action}" of jobs to this application any more.`, {
    code: "servicetitan/not-offered",
    next: "hold-record",
    field: "jobStatus",
    hint: "The descriptions of July 2026 no longer list it. Set the status in ServiceTitan itself, or leave it out of the mapping.",
  });
}

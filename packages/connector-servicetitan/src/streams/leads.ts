import type { Call, DataRecord, Stream } from "@fieldwright/connector-kit";
import type { Api } from "../api.js";
import { type Declaration, withActive } from "../declaration.js";
import { fieldsOf } from "../fields.js";
import { inSteps, type Step } from "../in-steps.js";
import { plainWrites, recordPath, send } from "../plain-writes.js";
import { refuse } from "../refuse.js";
import { sameStatus, without } from "../status-words.js";
import { streamOf } from "../stream-of.js";
import { currentOf } from "./current.js";

const leadsOf: Declaration = {
  name: "leads",
  about: "A lead becomes Converted when a job is created with its leadId.",
  module: "crm",
  list: "leads",
  feed: "export/leads",
  fields: fieldsOf({
    text: "summary leadUrl leadCustomerName leadPhone leadEmail leadStreet leadUnit leadCity leadState leadZip leadCountry captureSource status priority",
    integer:
      "id callReasonId callId bookingId manualCallId customerId locationId businessUnitId jobTypeId campaignId createdById dismissingReasonId",
    datetime: "followUpDate createdOn modifiedOn",
    list: "tagTypeIds",
    boolean: "active",
    options: { status: ["Open", "Dismissed", "Converted"], priority: ["Low", "Normal", "High", "Urgent"] },
    create:
      "customerId locationId campaignId businessUnitId jobTypeId summary tagTypeIds priority callReasonId followUpDate bookingId leadCustomerName leadPhone leadEmail leadStreet leadUnit leadCity leadState leadZip leadCountry",
    update:
      "status dismissingReasonId followUpDate campaignId priority businessUnitId jobTypeId summary leadCustomerName leadPhone leadEmail leadStreet leadUnit leadCity leadState leadZip leadCountry",
    required: "campaignId",
    about: { status: "Dismissed with a dismissingReasonId; nothing else can be set." },
  }),
  references: {
    customerId: "customers",
    locationId: "locations",
    campaignId: "campaigns",
    businessUnitId: "business_units",
    jobTypeId: "job_types",
    bookingId: "bookings",
    tagTypeIds: "tag_types",
  },
  sorted: true,
  getBy: "ids",
  finds: { customerId: "customerId", leadPhone: "leadPhone" },
  shaped: withActive,
};

export function leads(api: Api): Stream {
  const plain = plainWrites(api, leadsOf);
  return streamOf(api, leadsOf, {
    create(record, call) {
      if (record.summary === undefined || record.summary === null)
        throw refuse("ServiceTitan creates leads only with summary.", { field: "summary" });
      return plain.create(without(record, ["status", "dismissingReasonId"]), call);
    },
    async update({ key, set }, call) {
      const fields = without(set, ["status", "dismissingReasonId", "followUpDate"]);
      const steps: Step[] = [];
      if (Object.keys(fields).length > 0)
        steps.push({ done: "its fields were changed", run: () => plain.update({ key, set: fields }, call) });
      if (set.followUpDate !== undefined)
        steps.push({ done: "its follow-up was set", run: () => followUp(api, { key, date: set.followUpDate }, call) });
      if (set.status !== undefined) steps.push({ done: "its status was set", run: () => setStatus(api, { key, set }, call) });
      else if (set.dismissingReasonId !== undefined)
        throw refuse("A dismissingReasonId goes with the status Dismissed.", { field: "dismissingReasonId" });
      await inSteps(steps);
      return undefined;
    },
  });
}

async function followUp(api: Api, { key, date }: { readonly key: string; readonly date: unknown }, call: Call): Promise<void> {
  if (date === null) throw refuse("ServiceTitan cannot take a lead's follow-up date away.", { field: "followUpDate" });
  await send(api, { method: "POST", path: `${recordPath(api, leadsOf, key)}/follow-up`, json: { followUpDate: date } }, call);
}

async function setStatus(api: Api, { key, set }: { readonly key: string; readonly set: DataRecord }, call: Call): Promise<void> {
  const current = await currentOf(api, leadsOf, { key, call });
  if (sameStatus(current.status, set.status)) return;
  if (!sameStatus(set.status, "Dismissed")) {
    throw refuse(`ServiceTitan cannot make a lead ${String(set.status)} by itself.`, {
      field: "status",
      hint: sameStatus(set.status, "Converted") ? "Create a job with this lead's id as `leadId`." : "Only Dismissed can be set.",
    });
  }
  const dismissingReasonId = set.dismissingReasonId ?? undefined;
  if (dismissingReasonId === undefined)
    throw refuse("ServiceTitan wants dismissingReasonId to dismiss a lead.", { field: "dismissingReasonId" });
  await send(
    api,
    { method: "POST", path: `${recordPath(api, leadsOf, key)}/dismiss`, json: { dismissingReasonId: Number(dismissingReasonId) } },
    call,
  );
}

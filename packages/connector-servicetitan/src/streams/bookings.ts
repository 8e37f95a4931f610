import type { Call, DataRecord, Stream } from "@fieldwright/connector-kit";
import type { Api } from "../api.js";
import { bodyOf } from "../body.js";
import { type Declaration, withActive } from "../declaration.js";
import { fieldsOf } from "../fields.js";
import { inSteps, type Step } from "../in-steps.js";
import { patch, post, send } from "../plain-writes.js";
import { refuse } from "../refuse.js";
import { sameStatus, without } from "../status-words.js";
import { streamOf } from "../stream-of.js";
import { wholeAddress } from "../whole-address.js";
import { currentOf } from "./current.js";

const bookingsOf: Declaration = {
  name: "bookings",
  about: "Requests of a booking provider, for the office to accept.",
  module: "crm",
  list: "bookings",
  feed: "export/bookings",
  fields: fieldsOf({
    text: "summary source name customerType status externalId priority dismissingMemo",
    integer: "id campaignId businessUnitId dismissingReasonId callReasonId jobId jobTypeId bookingProviderId",
    datetime: "createdOn start modifiedOn",
    object: "address",
    boolean: "isFirstTimeClient isSendConfirmationEmail active",
    list: "uploadedImages contacts",
    options: {
      customerType: ["Residential", "Commercial"],
      status: ["New", "Converted", "Dismissed", "Accepted"],
      priority: ["Low", "Normal", "High", "Urgent"],
    },
    create:
      "bookingProviderId source name address contacts customerType start summary campaignId businessUnitId jobTypeId priority isFirstTimeClient uploadedImages isSendConfirmationEmail externalId",
    update:
      "status callReasonId dismissingMemo source name address customerType start summary campaignId businessUnitId jobTypeId priority isFirstTimeClient uploadedImages externalId",
    required: "source name externalId",
    about: { status: "Dismissed, with callReasonId and dismissingMemo where there are any; nothing else can be set." },
  }),
  writeOnly: "contacts callReasonId dismissingMemo",
  references: { campaignId: "campaigns", businessUnitId: "business_units", jobTypeId: "job_types", jobId: "jobs" },
  sorted: true,
  getBy: "ids",
  finds: { externalId: "externalId" },
  shaped: withActive,
  sideEffects: "With isSendConfirmationEmail a created booking sends a mail.",
};

const notInBody = ["status", "callReasonId", "dismissingMemo", "bookingProviderId"];

export function bookings(api: Api): Stream {
  const path = (provider: unknown, rest = ""): string => api.path("crm", `booking-provider/${String(provider)}/bookings${rest}`);
  return streamOf(api, bookingsOf, {
    async create(record, call) {
      const provider = record.bookingProviderId ?? api.options.bookingProviderId;
      const missing = ["summary", "isFirstTimeClient"].find((field) => record[field] === undefined || record[field] === null);
      if (missing !== undefined) throw refuse(`ServiceTitan creates bookings only with ${missing}.`, { field: missing });
      if (provider === undefined) {
        throw refuse("A booking belongs to a booking provider, and none is named.", {
          field: "bookingProviderId",
          hint: "Map `bookingProviderId`, or set it in the connection's options.",
        });
      }
      const json = bodyOf(api, bookingsOf, { set: without(record, notInBody), rules: { patch: false } });
      return post(api, { path: path(provider), json }, call);
    },
    async update({ key, set }, call) {
      const current = await currentOf(api, bookingsOf, { key, call });
      const own = path(current.bookingProviderId, `/${key}`);
      const address = set.address === undefined ? {} : { address: bookingAddress(api, set.address, current.address) };
      const fields = without({ ...set, ...address }, notInBody);
      const steps: Step[] = [];
      if (Object.keys(fields).length > 0) {
        const json = bodyOf(api, bookingsOf, { set: fields, rules: { patch: true } });
        steps.push({ done: "its fields were changed", run: () => patch(api, { path: own, json }, call) });
      }
      if (set.status !== undefined && !sameStatus(set.status, current.status)) {
        steps.push({ done: "it was dismissed", run: () => dismiss(api, { path: `${own}/dismiss`, set }, call) });
      }
      await inSteps(steps);
      return undefined;
    },
  });
}

async function dismiss(api: Api, { path, set }: { readonly path: string; readonly set: DataRecord }, call: Call): Promise<void> {
  if (!sameStatus(set.status, "Dismissed")) {
    throw refuse(`ServiceTitan does not let a booking be made ${String(set.status)}: the office does that.`, {
      field: "status",
      hint: "Only Dismissed can be set.",
    });
  }
  const { callReasonId, dismissingMemo } = set;
  await send(api, { method: "POST", path, json: { callReasonId: callReasonId ?? null, dismissingMemo: dismissingMemo ?? null } }, call);
}

/** A booking's address has no coordinates, not even optional ones. */
function bookingAddress(api: Api, given: unknown, current: unknown): DataRecord {
  return without(wholeAddress(api, given, { current, coordinates: false }), ["latitude", "longitude"]);
}

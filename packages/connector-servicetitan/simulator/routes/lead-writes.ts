import type { Context, Hono } from "hono";
import { addressOf, bodyAs, known } from "../body.js";
import { invalid, Problem } from "../problem.js";
import type { Row } from "../store.js";
import type { Tenant } from "../tenant.js";
import { answer, applied, existing, nothing } from "./changing.js";
import { route } from "./reads.js";

const priorities = ["Low", "Normal", "High", "Urgent"];

const leadText = "summary leadCustomerName leadPhone leadEmail leadStreet leadUnit leadCity leadState leadZip leadCountry";

export function addLeadWrites(app: Hono, tenant: Tenant): void {
  app.post(route("crm/leads"), async ({ req }) => {
    const body = await bodyAs(req.raw, {
      string: `${leadText} priority`,
      integer: "customerId locationId campaignId businessUnitId jobTypeId callReasonId bookingId",
      time: "followUpDate",
      array: "tagTypeIds",
      enums: { priority: priorities },
      required: "campaignId summary",
      nullable: "*",
    });
    if (body.customerId === undefined && body.leadCustomerName === undefined && body.leadPhone === undefined)
      throw invalid("customerId", "A lead needs a customer, or the name or phone of one.");
    const blank = Object.fromEntries(
      [
        ...`${leadText} leadUrl captureSource`.split(" "),
        "customerId",
        "locationId",
        "businessUnitId",
        "jobTypeId",
        "followUpDate",
        "dismissingReasonId",
        "callReasonId",
        "callId",
        "bookingId",
        "manualCallId",
      ].map((name) => [name, null]),
    );
    const row = tenant.add("leads", {
      ...blank,
      status: "Open",
      priority: "Normal",
      createdById: 21,
      tagTypeIds: [],
      active: true,
      ...known(body),
    });
    return answer(tenant, "leads", row);
  });
  app.patch(route("crm/leads/:id"), async ({ req }) => {
    const row = existing(tenant, "leads", req.param("id") as string);
    const set = await bodyAs(req.raw, {
      string: `${leadText} priority`,
      integer: "campaignId businessUnitId jobTypeId",
      enums: { priority: priorities },
    });
    return answer(tenant, "leads", applied(tenant, "leads", { id: row.id, set }));
  });
  app.post(route("crm/leads/:id/dismiss"), async ({ req }) => {
    const row = existing(tenant, "leads", req.param("id") as string);
    const { dismissingReasonId } = await bodyAs(req.raw, { integer: "dismissingReasonId", required: "dismissingReasonId" });
    if (row.status === "Converted") throw new Problem(400, "A converted lead cannot be dismissed.");
    tenant.change("leads", row.id, { status: "Dismissed", dismissingReasonId });
    return nothing();
  });
  app.post(route("crm/leads/:id/follow-up"), async ({ req }) => {
    const row = existing(tenant, "leads", req.param("id") as string);
    const { followUpDate, text, pinToTop } = await bodyAs(req.raw, {
      time: "followUpDate",
      string: "text",
      boolean: "pinToTop",
      required: "followUpDate",
      nullable: "text",
    });
    tenant.change("leads", row.id, { followUpDate });
    return Response.json({ leadId: row.id, followUpDate, text: text ?? null, pinToTop: pinToTop === true });
  });
}

const bookingShape = {
  string: "source name customerType summary priority externalId",
  integer: "campaignId businessUnitId jobTypeId",
  time: "start",
  boolean: "isFirstTimeClient isSendConfirmationEmail",
  array: "uploadedImages contacts",
  object: "address",
  enums: { priority: priorities },
};

export function addBookingWrites(app: Hono, tenant: Tenant): void {
  const own = route("crm/booking-provider/:provider/bookings");
  const ofProvider = (context: Context): Row => {
    const row = existing(tenant, "bookings", context.req.param("id") as string);
    if (String(row.bookingProviderId) !== context.req.param("provider")) throw new Problem(404, `Booking ${row.id} was not found.`);
    return row;
  };
  app.post(own, async ({ req }) => {
    const { contacts, ...body } = await bodyAs(req.raw, {
      ...bookingShape,
      required: "source name summary isFirstTimeClient externalId",
      nullable: "*",
    });
    if (body.address == null && !(Array.isArray(contacts) && contacts.length > 0))
      throw invalid("address", "An address or a contact is required.");
    const address = body.address == null ? null : addressOf(body.address, { whole: false, coordinates: "none" });
    const blank = {
      customerType: null,
      campaignId: null,
      businessUnitId: null,
      uploadedImages: [],
      isSendConfirmationEmail: null,
      dismissingReasonId: null,
      jobId: null,
      priority: null,
      jobTypeId: null,
    };
    const row = tenant.add("bookings", {
      ...blank,
      start: tenant.now(),
      status: "New",
      active: true,
      ...known(body),
      address,
      bookingProviderId: Number(req.param("provider")),
    });
    return answer(tenant, "bookings", row);
  });
  app.patch(`${own}/:id`, async (context) => {
    const row = ofProvider(context);
    const { contacts: _, address, ...set } = await bodyAs(context.req.raw, bookingShape);
    const whole = address === undefined ? {} : { address: addressOf(address, { whole: true, coordinates: "none" }) };
    return answer(tenant, "bookings", applied(tenant, "bookings", { id: row.id, set: { ...set, ...whole } }));
  });
  app.post(`${own}/:id/dismiss`, async (context) => {
    const row = ofProvider(context);
    await bodyAs(context.req.raw, { integer: "callReasonId", string: "dismissingMemo", nullable: "*" });
    tenant.change("bookings", row.id, { status: "Dismissed" });
    return nothing();
  });
}

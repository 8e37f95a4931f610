import { createHash } from "node:crypto";
import type { Hono } from "hono";
import type { Account } from "../account.js";
import type { AppointmentAttachment, CustomerAttachment } from "../data/attachments.js";
import { within } from "../day-span.js";
import { pagedList, standard } from "../envelopes.js";
import { missing } from "../refusal.js";
import { idsIn, pageOf, sliceOf } from "../request.js";
import { appointmentAttachmentRow, customerAttachmentRow } from "../rows/attachment-rows.js";
import { exclusiveSpanIn, peopleFilter } from "./appointment-reads.js";

export function addAttachments(app: Hono, account: Account): void {
  app.get("/api/customers/attachments", (c) => {
    const span = exclusiveSpanIn(c, account);
    const users = idsIn(c, "user_ids");
    const customers = idsIn(c, "customer_ids");
    const passes = (one: CustomerAttachment): boolean =>
      within(one.createdAt, span) && (!users || users.has(one.userId)) && (!customers || customers.has(one.customerId));
    const slice = sliceOf(c, account.customerAttachments, {
      ...pageOf(c, account.settings),
      passes,
      row: (one) => customerAttachmentRow(account, one),
    });
    // Counts one more than it gives, so that nobody takes the count for the end of the list.
    return c.json(pagedList(slice, { claimed: slice.total + 1 }));
  });

  app.get("/api/appointments/attachments", (c) => {
    const span = exclusiveSpanIn(c, account);
    const belongs = peopleFilter(c);
    const passes = (one: AppointmentAttachment): boolean => {
      if (!within(one.createdAt, span)) return false;
      const appointment = account.appointments.get(one.appointmentId);
      return appointment === undefined ? noPeopleAsked(c.req.query()) : belongs(appointment);
    };
    const slice = sliceOf(c, account.appointmentAttachments, {
      ...pageOf(c, account.settings),
      passes,
      seenAt: account.appointments.version,
      row: (one) => appointmentAttachmentRow(account, one),
    });
    return c.json(pagedList(slice));
  });

  app.post("/api/custom-field/attachments", async (c) => {
    const file = (await c.req.parseBody().catch(() => ({}) as Record<string, unknown>)).attachment;
    if (!(file instanceof File)) throw missing("attachment");
    const bytes = new Uint8Array(await file.arrayBuffer());
    const ending = /\.[a-z0-9]{1,8}$/i.exec(file.name)?.[0] ?? "";
    const path = `custom-fields/attachments/${createHash("sha1").update(bytes).digest("hex").slice(0, 20)}${ending}`;
    account.uploads.set(path, bytes);
    return c.json(standard({ fileUrl: `${account.filesUrl}/${path}` }, "Attachment added successfully."));
  });
}

function noPeopleAsked(query: Readonly<Record<string, string>>): boolean {
  return ["customer_ids", "status_ids", "setter_ids", "closer_ids"].every((name) => !query[name]);
}

import { defineStream, type Stream } from "@fieldwright/connector-kit";
import type { Api } from "./api.js";
import { bothDays, spanOf } from "./days.js";
import { isEverything, numberedListing, readNumbered } from "./listing.js";

// The rows carry no time, so a span of days cannot be made exact afterwards: an incremental read gives some rows again.
const byTheClock = { type: "datetime", granularity: "day", filter: true, overlap: 86_400_000 } as const;
const about = "The address is public and leads to the file itself: it needs no key, and must not be sent one.";

export function customerAttachments(api: Api): Stream {
  return defineStream({
    name: "customer_attachments",
    about: `Files of customers. ${about}`,
    key: "id",
    fields: {
      id: { type: "integer", readOnly: true },
      attachmentUrl: { type: "text", readOnly: true },
      userId: { type: "integer", readOnly: true },
      customerId: { type: "integer", readOnly: true },
    },
    open: true,
    cursor: byTheClock,
    window: {},
    references: { userId: "users", customerId: "customers" },
    listing: numberedListing(api),
    read: (request, call) => readNumbered(api, { path: "/customers/attachments", query: daysOf(api, request), request }, call),
  });
}

export function appointmentAttachments(api: Api): Stream {
  return defineStream({
    name: "appointment_attachments",
    about: `Files of appointments. ${about}`,
    key: "id",
    fields: {
      id: { type: "integer", readOnly: true },
      attachmentUrl: { type: "text", readOnly: true },
      type: { type: "text", readOnly: true },
      userId: { type: "integer", readOnly: true },
      appointmentId: { type: "integer", readOnly: true },
    },
    open: true,
    cursor: byTheClock,
    window: {},
    references: { userId: "users", appointmentId: "appointments" },
    listing: numberedListing(api),
    read: (request, call) => readNumbered(api, { path: "/appointments/attachments", query: daysOf(api, request), request }, call),
  });
}

function daysOf(api: Api, request: Parameters<typeof spanOf>[0]): { readonly from_date?: string; readonly to_date?: string } {
  if (isEverything(request)) return {};
  const { from, to } = bothDays(spanOf(request), api.assumptions);
  return { from_date: from, to_date: to };
}

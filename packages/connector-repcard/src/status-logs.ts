import { defineStream, type Field, type Stream } from "@fieldwright/connector-kit";
import type { Api } from "./api.js";
import { bothDays, spanOf, within } from "./days.js";
import { numberedListing, readNumbered } from "./listing.js";

const status: Field = {
  type: "object",
  readOnly: true,
  fields: { id: { type: "integer" }, statusName: { type: "text" }, colour: { type: "text" }, iconUrl: { type: "text" } },
};

export function statusLogs(api: Api): Stream {
  return defineStream({
    name: "status_logs",
    about:
      "Every change of a customer's status, oldest first; the first one of a customer comes from no status. Nothing is ever changed or taken away.",
    key: "_id",
    fields: {
      _id: { type: "text", readOnly: true },
      customerId: { type: "integer", readOnly: true },
      customer: { type: "object", readOnly: true, about: "Absent for a customer who is gone." },
      statusFrom: status,
      statusTo: status,
      userId: { type: "integer", readOnly: true },
      companyId: { type: "integer", readOnly: true },
      createdAt: { type: "datetime", readOnly: true },
      updatedAt: { type: "datetime", readOnly: true },
      user: { type: "object", readOnly: true },
    },
    open: true,
    cursor: { field: "createdAt", type: "datetime", granularity: "day", filter: true, overlap: 86_400_000 },
    window: { field: "createdAt" },
    references: { customerId: "customers", userId: "users", "statusFrom.id": "statuses", "statusTo.id": "statuses" },
    listing: numberedListing(api),
    read(request, call) {
      const span = spanOf(request);
      const { from, to } = bothDays(span, api.assumptions);
      return readNumbered(
        api,
        { path: "/customers/status-logs", query: { from_date: from, to_date: to }, request, keep: within(span, "createdAt") },
        call,
      );
    },
  });
}

import { defineStream, type Stream } from "@fieldwright/connector-kit";
import type { Api } from "./api.js";
import { contactTypes } from "./contact-types.js";
import { partsListing, readParts } from "./walk.js";

export function contactStatuses(api: Api): Stream {
  return defineStream({
    name: "contact_statuses",
    about: "The same statuses by the type of contact that they are for: one request for each of the four types.",
    key: "id",
    fields: {
      id: { type: "integer", readOnly: true },
      statusName: { type: "text", readOnly: true },
      shortName: { type: "text", readOnly: true },
      type: { type: "text", readOnly: true, options: [...contactTypes] },
    },
    open: true,
    listing: partsListing(api, false),
    read: (request, call) =>
      readParts(api, {
        request,
        call,
        parts: contactTypes,
        fetch: (type, query, call) => api.items("/contact-statuses", { type, ...query }, call),
      }),
  });
}

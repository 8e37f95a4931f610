import { defineStream, type Stream } from "@fieldwright/connector-kit";
import type { Api } from "./api.js";
import { contactTypes } from "./contact-types.js";
import { partsListing, readParts } from "./walk.js";

export function customFields(api: Api): Stream {
  return defineStream({
    name: "custom_fields",
    about:
      "The fields that the company added to its contacts: one request for each of the four types. Customers carry their values under a name like the internal one without its tail.",
    key: "id",
    fields: {
      id: { type: "integer", readOnly: true },
      internalName: { type: "text", readOnly: true },
      displayName: { type: "text", readOnly: true },
      type: { type: "text", readOnly: true, about: "number, dropdown_radio_single, ..." },
      dataType: { type: "text", readOnly: true },
      optionValues: { type: "list", of: { type: "text" }, readOnly: true },
      contactType: {
        type: "text",
        readOnly: true,
        options: [...contactTypes],
        about: "Added by the connector: the type that was asked for, which the row does not say.",
      },
    },
    open: true,
    listing: partsListing(api, false),
    read: (request, call) =>
      readParts(api, {
        request,
        call,
        parts: contactTypes,
        fetch: (type, query, call) => api.items(`/custom-fields/${type}`, query, call),
        added: (type) => ({ contactType: type }),
      }),
  });
}

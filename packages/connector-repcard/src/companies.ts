import { defineStream, type Stream } from "@fieldwright/connector-kit";
import type { Api } from "./api.js";
import { readNumbered, wholeListing } from "./listing.js";

export function companies(api: Api): Stream {
  return defineStream({
    name: "companies",
    about: "The sub-companies that the key stands for, all in one answer.",
    key: "id",
    fields: {
      id: { type: "integer", readOnly: true },
      companyName: { type: "text", readOnly: true },
      slug: { type: "text", readOnly: true },
      accountNumber: { type: "text", readOnly: true },
      companyLogo: { type: "text", readOnly: true },
      parentCompanyId: { type: "integer", readOnly: true },
      startedOn: { type: "text", readOnly: true, about: "A year, as text." },
    },
    open: true,
    listing: wholeListing,
    read: (request, call) => readNumbered(api, { path: "/companies", request }, call),
  });
}

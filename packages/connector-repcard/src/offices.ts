import { defineStream, type Field, type Stream } from "@fieldwright/connector-kit";
import type { Api } from "./api.js";
import { numberedListing, readNumbered } from "./listing.js";

const shown: Field = { type: "text", readOnly: true };

export function offices(api: Api): Stream {
  return defineStream({
    name: "offices",
    about: "Offices. What is not filled in is an empty text.",
    key: "id",
    fields: {
      id: { type: "integer", readOnly: true },
      officeName: shown,
      officeEmail: shown,
      officeAddress: shown,
      officeMobile: shown,
      officeCity: shown,
      officeState: shown,
      officeZip: shown,
      fullPathOfficeLogo: shown,
    },
    open: true,
    listing: numberedListing(api),
    read: (request, call) => readNumbered(api, { path: "/offices", query: { company_id: api.options.companyId }, request }, call),
  });
}

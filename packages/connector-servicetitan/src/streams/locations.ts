import type { Stream } from "@fieldwright/connector-kit";
import type { Api } from "../api.js";
import type { Declaration } from "../declaration.js";
import { fieldsOf } from "../fields.js";
import { plainWrites } from "../plain-writes.js";
import { streamOf } from "../stream-of.js";
import { wholeAddress } from "../whole-address.js";
import { allCustomFields, currentOf } from "./current.js";

const locationsOf: Declaration = {
  name: "locations",
  about: "Where the work is done. Each belongs to one customer.",
  module: "crm",
  list: "locations",
  feed: "export/locations",
  fields: fieldsOf({
    integer: "id customerId createdById mergedToId zoneId taxZoneId",
    boolean: "active taxExempt",
    text: "name coordinatesSource coordinatesVerificationStatus",
    object: "address",
    list: "customFields tagTypeIds externalData contacts",
    datetime: "createdOn modifiedOn",
    options: {
      coordinatesSource: ["None", "System", "User", "Imported"],
      coordinatesVerificationStatus: ["Unverified", "InProgress", "Failed", "Verified"],
    },
    create: "name address contacts customFields tagTypeIds externalData coordinatesSource coordinatesVerificationStatus customerId",
    update: "customerId name address active taxZoneId customFields tagTypeIds externalData",
    required: "name address customerId",
    about: { contacts: "Only when created; each is copied to the customer." },
  }),
  writeOnly: "contacts coordinatesSource coordinatesVerificationStatus",
  references: { customerId: "customers", tagTypeIds: "tag_types", mergedToId: "locations" },
  sorted: true,
  everything: { active: "Any" },
  getBy: "ids",
  finds: { name: "name", customerId: "customerId" },
  externalData: true,
};

export function locations(api: Api): Stream {
  const plain = plainWrites(api, locationsOf);
  return streamOf(api, locationsOf, {
    create: plain.create,
    async update({ key, set }, call) {
      if (set.address === undefined && set.customFields === undefined) return plain.update({ key, set }, call);
      const current = await currentOf(api, locationsOf, { key, call });
      const address =
        set.address === undefined ? {} : { address: wholeAddress(api, set.address, { current: current.address, coordinates: false }) };
      const fields = set.customFields === undefined ? {} : { customFields: allCustomFields(current.customFields, set.customFields) };
      return plain.update({ key, set: { ...set, ...address, ...fields } }, call);
    },
  });
}

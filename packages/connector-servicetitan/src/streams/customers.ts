import type { Stream } from "@fieldwright/connector-kit";
import type { Api } from "../api.js";
import type { Declaration } from "../declaration.js";
import { fieldsOf } from "../fields.js";
import { plainWrites } from "../plain-writes.js";
import { streamOf } from "../stream-of.js";
import { wholeAddress } from "../whole-address.js";
import { allCustomFields, currentOf } from "./current.js";

const customersOf: Declaration = {
  name: "customers",
  about: "Who pays. Phones and mails are in customer_contacts; a merged customer stays, inactive, with mergedToId.",
  module: "crm",
  list: "customers",
  feed: "export/customers",
  fields: fieldsOf({
    integer: "id createdById mergedToId paymentTermId",
    boolean: "active taxExempt doNotMail doNotService nationalAccount",
    text: "name type",
    object: "address",
    list: "customFields tagTypeIds externalData locations contacts",
    number: "balance creditLimit creditLimitBalance",
    datetime: "createdOn modifiedOn",
    options: { type: ["Residential", "Commercial"] },
    create:
      "name type doNotMail doNotService nationalAccount locations address contacts customFields tagTypeIds externalData taxExempt paymentTermId creditLimit creditLimitBalance",
    update:
      "name type address customFields externalData doNotMail doNotService nationalAccount active tagTypeIds taxExempt paymentTermId creditLimit creditLimitBalance",
    required: "name address",
    about: {
      locations: "Only when created; without it one location of the same name and address is made.",
      contacts: "Only when created; later they are records of customer_contacts.",
    },
  }),
  writeOnly: "locations contacts",
  references: { tagTypeIds: "tag_types", mergedToId: "customers" },
  sorted: true,
  everything: { active: "Any" },
  getBy: "ids",
  finds: { name: "name" },
  externalData: true,
};

export function customers(api: Api): Stream {
  const plain = plainWrites(api, customersOf);
  return streamOf(api, customersOf, {
    // There is no customer without a location.
    create: (record, call) => plain.create({ locations: [{ name: record.name, address: record.address }], ...given(record) }, call),
    async update({ key, set }, call) {
      if (set.address === undefined && set.customFields === undefined) return plain.update({ key, set }, call);
      const current = await currentOf(api, customersOf, { key, call });
      const address =
        set.address === undefined ? {} : { address: wholeAddress(api, set.address, { current: current.address, coordinates: true }) };
      const fields = set.customFields === undefined ? {} : { customFields: allCustomFields(current.customFields, set.customFields) };
      return plain.update({ key, set: { ...set, ...address, ...fields } }, call);
    },
  });
}

function given(record: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined && value !== null));
}

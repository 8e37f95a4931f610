import { type Account, attachmentsOf, logsOf, notesOf } from "../account.js";
import { keyOfField } from "../data/custom-fields.js";
import type { Customer } from "../data/customers.js";
import { isoText } from "../data/moment.js";
import { contactTypes } from "../data/statuses.js";
import { attachmentOfCustomerRow } from "./attachment-rows.js";
import { minimalUserRow, type Row } from "./organisation-rows.js";

export type Relation = "attachments" | "user" | "auroraProjectLinks" | "notes";

const typeNames = contactTypes.map((type) => `${type[0]?.toUpperCase()}${type.slice(1)}`);

/** A customer as lists and single answers print it. Relations that were not asked for are null, those that are empty are []. */
export function customerRow(account: Account, customer: Customer, relations: ReadonlySet<Relation> = noRelations): Row {
  const { firstName, lastName, phoneNumber, countryCode } = customer;
  const fullName = `${firstName} ${lastName ?? ""}`.trim();
  const status = customer.statusId === null ? undefined : account.statuses.get(customer.statusId);
  return {
    id: customer.id,
    fullName,
    firstName,
    lastName,
    name: fullName,
    email: customer.email,
    countryCode,
    isoCountryCode: "US",
    phoneNumber,
    companyName: customer.companyName,
    statusId: customer.statusId,
    statusTitle: status?.statusName ?? null,
    address: customer.address,
    address2: customer.address2,
    state: customer.state,
    city: customer.city,
    zip: customer.zip,
    latitude: customer.latitude,
    longitude: customer.longitude,
    externalId: customer.externalId,
    type: customer.type,
    isReferral: 0,
    isReferrer: 0,
    userId: customer.userId,
    ownerId: customer.ownerId,
    houseId: null,
    enerfloCustomerId: null,
    createdAt: isoText(customer.createdAt),
    hasSentAnyBusinessCard: false,
    referredBy: null,
    image: customer.image,
    title: customer.title,
    experience: null,
    contactDistance: customer.contactDistance,
    companyId: companyIdOf(account, customer.ownerId),
    displayShortName: `${firstName} ${(lastName ?? "").slice(0, 1)}`.trim(),
    typeDisplayName: typeNames[customer.type - 1],
    formattedPhoneNumber:
      phoneNumber === "" ? "" : `${countryCode} ${phoneNumber.slice(0, 3)}-${phoneNumber.slice(3, 6)}-${phoneNumber.slice(6)}`,
    fullAddress: [customer.address, customer.city, customer.state].filter(Boolean).join(" "),
    doorKnocks: [],
    verifiedDoorKnocks: [],
    statusChangeLogs: changesOf(account, customer.id),
    updatedAt: isoText(customer.updatedAt),
    ...relationsOf(account, customer, relations),
    soloProposals: [],
    contactSource: customer.contactSource,
    ...customValuesOf(account, customer),
    ...customer.extra,
  };
}

const noRelations: ReadonlySet<Relation> = new Set();

function relationsOf(account: Account, customer: Customer, asked: ReadonlySet<Relation>): Row {
  const user = asked.has("user") ? account.users.get(customer.userId) : undefined;
  return {
    notes: asked.has("notes") ? notesOf(account, customer.id).map((note) => note.note) : null,
    user: user ? minimalUserRow(account, user) : null,
    attachments: asked.has("attachments") ? attachmentsOf(account, customer.id).map((one) => attachmentOfCustomerRow(account, one)) : null,
    auroraProjectLinks: asked.has("auroraProjectLinks") ? [] : null,
  };
}

/** Every custom field of the type stands at the top level; one without a value is null. */
function customValuesOf(account: Account, customer: Customer): Row {
  const values: Record<string, unknown> = {};
  for (const field of account.customFields.all()) {
    if (field.contactType !== customer.type) continue;
    const key = keyOfField(field);
    values[key] = customer.custom[key] ?? null;
  }
  return values;
}

function changesOf(account: Account, customerId: number): Row[] {
  const titleOf = (id: number | null): string => (id === null ? "" : (account.statuses.get(id)?.statusName ?? ""));
  return logsOf(account, customerId).map((log) => {
    const user = account.users.get(log.userId);
    return {
      user: user ? `${user.firstName} ${user.lastName}` : "",
      statusFrom: titleOf(log.statusFromId),
      statusTo: titleOf(log.statusToId),
      createdAt: isoText(log.createdAt),
    };
  });
}

/** Customers and logs carry the (sub-)company of a user's office. */
export function companyIdOf(account: Account, userId: number): number | null {
  const office = account.users.get(userId)?.officeId;
  const company = typeof office === "number" ? account.offices.get(office)?.companyId : undefined;
  return company ?? account.companies.slice(0, 1)[0]?.id ?? null;
}

import type { Hono } from "hono";
import type { Account } from "../account.js";
import { addCustomer, addNote, changeCustomer } from "../changes.js";
import { keyOfField } from "../data/custom-fields.js";
import type { Customer } from "../data/customers.js";
import { type ContactType, contactTypes } from "../data/statuses.js";
import type { User } from "../data/users.js";
import { type Body, invalid, numberOf, Refusal, requireKeys, textOf } from "../refusal.js";
import { bodyOf } from "../request.js";
import { customerRow, type Relation } from "../rows/customer-row.js";
import type { Row } from "../rows/organisation-rows.js";
import { ofEmail } from "./user-writes.js";

export function addCustomerWrites(app: Hono, account: Account): void {
  app.post("/api/customers", async (c) => {
    const body = await bodyOf(c);
    requireKeys(body, ["firstName", "userEmail"]);
    const owner = ofEmail(account, textOf(body.userEmail) ?? "");
    if (!owner) throw new Refusal(400, "The selected user email is invalid.");
    requireKeys(
      body,
      body.statusId === undefined ? ["statusName", "type", "phoneNumber", "companyName"] : ["type", "phoneNumber", "companyName"],
    );
    const type = typeIn(body);
    const customer = createFrom(account, body, { owner, type, statusId: statusIn(account, body, type) ?? null });
    return c.json({ data: freshRow(account, customer) });
  });

  app.post("/api/customers/upsert", async (c) => {
    const body = await bodyOf(c);
    const ownerEmail = textOf(body.ownerEmail);
    const owner = ownerEmail === undefined ? undefined : ofEmail(account, ownerEmail);
    if (ownerEmail !== undefined && !owner) throw new Refusal(400, "Contact creator email not found.");
    const known = identified(account, body);
    if (known) return c.json({ data: upsertRow(account, updateFrom(account, known, body)) }, 200);
    // An id that is not known is no error here: it makes a new customer, under another id.
    requireKeys(body, ["firstName", "ownerEmail"]);
    if (!owner) throw new Refusal(400, "Contact creator email not found.");
    const type = typeIn(body);
    const made = createFrom(account, body, { owner, type, statusId: statusIn(account, body, type) ?? null });
    const stored = changeCustomer(account, made, blanked(made));
    return c.json({ data: { ...freshRow(account, stored), ...upsertSlips(), fullName: null } }, 201);
  });
}

/** By id, or by e-mail where `contactIdentifierField` says so: `id` holds the text then. */
function identified(account: Account, body: Body): Customer | undefined {
  if (body.contactIdentifierField === "email") {
    const email = textOf(body.id)?.toLowerCase();
    if (!email) return undefined;
    for (const customer of account.customers.all()) if (customer.email?.toLowerCase() === email) return customer;
    return undefined;
  }
  const id = numberOf(body.id);
  return id === undefined ? undefined : account.customers.get(id);
}

interface Creation {
  readonly owner: User;
  readonly type: ContactType;
  readonly statusId: number | null;
}

/** Posting the same twice makes two customers: nothing is compared. */
export function createFrom(account: Account, body: Body, { owner, type, statusId }: Creation): Customer {
  const now = account.nowMs();
  const blank: Customer = {
    ...account.customers.record(account.customers.nextIndex),
    ...{
      firstName: "",
      lastName: "",
      email: "",
      countryCode: "+1",
      phoneNumber: "",
      companyName: "",
      address: "",
      address2: null,
      state: null,
      city: null,
      zip: null,
    },
    ...{ latitude: "0", longitude: "0", externalId: null, image: null, title: "", contactSource: "API", custom: {}, contactDistance: 0 },
    ...{ type, statusId, userId: owner.id, ownerId: owner.id, createdAt: now, updatedAt: now },
  };
  const customer = addCustomer(account, { ...blank, ...fieldsIn(account, body, { type, custom: {} }) }, owner.id);
  const note = textOf(body.notes);
  if (note) addNote(account, { customerId: customer.id, userId: owner.id, text: note });
  return customer;
}

/** What the body leaves out stays. Type and owner stay whatever it says, and the status is looked up among those of the type it has. */
function updateFrom(account: Account, known: Customer, body: Body): Customer {
  const statusId = statusIn(account, body, known.type) ?? known.statusId;
  const after = changeCustomer(account, known, { ...blanked(known), ...fieldsIn(account, body, known), statusId });
  const note = textOf(body.notes);
  if (note) addNote(account, { customerId: known.id, userId: known.ownerId, text: note });
  return after;
}

const textKeys = [
  "firstName",
  "lastName",
  "email",
  "countryCode",
  "phoneNumber",
  "companyName",
  "title",
  "address",
  "address2",
  "city",
  "state",
  "zip",
  "latitude",
  "longitude",
  "contactSource",
  "externalId",
] as const;

function fieldsIn(account: Account, body: Body, customer: Pick<Customer, "type" | "custom">): Partial<Customer> {
  const set: Record<string, unknown> = {};
  for (const key of textKeys) if (key in body) set[key] = body[key] === null ? null : (textOf(body[key]) ?? "");
  const custom: Record<string, unknown> = { ...customer.custom };
  for (const field of account.customFields.all()) {
    if (field.contactType !== customer.type) continue;
    const key = keyOfField(field);
    if (key in body) custom[key] = body[key];
    else if (field.internalName in body) custom[key] = body[field.internalName];
  }
  return { ...set, custom };
}

function typeIn(body: Body): ContactType {
  const type = numberOf(body.type) ?? 1;
  if (contactTypes[type - 1] === undefined) throw invalid("type");
  return type as ContactType;
}

function statusIn(account: Account, body: Body, type: ContactType): number | undefined {
  if (body.statusName === undefined && body.statusId === undefined) return undefined;
  for (const status of account.statuses.all()) {
    if (status.type !== type) continue;
    if (body.statusName === undefined ? status.id === numberOf(body.statusId) : status.statusName === body.statusName) return status.id;
  }
  throw invalid(body.statusName === undefined ? "statusId" : "statusName");
}

/** An upsert leaves "" where a creation leaves null. */
function blanked(customer: Customer): Partial<Customer> {
  return { externalId: customer.externalId ?? "", address2: customer.address2 ?? "", image: customer.image ?? "" };
}

const noRelations: ReadonlySet<Relation> = new Set();

/** Right after creation the status has an id and no title yet. */
function freshRow(account: Account, customer: Customer): Row {
  return { ...customerRow(account, customer, noRelations), statusTitle: null };
}

function upsertRow(account: Account, customer: Customer): Row {
  return { ...customerRow(account, customer, noRelations), ...upsertSlips() };
}

/** In answers to an upsert the country is India's whatever the country code; reading it again gives the right one. */
function upsertSlips(): Row {
  return { isoCountryCode: "IN" };
}

import type { Context, Hono } from "hono";
import { addressOf, type Body, bodyAs, known } from "../body.js";
import { invalid, Problem } from "../problem.js";
import type { Row } from "../store.js";
import type { Tenant } from "../tenant.js";
import { answer, applied, existing, keepExternal } from "./changing.js";
import { route } from "./reads.js";

const flags = "doNotMail doNotService nationalAccount taxExempt";
const types = { type: ["Residential", "Commercial"] };

export function addCrmWrites(app: Hono, tenant: Tenant): void {
  app.post(route("crm/customers"), ({ req }) => createCustomer(tenant, req.raw));
  app.patch(route("crm/customers/:id"), (context) => patchCustomer(tenant, context));
  app.post(route("crm/locations"), async ({ req }) => {
    const body = await bodyAs(req.raw, {
      string: "name",
      integer: "customerId",
      object: "address externalData",
      array: "contacts customFields tagTypeIds",
      required: "name address customerId",
      nullable: "*",
    });
    existingParent(tenant, "customers", body.customerId);
    const row = newLocation(tenant, body, Number(body.customerId));
    return Response.json({
      ...row,
      contacts: newContacts(tenant, "location_contacts", { field: "locationId", owner: row.id, given: body.contacts }),
    });
  });
  app.patch(route("crm/locations/:id"), async ({ req }) => {
    const row = existing(tenant, "locations", req.param("id") as string);
    const { address, customFields, externalData, ...set } = await bodyAs(req.raw, {
      string: "name",
      integer: "customerId taxZoneId",
      boolean: "active",
      object: "address externalData",
      array: "customFields tagTypeIds",
    });
    keepExternal(tenant, "locations", { id: row.id, value: externalData });
    const whole = address === undefined ? {} : { address: addressOf(address, { whole: true, coordinates: "optional" }) };
    return answer(
      tenant,
      "locations",
      applied(tenant, "locations", { id: row.id, set: { ...set, ...whole, ...fieldsFrom(customFields) } }),
    );
  });
}

async function createCustomer(tenant: Tenant, request: Request): Promise<Response> {
  const body = await bodyAs(request, {
    string: "name type",
    number: "creditLimit creditLimitBalance",
    integer: "paymentTermId",
    boolean: flags,
    object: "address externalData",
    array: "locations contacts customFields tagTypeIds",
    enums: types,
    required: "name address locations",
    nullable: "*",
  });
  const places = body.locations as readonly Body[];
  if (places.length === 0) throw invalid("locations", "At least one location is required.");
  const { locations: _, contacts, externalData, customFields, ...set } = body;
  const row = tenant.add("customers", {
    ...blankCustomer,
    ...known(set),
    address: addressOf(body.address, { whole: false, coordinates: "optional" }),
    ...fieldsFrom(customFields),
    tagTypeIds: body.tagTypeIds ?? [],
    type: body.type ?? "Residential",
  });
  keepExternal(tenant, "customers", { id: row.id, value: externalData });
  const made = places.map((place) => {
    const location = newLocation(tenant, place, row.id);
    return {
      ...location,
      contacts: newContacts(tenant, "location_contacts", { field: "locationId", owner: location.id, given: place.contacts }),
    };
  });
  return Response.json({
    ...row,
    locations: made,
    contacts: newContacts(tenant, "customer_contacts", { field: "customerId", owner: row.id, given: contacts }),
  });
}

const blankCustomer = {
  active: true,
  customFields: [],
  balance: 0,
  taxExempt: false,
  tagTypeIds: [],
  doNotMail: false,
  doNotService: false,
  nationalAccount: false,
  createdById: 21,
  mergedToId: null,
  paymentTermId: null,
  creditLimit: null,
  creditLimitBalance: null,
  externalData: [],
};

async function patchCustomer(tenant: Tenant, { req }: Context): Promise<Response> {
  const row = existing(tenant, "customers", req.param("id") as string);
  if (row.mergedToId !== null) throw new Problem(400, `Customer ${row.id} was merged into ${String(row.mergedToId)}.`);
  const body = await bodyAs(req.raw, {
    string: "name type",
    number: "creditLimit creditLimitBalance",
    integer: "paymentTermId",
    boolean: `${flags} active`,
    object: "address externalData",
    array: "customFields tagTypeIds",
    enums: types,
  });
  const { address, customFields, externalData, ...set } = body;
  keepExternal(tenant, "customers", { id: row.id, value: externalData });
  const whole = address === undefined ? {} : { address: addressOf(address, { whole: true, coordinates: "required" }) };
  return answer(tenant, "customers", applied(tenant, "customers", { id: row.id, set: { ...set, ...whole, ...fieldsFrom(customFields) } }));
}

function newLocation(tenant: Tenant, body: Body, customerId: number): Row {
  if (typeof body.name !== "string" || typeof body.address !== "object" || body.address === null)
    throw invalid("locations", "A location has a name and an address.");
  return tenant.add("locations", {
    customerId,
    active: true,
    name: body.name,
    address: addressOf(body.address, { whole: false, coordinates: "optional" }),
    customFields: [],
    ...fieldsFrom(body.customFields),
    createdById: 21,
    mergedToId: null,
    zoneId: null,
    taxExempt: false,
    taxZoneId: null,
    tagTypeIds: body.tagTypeIds ?? [],
    externalData: [],
  });
}

interface NewContacts {
  readonly field: "customerId" | "locationId";
  readonly owner: number;
  readonly given: unknown;
}

function newContacts(
  tenant: Tenant,
  kind: "customer_contacts" | "location_contacts",
  { field, owner, given }: NewContacts,
): readonly object[] {
  return ((given ?? []) as readonly Body[]).map(({ type, value, memo }) => {
    const phoneSettings = { phoneNumber: type === "Email" ? "" : value, doNotText: false };
    const row = tenant.add(kind, { [field]: owner, type, value, memo: memo ?? null, phoneSettings, preferences: null, active: true });
    return { id: row.id, type, value, memo: memo ?? null };
  });
}

function fieldsFrom(given: unknown): object {
  if (!Array.isArray(given)) return {};
  return { customFields: given.map(({ typeId, value }: Body) => ({ typeId, name: `Field ${String(typeId)}`, value: value ?? null })) };
}

/** Writes below an unknown record have been seen to be refused with 400, not 404. */
export function existingParent(tenant: Tenant, kind: "customers" | "locations" | "leads" | "jobs", id: unknown): Row {
  const row = tenant.stores[kind].get(Number(id));
  if (row === undefined) throw new Problem(400, `There is no ${kind.slice(0, -1)} ${String(id)}.`);
  return row;
}

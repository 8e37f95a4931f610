import type { Kind } from "./kinds.js";

export interface List {
  readonly kind: Kind;
  /** Below the tenant, with the module before it. */
  readonly path: string;
  readonly feed?: string;
  /** The word by which inactive rows are asked for; rows of a list without one are all active. */
  readonly active?: "active" | "activeState";
  readonly ids?: boolean;
  readonly sort?: boolean;
  /** Own filters: parameter -> field. One that ends in "s" takes several. */
  readonly filters?: Readonly<Record<string, string>>;
  /** Fields that only the feed shows. */
  readonly hidden?: readonly string[];
  readonly external?: boolean;
}

const plain = { active: "active", ids: true } as const;
const sortable = { ...plain, sort: true } as const;

/** Which lists and feeds there are and what they take. */
export const lists: readonly List[] = [
  { kind: "customers", path: "crm/customers", feed: "crm/export/customers", ...sortable, filters: { name: "name" }, external: true },
  {
    kind: "customer_contacts",
    path: "crm/customers/contacts",
    feed: "crm/export/customers/contacts",
    filters: { customerIds: "customerId" },
    hidden: ["active"],
  },
  {
    kind: "locations",
    path: "crm/locations",
    feed: "crm/export/locations",
    ...sortable,
    filters: { name: "name", customerId: "customerId" },
    external: true,
  },
  {
    kind: "location_contacts",
    path: "crm/locations/contacts",
    feed: "crm/export/locations/contacts",
    filters: { locationIds: "locationId" },
    hidden: ["active"],
  },
  {
    kind: "leads",
    path: "crm/leads",
    feed: "crm/export/leads",
    ids: true,
    sort: true,
    filters: { customerId: "customerId", leadPhone: "leadPhone", leadCustomerName: "leadCustomerName" },
    hidden: ["active"],
  },
  {
    kind: "bookings",
    path: "crm/bookings",
    feed: "crm/export/bookings",
    ids: true,
    sort: true,
    filters: { externalId: "externalId" },
    hidden: ["active"],
  },
  {
    kind: "jobs",
    path: "jpm/jobs",
    feed: "jpm/export/jobs",
    ids: true,
    sort: true,
    filters: { number: "jobNumber", customerId: "customerId", locationId: "locationId", bookingId: "bookingId", jobTypeId: "jobTypeId" },
    hidden: ["active"],
    external: true,
  },
  {
    kind: "appointments",
    path: "jpm/appointments",
    feed: "jpm/export/appointments",
    ...sortable,
    filters: { jobId: "jobId", customerId: "customerId", number: "appointmentNumber", status: "status" },
  },
  {
    kind: "appointment_assignments",
    path: "dispatch/appointment-assignments",
    feed: "dispatch/export/appointment-assignments",
    ...sortable,
    filters: { appointmentIds: "appointmentId", jobId: "jobId" },
  },
  {
    kind: "estimates",
    path: "sales/estimates",
    feed: "sales/export/estimates",
    ...sortable,
    filters: { jobId: "jobId", locationId: "locationId" },
  },
  { kind: "business_units", path: "settings/business-units", feed: "settings/export/business-units", ...plain, filters: { name: "name" } },
  { kind: "technicians", path: "settings/technicians", feed: "settings/export/technicians", ...plain, filters: { name: "name" } },
  { kind: "employees", path: "settings/employees", feed: "settings/export/employees", ...plain, filters: { name: "name", email: "email" } },
  { kind: "tag_types", path: "settings/tag-types", feed: "settings/export/tag-types", active: "active", sort: true },
  { kind: "job_types", path: "jpm/job-types", ...plain, filters: { name: "name" } },
  { kind: "job_hold_reasons", path: "jpm/job-hold-reasons", active: "active", sort: true },
  { kind: "job_cancel_reasons", path: "jpm/job-cancel-reasons", active: "active", sort: true },
  { kind: "campaigns", path: "marketing/campaigns", ...sortable, filters: { name: "name" } },
  { kind: "invoices", path: "accounting/invoices", feed: "accounting/export/invoices", active: "activeState", ids: true, sort: true },
  { kind: "payments", path: "accounting/payments", feed: "accounting/export/payments", active: "activeState", ids: true, sort: true },
  {
    kind: "memberships",
    path: "memberships/memberships",
    feed: "memberships/export/memberships",
    ...sortable,
    filters: { customerIds: "customerId" },
  },
  { kind: "services", path: "pricebook/services", feed: "pricebook/export/services", ...sortable, external: true },
  { kind: "materials", path: "pricebook/materials", feed: "pricebook/export/materials", ...sortable, external: true },
  { kind: "equipment", path: "pricebook/equipment", feed: "pricebook/export/equipment", ...sortable, external: true },
  { kind: "categories", path: "pricebook/categories", feed: "pricebook/export/categories", active: "active", sort: true },
];

/** Feeds without a list of their own. */
export const onlyFeeds: readonly { readonly kind: Kind; readonly feed: string }[] = [{ kind: "job_notes", feed: "jpm/export/job-notes" }];

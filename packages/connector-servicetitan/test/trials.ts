import type { DataRecord } from "@fieldwright/connector-kit";
import type { WriteTrial } from "@fieldwright/connector-kit/testing";

/** All but the notes of customers, locations and leads, which cannot be listed. */
export const streams = [
  "customers",
  "customer_contacts",
  "locations",
  "location_contacts",
  "leads",
  "bookings",
  "jobs",
  "appointments",
  "appointment_assignments",
  "estimates",
  "job_notes",
  "business_units",
  "technicians",
  "employees",
  "job_types",
  "job_hold_reasons",
  "job_cancel_reasons",
  "tag_types",
  "campaigns",
  "invoices",
  "payments",
  "memberships",
  "services",
  "materials",
  "equipment",
  "categories",
];

// The ids that the simulator gives its first records.
const spread = 150_000_000;
export const firstIds = {
  business_units: spread + 1,
  technicians: 2 * spread + 1,
  tag_types: 4 * spread + 1,
  job_types: 5 * spread + 1,
  campaigns: 8 * spread + 1,
  categories: 9 * spread + 1,
  services: 10 * spread + 1,
  customers: 13 * spread + 1,
  customer_contacts: 14 * spread + 1,
  locations: 15 * spread + 1,
  leads: 17 * spread + 1,
  bookings: 18 * spread + 1,
  jobs: 19 * spread + 1,
  appointments: 21 * spread + 1,
  appointment_assignments: 22 * spread + 1,
  estimates: 23 * spread + 1,
};

export const address: DataRecord = {
  street: "12 Elm Street",
  unit: null,
  city: "Birchport",
  state: "FL",
  zip: "32801",
  country: "USA",
  latitude: 28.51,
  longitude: -81.42,
};

const { latitude: _latitude, longitude: _longitude, ...bookingAddress } = address;

export const writes: readonly WriteTrial[] = [
  {
    stream: "customers",
    record: (n) => ({ name: `Nell Quarrow ${n}`, type: "Residential", address, doNotMail: true, tagTypeIds: [firstIds.tag_types] }),
    change: { name: "Nell Reedham", tagTypeIds: [firstIds.tag_types + 1, firstIds.tag_types] },
  },
  {
    stream: "customer_contacts",
    record: (n) => ({ customerId: firstIds.customers + n, type: "Email", value: `nell${n}@example.test` }),
    change: { value: "nell@home.example.test", memo: "private" },
    follows: ["phoneSettings"],
  },
  {
    stream: "locations",
    record: (n) => ({ customerId: firstIds.customers, name: `Shed ${n}`, address }),
    change: { name: "Barn", taxZoneId: 62 },
  },
  {
    stream: "leads",
    record: (n) => ({
      campaignId: firstIds.campaigns,
      summary: `Wants a quote ${n}`,
      leadCustomerName: "Orla Pinecrest",
      leadPhone: "+14155550110",
    }),
    change: { summary: "Wants two quotes", priority: "High" },
  },
  {
    stream: "bookings",
    record: (n) => ({
      bookingProviderId: 501,
      source: "Web",
      name: "Cato Fernwick",
      summary: "Leak",
      isFirstTimeClient: true,
      externalId: `x${n}`,
      address: bookingAddress,
    }),
    change: { summary: "Leak in the attic", status: "Dismissed" },
  },
  {
    stream: "appointments",
    record: (n) => ({ jobId: firstIds.jobs + 2, start: `2026-04-0${n}T15:00:00Z`, end: `2026-04-0${n}T17:00:00Z` }),
    change: { start: "2026-04-20T15:00:00Z", end: "2026-04-20T17:00:00Z", isConfirmed: true, specialInstructions: "Ring twice" },
  },
  {
    stream: "appointment_assignments",
    record: (n) => ({ appointmentId: firstIds.appointments + n, technicianId: firstIds.technicians + n + 5 }),
    change: {},
  },
  {
    stream: "job_notes",
    record: (n) => ({ jobId: firstIds.jobs, text: `Called back ${n}` }),
    change: {},
  },
  {
    stream: "estimates",
    record: (n) => ({ jobId: firstIds.jobs, name: `Option ${n}`, summary: "Heat pump", tax: 12.5 }),
    change: { name: "Best", summary: "Heat pump and ducts" },
  },
  {
    stream: "tag_types",
    record: (n) => ({ name: `VIP ${n}`, color: "#aa2200", code: "V" }),
    change: { color: "#00aa22", importance: "High" },
  },
  {
    stream: "services",
    record: (n) => ({ code: `NEW-${n}`, description: "<p>Tune-up</p>", price: 99.5, categoryIds: [firstIds.categories] }),
    change: { price: 120, displayName: "Tune-up", categoryIds: [firstIds.categories + 1] },
    follows: ["categories"],
  },
  { stream: "materials", record: (n) => ({ code: `PIPE-${n}`, description: "Pipe", cost: 3.25 }), change: { cost: 4, active: false } },
  {
    stream: "equipment",
    record: (n) => ({ code: `HP-${n}`, description: "Heat pump", model: "X1" }),
    change: { model: "X2", price: 8400 },
  },
  { stream: "categories", record: (n) => ({ name: `Ducts ${n}`, categoryType: "Services" }), change: { name: "Air ducts", position: 4 } },
];

export const finds = {
  customers: ["name"],
  customer_contacts: ["customerId"],
  locations: ["customerId", "name"],
  jobs: ["jobNumber", "customerId"],
  appointments: ["jobId"],
  appointment_assignments: ["appointmentId"],
  estimates: ["jobId"],
  technicians: ["name"],
  memberships: ["customerId"],
};

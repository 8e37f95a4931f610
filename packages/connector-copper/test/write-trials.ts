import type { WriteTrial } from "@fieldwright/connector-kit/testing";

const custom = {
  "Region code": "NW-7",
  Remarks: "Two lines:\nsecond.",
  Trade: "Solar",
  Interests: ["Mail", "Visit"],
  "Contract ends": "2026-03-08",
  Insured: true,
  "Roof area": 182.5,
  Portal: "https://portal.example.com/x",
  Discount: 15,
  Budget: 12500.75,
};

const otherCustom = {
  Trade: "Windows",
  Interests: ["Phone"],
  "Contract ends": "2026-11-01",
  Insured: false,
  "Roof area": 3,
  Discount: 0,
  Budget: null,
};

/** Of the people, companies and pipelines that every generated account begins with. */
export const writes: readonly WriteTrial[] = [
  {
    stream: "leads",
    record: (n) => ({
      name: `Trial Lead ${n}`,
      email_address: `trial-${n}@example.test`,
      phone_number: "+16025550101",
      monetary_value: 900,
      ...custom,
    }),
    change: { details: "Call in spring.", email_address: "other@example.test", ...otherCustom },
    follows: ["email"],
    upsertOn: ["name"],
  },
  {
    stream: "people",
    record: (n) => ({
      name: `Trial Person ${n}`,
      emails: [
        { email: `person-${n}@example.test`, category: "work" },
        { email: `home-${n}@example.test`, category: "personal" },
      ],
      company_id: 9_600_001,
      ...custom,
    }),
    change: { title: "Owner", company_id: 9_600_002, ...otherCustom },
    follows: ["company_name"],
  },
  {
    stream: "companies",
    record: (n) => ({
      name: `O'Trial & Sons ${n}`,
      email_domain: `trial-${n}.example.com`,
      address: { street: "1 Main St", city: "Tempe", state: "AZ", postal_code: "85281", country: "US" },
      tags: ["vip"],
      ...custom,
    }),
    change: { name: "Renamed", tags: ["storm"], phone_number: "+16025550102", ...otherCustom },
    follows: ["phone_numbers"],
  },
  {
    stream: "opportunities",
    record: (n) => ({
      name: `Trial Deal ${n}`,
      primary_contact_id: 27_000_001,
      close_date: "2026-02-03",
      monetary_value: 25000,
      ...custom,
    }),
    change: { status: "Won", close_date: "2026-12-31", priority: "High", ...otherCustom },
  },
  {
    stream: "projects",
    record: (n) => ({ name: `Trial Build ${n}`, related_resource: { id: 9_600_001, type: "company" }, ...custom }),
    change: { status: "Completed", ...otherCustom },
  },
  {
    stream: "tasks",
    record: (n) => ({ name: `Trial Task ${n}`, due_date: "2026-04-01T15:00:00.000Z", priority: "High", ...custom }),
    change: { status: "Completed", due_date: "2026-04-02T15:00:00.000Z", ...otherCustom },
  },
  {
    stream: "activities",
    record: (n) => ({
      parent: { id: 27_000_001, type: "person" },
      type: { id: 0, category: "user", name: "Note" },
      details: `Trial ${n}: "quoted"`,
    }),
    change: { details: "Rewritten.", activity_date: "2026-01-05T10:00:00.000Z" },
  },
  {
    stream: "related_items",
    record: (n) => ({ type: "company", id: 9_600_001 + n, related_type: "opportunity", related_id: 4_000_001 + n }),
    change: {},
  },
];

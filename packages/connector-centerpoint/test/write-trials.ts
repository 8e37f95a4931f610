import type { WriteTrial } from "@fieldwright/connector-kit/testing";

/** On the rows that every generated account begins with. */
export const writes: readonly WriteTrial[] = [
  {
    stream: "companies",
    record: (n) => ({
      name: `Trial ${n} & Sons`,
      type: "Company",
      salesStatus: "Lead",
      timezone: "America/Denver",
      isBilling: true,
      isActive: true,
      externalId: `trial-${n}`,
      custom: { phone: "555-555-0100" },
    }),
    change: { website: "https://trial.example.com", salesStatus: "Sold" },
  },
  {
    stream: "profiles",
    record: (n) => ({ name: `Trial Person ${n}`, companyId: "1001", email: `trial-${n}@example.com`, mobile: "555-555-0101" }),
    change: { position: "Owner", companyId: "1002" },
  },
  { stream: "employees", record: (n) => ({ name: `Trial Hand ${n}`, email: `hand-${n}@example.com` }), change: { position: "Foreman" } },
  {
    stream: "properties",
    record: (n) => ({ name: `Trial Site ${n}`, isVisible: true, timezone: "America/Chicago", companyId: "1001" }),
    change: { isVisible: false, locality: "Elmstead" },
  },
  {
    stream: "services",
    record: (n) => ({
      domain: "Service",
      name: `Trial ${n}`,
      workType: "Leak",
      billedCompanyId: "1001",
      price: "120.50",
      custom: { division: "North" },
    }),
    change: { workflowStage: { id: "17", name: "En Route" }, description: "Two steps further.", price: "99.00" },
    follows: ["latestStageTransitionedAt"],
  },
  { stream: "opportunities", record: (n) => ({ domain: "Sales", name: `Bid ${n}` }), change: { status: "lead_quoted" } },
  { stream: "productions", record: () => ({}), change: { description: "Order the gutters." } },
  {
    stream: "invoices",
    record: (n) => ({ productionId: "9001", name: `T${n}`, amount: "10.00" }),
    change: { dueDate: "2026-02-01" },
  },
  { stream: "transactions", record: (n) => ({ amount: `${n}.00`, paymentMethod: "Check", invoiceId: "1001" }), change: {} },
  {
    stream: "work_time_entries",
    record: () => ({ profileId: "1001", inAt: "2026-02-01T14:00:00.000000Z" }),
    change: { outAt: "2026-02-01T18:00:00.000000Z" },
  },
  { stream: "production_items", record: (n) => ({ type: "material", name: `Nails ${n}`, quantity: "4.00" }), change: { unitCost: "2.00" } },
  { stream: "materials", record: (n) => ({ name: `Felt ${n}`, domain: "Service", unitPrice: "3.00" }), change: { units: "RL" } },
  { stream: "product_templates", record: (n) => ({ name: `Reseal ${n}`, domain: "Service" }), change: { correction: "Seal it." } },
  { stream: "products", record: (n) => ({ name: `Open seam ${n}`, quantity: "2.00" }), change: { correction: "Sealed." } },
  { stream: "cost_codes", record: (n) => ({ name: `Travel ${n}`, code: `X${n}` }), change: { workTimeEntryType: "Travel" } },
  { stream: "tax_codes", record: (n) => ({ title: `County ${n}`, code: `Y${n}`, percent: "4.25" }), change: { percent: "4.50" } },
  { stream: "budget_types", record: (n) => ({ name: `Labor ${n}`, code: `Z${n}`, color: "#000000" }), change: { color: "#ffffff" } },
  { stream: "building_outlines", record: (n) => ({ label: `Roof ${n}`, outline: { zoom: 18 } }), change: { label: "Annex" } },
  { stream: "building_divisions", record: (n) => ({ name: `Section ${n}` }), change: { measurement: "90.00" } },
  { stream: "building_photos", record: (n) => ({ type: "general", name: `Corner ${n}` }), change: { description: "North." } },
];

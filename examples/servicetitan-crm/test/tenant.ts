import type { DataRecord } from "@fieldwright/connector-kit";
import { createSimulator } from "@fieldwright/connector-servicetitan/simulator";

export const today = "2026-06-15T15:00:00Z";
export const units = [
  "Pool - Sales",
  "Pool - Service",
  "Pool - Install",
  "Electrical - Sales",
  "Electrical - Service",
  "Electrical - Install",
];

/** A ServiceTitan tenant with the company's business units and nothing else, in which people do things. */
export interface Tenant {
  readonly simulator: Awaited<ReturnType<typeof createSimulator>>;
  /** A customer with a mail address and a phone. */
  customer(n: number): number;
  job(customerId: number, unit: string, more?: DataRecord): number;
  appointment(jobId: number, more?: DataRecord): number;
  estimate(jobId: number, more?: DataRecord): number;
  sell(estimateId: number): void;
  dismiss(estimateId: number): void;
  set(kind: string, id: number, set: DataRecord): void;
  unit(name: string): number;
  daysPass(days: number): void;
}

const names = ["Moss", "Hale", "Reyes", "Okafor", "Lind", "Byrne", "Sato", "Novak"];

export async function openTenant(start = today): Promise<Tenant> {
  const simulator = await createSimulator({ size: 0, now: start, rateLimit: false });
  const add = (kind: string, row: DataRecord): number => {
    simulator.clock.advance(1000); // no two things happen at the same moment
    return Number(simulator.add(kind, { active: true, ...row }).id);
  };
  const set = (kind: string, id: number, values: DataRecord): void => {
    simulator.clock.advance(1000);
    simulator.change(kind, String(id), values);
  };
  const unitIds = new Map(units.map((name) => [name, add("business_units", { name })]));
  const unit = (name: string): number => {
    const id = unitIds.get(name) ?? add("business_units", { name });
    unitIds.set(name, id);
    return id;
  };
  const jobs = new Map<number, DataRecord>();
  return {
    simulator,
    set,
    unit,
    customer(n) {
      const id = add("customers", {
        name: `Ada ${names[n % names.length]} ${n}`,
        type: "Residential",
        address: { street: `${n} Main Street`, unit: null, city: "Tampa", state: "FL", zip: "33601", country: "USA" },
        mergedToId: null,
      });
      add("customer_contacts", { customerId: id, type: "Email", value: `ada.${n}@customers.example.com` });
      add("customer_contacts", { customerId: id, type: "MobilePhone", value: `813-555-01${String(n % 100).padStart(2, "0")}` });
      return id;
    },
    job(customerId, unitName, more = {}) {
      const row = { customerId, businessUnitId: unit(unitName), jobStatus: "Scheduled", total: 0, createdFromEstimateId: null, ...more };
      const id = add("jobs", row);
      jobs.set(id, row);
      simulator.change("jobs", String(id), { jobNumber: String(id) });
      return id;
    },
    appointment: (jobId, more = {}) => add("appointments", { jobId, status: "Scheduled", ...more }),
    estimate: (jobId, more = {}) =>
      add("estimates", {
        jobId,
        customerId: jobs.get(jobId)?.customerId,
        name: "Heat pump",
        subtotal: 8400,
        status: { value: 0, name: "Open" },
        soldOn: null,
        soldBy: null,
        items: [],
        ...more,
      }),
    sell: (id) => set("estimates", id, { status: { value: 1, name: "Sold" }, soldOn: simulator.clock.now().toISOString() }),
    dismiss: (id) => set("estimates", id, { status: { value: 2, name: "Dismissed" }, soldOn: null }),
    daysPass: (days) => simulator.clock.advance(days * 86_400_000),
  };
}

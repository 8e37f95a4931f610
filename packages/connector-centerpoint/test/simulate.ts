import { type CenterpointSimulator, type CenterpointSimulatorOptions, createSimulator } from "@fieldwright/connector-centerpoint/simulator";
import type { DataRecord } from "@fieldwright/connector-kit";

const many = [
  "companies",
  "profiles",
  "employees",
  "properties",
  "opportunities",
  "services",
  "productions",
  "invoices",
  "transactions",
  "service_agreements",
  "warranties",
  "tasks",
  "purchase_orders",
  "work_time_entries",
  "production_days",
  "production_items",
  "production_materials",
  "materials",
  "products",
  "product_templates",
  "product_template_tags",
  "cost_codes",
  "tax_codes",
  "budget_types",
  "budget",
  "locations",
  "files",
  "model_files",
  "buildings",
  "building_outlines",
  "building_divisions",
  "building_photos",
];

/** An account with about `size` records of each kind, whose truth is told as the connector tells it: ids as text, and by which way. */
export async function simulate(size = 23, options: CenterpointSimulatorOptions = {}): Promise<CenterpointSimulator> {
  const simulator = await createSimulator({ sizes: Object.fromEntries(many.map((path) => [path, size])), ...options });
  const holds = simulator.holds.bind(simulator);
  return Object.assign(simulator, { holds: (stream: string) => holds(stream).map(told) });
}

function told(record: DataRecord): DataRecord {
  const entries = Object.entries(record).map(([name, value]) => [
    name,
    name.endsWith("Id") && typeof value === "number" ? String(value) : value,
  ]);
  return { ...Object.fromEntries(entries), _way: "api" };
}

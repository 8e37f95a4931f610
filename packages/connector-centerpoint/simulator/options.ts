import { createClock, type SimulatorClock } from "@fieldwright/connector-kit/testing";
import { stageCount } from "./kinds/stages.js";

export interface CenterpointSimulatorOptions {
  /** The same seed gives the same account. */
  readonly seed?: number;
  /** How many rows by path ("companies", "model_files", ...). */
  readonly sizes?: Readonly<Record<string, number>>;
  /** Times the usual number of rows of every kind; sizes that are given stay as they are. */
  readonly factor?: number;
  readonly token?: string;
  readonly user?: string;
  readonly password?: string;
  /** The vendor documents no limit: none if not given. */
  readonly rateLimit?: { readonly requests: number; readonly perSeconds: number };
  /** A moment at which the clock stands still; real time if not given. */
  readonly now?: Date | string;
  readonly pageSizeLimit?: number;
  /** `clamp` (if not given) cuts a size beyond the limit, `refuse` answers 400. */
  readonly tooLargePages?: "clamp" | "refuse";
  /** What a filter that nobody knows does: the vendor's framework refuses it. */
  readonly unknownFilters?: "refuse" | "ignore";
  /** Whether opportunities and services know `filter[updated_at]` too. */
  readonly jobsFilterByUpdate?: boolean;
  /** Milliseconds between the rows a page shows and the answer, to be as slow as the vendor. */
  readonly delayMs?: number;
  /** Keeps each page once rendered, for a bench that reads more than once. Costs memory in this process. */
  readonly prerendered?: boolean;
  /** How many pages of the web a session lasts for. */
  readonly webSessionPages?: number;
  readonly webPageSize?: number;
  readonly port?: number;
}

export interface Settings extends Required<Omit<CenterpointSimulatorOptions, "rateLimit" | "now" | "factor" | "sizes">> {
  readonly sizes: Readonly<Record<string, number>>;
  readonly rateLimit: { readonly requests: number; readonly perSeconds: number } | undefined;
  readonly clock: SimulatorClock;
}

const usualSizes: Readonly<Record<string, number>> = {
  companies: 120,
  profiles: 200,
  employees: 30,
  properties: 180,
  opportunities: 150,
  services: 260,
  productions: 90,
  invoices: 220,
  transactions: 150,
  service_agreements: 25,
  warranties: 40,
  tasks: 160,
  purchase_orders: 60,
  work_time_entries: 300,
  production_days: 140,
  production_items: 200,
  production_materials: 120,
  materials: 50,
  products: 180,
  product_templates: 40,
  product_template_tags: 8,
  cost_codes: 12,
  tax_codes: 6,
  budget_types: 7,
  budget: 80,
  locations: 3,
  buildings: 60,
  building_outlines: 20,
  building_divisions: 40,
  building_photos: 40,
  files: 400,
  model_files: 500,
  notes: 0,
};

/** 1.4 million rows over all lists, spread as in a large account. */
export const millionsOfRows: Readonly<Record<string, number>> = {
  companies: 60_000,
  profiles: 120_000,
  employees: 800,
  properties: 90_000,
  opportunities: 60_000,
  services: 120_000,
  productions: 30_000,
  invoices: 110_000,
  transactions: 90_000,
  service_agreements: 6_000,
  warranties: 12_000,
  tasks: 70_000,
  purchase_orders: 15_000,
  work_time_entries: 100_000,
  production_days: 20_000,
  production_items: 40_000,
  production_materials: 16_000,
  materials: 4_000,
  products: 60_000,
  product_templates: 1_000,
  product_template_tags: 100,
  cost_codes: 200,
  tax_codes: 60,
  budget_types: 40,
  budget: 14_768,
  locations: 32,
  files: 330_000,
  model_files: 30_000,
  buildings: 0,
  building_outlines: 0,
  building_divisions: 0,
  building_photos: 0,
  notes: 0,
};

export function settingsOf(options: CenterpointSimulatorOptions): Settings {
  const times = options.factor ?? 1;
  const grown = Object.fromEntries(Object.entries(usualSizes).map(([path, count]) => [path, Math.round(count * times)]));
  return {
    seed: options.seed ?? 1,
    sizes: { ...grown, ...options.sizes, workflow_stages: stageCount },
    token: options.token ?? "sim-centerpoint-token",
    user: options.user ?? "office@example.com",
    password: options.password ?? "sim-centerpoint-password",
    rateLimit: options.rateLimit,
    clock: createClock(options.now),
    pageSizeLimit: options.pageSizeLimit ?? 250,
    tooLargePages: options.tooLargePages ?? "clamp",
    unknownFilters: options.unknownFilters ?? "refuse",
    jobsFilterByUpdate: options.jobsFilterByUpdate ?? false,
    delayMs: options.delayMs ?? 0,
    prerendered: options.prerendered ?? false,
    webSessionPages: options.webSessionPages ?? 10_000,
    webPageSize: options.webPageSize ?? 10,
    port: options.port ?? 0,
  };
}

import type { DataRecord } from "@fieldwright/connector-kit";
import { createClock, type SimulatorClock } from "@fieldwright/connector-kit/testing";

export type Entity = "leads" | "people" | "companies" | "opportunities" | "projects" | "tasks";

export const entities: readonly Entity[] = ["leads", "people", "companies", "opportunities", "projects", "tasks"];

/** How many records of each kind the account starts with. */
export interface Sizes {
  readonly leads: number;
  readonly people: number;
  readonly companies: number;
  readonly opportunities: number;
  readonly projects: number;
  readonly tasks: number;
  readonly activities: number;
  readonly users: number;
  readonly pipelines: number;
  readonly customer_sources: number;
  readonly contact_types: number;
  readonly loss_reasons: number;
  readonly lead_statuses: number;
  readonly activity_types: number;
  readonly files: number;
  readonly related_items: number;
}

export interface DefinitionSeed {
  readonly name: string;
  readonly data_type:
    | "String"
    | "Text"
    | "Dropdown"
    | "MultiSelect"
    | "Date"
    | "Checkbox"
    | "Float"
    | "URL"
    | "Percentage"
    | "Currency"
    | "Connect";
  readonly available_on: readonly string[];
  /** Labels; ids are given out in their order. */
  readonly options?: readonly string[];
  readonly currency?: string;
  readonly is_filterable?: boolean;
}

/** A company to begin with: fields as the API shows them, custom fields by name (option labels, days as YYYY-MM-DD). */
export interface CompanySeed {
  readonly fields?: DataRecord;
  readonly custom?: DataRecord;
}

export interface CopperSimulatorOptions {
  /** The same seed gives the same account. */
  readonly seed?: number;
  readonly sizes?: Partial<Sizes>;
  /** In place of the usual definitions, which have one of each type on every kind of record. */
  readonly customFields?: readonly DefinitionSeed[];
  /** Laid over the generated companies, by place. A list that is longer than `sizes.companies` makes more companies. */
  readonly companies?: readonly CompanySeed[] | ((index: number) => CompanySeed);
  readonly rateLimit?: { readonly requests: number; readonly perSeconds: number } | false;
  readonly apiKey?: string;
  readonly userEmail?: string;
  /** Taken as `Authorization: Bearer ...` in place of the three headers. */
  readonly accessToken?: string;
  readonly timeZone?: string;
  readonly dateOrder?: "month-first" | "day-first";
  /** A moment at which the account's clock stands still. Real time if not given. */
  readonly now?: Date | string;
  /** How many records any search shows at most. */
  readonly reach?: number;
  readonly beyondReach?: "refuse" | "empty";
  /** A page size above 200 is refused or cut down to 200. */
  readonly largePages?: "refuse" | "clamp";
  /** Milliseconds by the account's clock until a search shows what was written. */
  readonly searchLagMs?: number;
  /** A GET with a body is answered with the front's HTML page, as it was in 2019. */
  readonly strictGets?: boolean;
  readonly convertedLeads?: "kept" | "removed";
  readonly port?: number;
}

export interface Settings {
  readonly seed: number;
  readonly sizes: Sizes;
  readonly customFields: readonly DefinitionSeed[];
  readonly company: (index: number) => CompanySeed | undefined;
  readonly rateLimit: { readonly requests: number; readonly perSeconds: number } | false;
  readonly apiKey: string;
  readonly userEmail: string;
  readonly accessToken: string;
  readonly timeZone: string;
  readonly dateOrder: "month-first" | "day-first";
  readonly clock: SimulatorClock;
  readonly reach: number;
  readonly beyondReach: "refuse" | "empty";
  readonly largePages: "refuse" | "clamp";
  readonly searchLagMs: number;
  readonly strictGets: boolean;
  readonly convertedLeads: "kept" | "removed";
  readonly port: number;
}

const smallAccount: Sizes = {
  leads: 60,
  people: 120,
  companies: 80,
  opportunities: 70,
  projects: 20,
  tasks: 50,
  activities: 150,
  users: 6,
  pipelines: 2,
  customer_sources: 5,
  contact_types: 4,
  loss_reasons: 4,
  lead_statuses: 4,
  activity_types: 9,
  files: 25,
  related_items: 40,
};

const everywhere = ["lead", "person", "opportunity", "company", "project", "task"];

const usualFields: readonly DefinitionSeed[] = [
  { name: "Region code", data_type: "String", available_on: everywhere },
  { name: "Remarks", data_type: "Text", available_on: everywhere },
  { name: "Trade", data_type: "Dropdown", available_on: everywhere, options: ["Roofing", "Solar", "Windows"], is_filterable: true },
  { name: "Interests", data_type: "MultiSelect", available_on: everywhere, options: ["Mail", "Phone", "Visit"], is_filterable: true },
  { name: "Contract ends", data_type: "Date", available_on: everywhere, is_filterable: true },
  { name: "Insured", data_type: "Checkbox", available_on: everywhere, is_filterable: true },
  { name: "Roof area", data_type: "Float", available_on: everywhere, is_filterable: true },
  { name: "Portal", data_type: "URL", available_on: everywhere },
  { name: "Discount", data_type: "Percentage", available_on: everywhere, is_filterable: true },
  { name: "Budget", data_type: "Currency", available_on: everywhere, currency: "USD", is_filterable: true },
  { name: "Parent of", data_type: "Connect", available_on: ["company"] },
];

export const usualLimit = { requests: 180, perSeconds: 60 };

export function settingsOf(options: CopperSimulatorOptions): Settings {
  const { companies } = options;
  const seeded = Array.isArray(companies) ? companies.length : 0;
  const sizes = { ...smallAccount, ...(seeded > 0 ? { companies: seeded } : {}), ...options.sizes };
  const company = typeof companies === "function" ? companies : (index: number) => companies?.[index];
  return {
    seed: options.seed ?? 1,
    sizes: { ...sizes, users: Math.max(1, sizes.users), companies: Math.max(sizes.companies, seeded) },
    customFields: options.customFields ?? usualFields,
    company,
    rateLimit: options.rateLimit ?? usualLimit,
    apiKey: options.apiKey ?? "demo-copper-key",
    userEmail: options.userEmail ?? "owner@example.test",
    accessToken: options.accessToken ?? "demo-copper-token",
    timeZone: options.timeZone ?? "America/Los_Angeles",
    dateOrder: options.dateOrder ?? "month-first",
    clock: createClock(options.now),
    reach: options.reach ?? 100_000,
    beyondReach: options.beyondReach ?? "refuse",
    largePages: options.largePages ?? "refuse",
    searchLagMs: options.searchLagMs ?? 0,
    strictGets: options.strictGets ?? false,
    convertedLeads: options.convertedLeads ?? "kept",
    port: options.port ?? 0,
  };
}

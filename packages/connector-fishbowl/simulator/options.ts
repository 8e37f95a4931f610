import type { DataRecord } from "@fieldwright/connector-kit";
import { createClock, type SimulatorClock } from "@fieldwright/connector-kit/testing";

/** How many records the server starts with; lines of orders, addresses and contacts follow from these. */
export interface Sizes {
  readonly customers: number;
  readonly salesOrders: number;
  readonly products: number;
  readonly vendors: number;
  readonly purchaseOrders: number;
  readonly users: number;
  readonly pluginInfo: number;
}

/** A customer to begin with: columns as the database has them, custom fields by name. */
export interface CustomerSeed {
  readonly fields?: DataRecord;
  readonly custom?: Readonly<Record<string, string>>;
}

export interface FishbowlSimulatorOptions {
  /** The same seed gives the same server. */
  readonly seed?: number;
  readonly sizes?: Partial<Sizes>;
  /** Laid over the generated customers, by place. A list longer than `sizes.customers` makes more of them. */
  readonly customers?: readonly CustomerSeed[] | ((index: number) => CustomerSeed | undefined);
  /** The days of the first and the last order, YYYY-MM-DD. */
  readonly history?: { readonly from: string; readonly to: string };
  /** A moment at which the clock stands still. Real time if not given. */
  readonly now?: Date | string;
  /** The zone of the server's own times. */
  readonly timeZone?: string;
  readonly username?: string;
  readonly password?: string;
  readonly appId?: number;
  /** Whether an administrator has approved the program; `approve()` does it later. */
  readonly approved?: boolean;
  /** Licensed users at the same time. */
  readonly seats?: number;
  /** The user has a second factor. */
  readonly mfa?: boolean;
  /** The modules the user has no right to. */
  readonly withoutRights?: readonly ("Data" | "Import" | "Inventory")[];
  /** Of column names in a query's answer. */
  readonly rowKeys?: "lower" | "as-written";
  readonly bits?: "boolean" | "number";
  readonly decimals?: "number" | "string";
  /** Columns that this version lacks, by table. */
  readonly lacks?: Readonly<Record<string, readonly string[]>>;
  /** Whether the rows before a bad one of an import stay. */
  readonly partialImports?: "kept" | "undone";
  /** Columns of the customer import that are taken and passed over in silence. */
  readonly deafColumns?: readonly string[];
  /** The names under which this server has its imports. */
  readonly importNames?: { readonly customers?: string; readonly salesOrders?: string };
  /** Errors of a query come with a 200 around them. */
  readonly errorsIn200?: boolean;
  readonly port?: number;
}

export interface Settings extends Required<Omit<FishbowlSimulatorOptions, "customers" | "sizes" | "now" | "importNames">> {
  readonly sizes: Sizes;
  readonly customer: (index: number) => CustomerSeed | undefined;
  readonly clock: SimulatorClock;
  readonly importNames: { readonly customers: string; readonly salesOrders: string };
}

const smallCompany: Sizes = { customers: 60, salesOrders: 120, products: 40, vendors: 8, purchaseOrders: 20, users: 5, pluginInfo: 12 };

export function settingsOf(options: FishbowlSimulatorOptions): Settings {
  const { customers, sizes, now, importNames, ...rest } = options;
  const seeded = Array.isArray(customers) ? customers.length : 0;
  const counted = { ...smallCompany, ...(seeded > 0 ? { customers: seeded } : {}), ...sizes };
  return {
    seed: 1,
    history: { from: "2022-01-03", to: "2026-02-27" },
    timeZone: "America/Denver",
    username: "sync",
    password: "demo-password",
    appId: 54321,
    approved: true,
    seats: 5,
    mfa: false,
    withoutRights: [],
    rowKeys: "lower",
    bits: "boolean",
    decimals: "number",
    lacks: {},
    partialImports: "kept",
    deafColumns: [],
    errorsIn200: false,
    port: 0,
    ...rest,
    sizes: {
      ...counted,
      customers: Math.max(counted.customers, seeded),
      products: Math.max(1, counted.products),
      users: Math.max(1, counted.users),
    },
    customer: typeof customers === "function" ? customers : (index) => customers?.[index],
    clock: createClock(now),
    importNames: { customers: "Customers", salesOrders: "Sales-Order", ...importNames },
  };
}

import { createClock, type SimulatorClock } from "@fieldwright/connector-kit/testing";
import { type Kind, kinds } from "./kinds.js";

export type Sizes = Readonly<Partial<Record<Kind, number>>>;

export interface ServiceTitanSimulatorOptions {
  readonly seed?: number;
  /** Rows of each kind; 50 of those not named, unless `size` says otherwise. */
  readonly sizes?: Sizes;
  readonly size?: number;
  /** The vendor's clock stands at this moment; it runs with real time without it. */
  readonly now?: string;
  /** `false`: none. 60 a second if not given. */
  readonly rateLimit?: false | { readonly requests: number; readonly perSeconds: number };
  /** Rows of a feed's page. The vendor does not say how many; 1,000 if not given. */
  readonly feedPageSize?: number;
  readonly tenantId?: number;
  /** `false`: the application exists, and this tenant has not let it in. */
  readonly connected?: boolean;
  /** Actions that are no longer offered, as the descriptions of July 2026 have it: `["hold", "complete"]`. */
  readonly withdrawn?: readonly string[];
  /** Fields that writes accept and drop, as the vendor does with fields it does not know: `{ customers: ["active"] }`. */
  readonly dropped?: Readonly<Partial<Record<Kind, readonly string[]>>>;
  readonly port?: number;
}

export interface Settings {
  readonly seed: number;
  readonly sizes: Readonly<Record<Kind, number>>;
  readonly clock: SimulatorClock;
  readonly rateLimit: false | { readonly requests: number; readonly perSeconds: number };
  readonly feedPageSize: number;
  readonly tenantId: number;
  readonly connected: boolean;
  readonly withdrawn: readonly string[];
  readonly dropped: Readonly<Partial<Record<Kind, readonly string[]>>>;
  readonly port: number;
  readonly credentials: { readonly clientId: string; readonly clientSecret: string; readonly appKey: string };
}

export function settingsOf(options: ServiceTitanSimulatorOptions): Settings {
  const { seed = 1, size = 50 } = options;
  const sizes = Object.fromEntries(kinds.map((kind) => [kind, options.sizes?.[kind] ?? size])) as Record<Kind, number>;
  return {
    seed,
    sizes,
    clock: createClock(options.now),
    rateLimit: options.rateLimit ?? { requests: 60, perSeconds: 1 },
    feedPageSize: options.feedPageSize ?? 1000,
    tenantId: options.tenantId ?? 1_234_567,
    connected: options.connected ?? true,
    withdrawn: options.withdrawn ?? [],
    dropped: options.dropped ?? {},
    port: options.port ?? 0,
    credentials: { clientId: "cid.demo-client", clientSecret: "cs1.demo-secret-of-the-client", appKey: "ak1.demo-application-key" },
  };
}

import { createClock, type SimulatorClock } from "@fieldwright/connector-kit/testing";
import { type CollectionDefinition, crmCollections } from "./collections.js";

export interface PayloadSimulatorOptions {
  /** The same seed gives the same records. */
  readonly seed?: number;
  /** Records of each collection. 40 if not given. */
  readonly size?: number;
  /** By slug, where it is not `size`. */
  readonly sizes?: Readonly<Record<string, number>>;
  /** In place of contacts, opportunities and pipelines. */
  readonly collections?: readonly CollectionDefinition[];
  readonly apiKey?: string;
  readonly email?: string;
  readonly password?: string;
  /** How long a login lasts: two hours, as Payload's default is. */
  readonly tokenSeconds?: number;
  /** A moment at which the site's clock stands still. Real time if not given. */
  readonly now?: Date | string;
  readonly port?: number;
}

export interface Settings {
  readonly seed: number;
  readonly sizeOf: (slug: string) => number;
  readonly collections: readonly CollectionDefinition[];
  readonly apiKey: string;
  readonly email: string;
  readonly password: string;
  readonly tokenSeconds: number;
  readonly clock: SimulatorClock;
  readonly port: number;
}

export function settingsOf(options: PayloadSimulatorOptions): Settings {
  return {
    seed: options.seed ?? 1,
    sizeOf: (slug) => options.sizes?.[slug] ?? options.size ?? 40,
    collections: options.collections ?? crmCollections,
    apiKey: options.apiKey ?? "demo-key-0001-0002-0003",
    email: options.email ?? "sync@example.test",
    password: options.password ?? "demo-password",
    tokenSeconds: options.tokenSeconds ?? 7200,
    clock: createClock(options.now),
    port: options.port ?? 0,
  };
}

import type { DataRecord } from "../contract.js";
import { createClock, type SimulatorClock } from "./clock.js";
import { createFaults, type Faults } from "./faults.js";
import { openLoopback } from "./loopback.js";
import { createServe } from "./serve.js";
import type { SimulatorSetup } from "./simulator-setup.js";
import type { Table } from "./table.js";
import { createTraffic, type Traffic } from "./traffic.js";

/** A vendor on this machine, as good as the real one for a connector that talks to it. */
export interface Simulator {
  /** http://127.0.0.1:PORT and the base path. */
  readonly url: string;
  /** Connection options that reach it. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Values that must never show. */
  readonly secrets: readonly string[];
  readonly clock: SimulatorClock;
  readonly faults: Faults;
  readonly traffic: Traffic;
  /** The truth, as a full read must give it. */
  holds(stream: string): readonly DataRecord[];
  /** How many records `holds` has, without building them. */
  count?(stream: string): number;
  /** Changes the truth as a person at the vendor's would: updated times come from the clock. */
  add(stream: string, record: DataRecord): DataRecord;
  change(stream: string, key: string, set: DataRecord): DataRecord;
  remove(stream: string, key: string): void;
  /** The vendor's own rate limit, if it has one. */
  readonly limit?: { readonly requests: number; readonly perSeconds: number };
  /** From now on another rate limit, or none. The vendor's headers go on telling it. */
  limitTo?(limit: { readonly requests: number; readonly perSeconds: number } | "none"): void;
  close(): Promise<void>;
}

/** Serves the vendor's routes on a loopback port, with faults, traffic log and rate limit around them. */
export async function startSimulator(setup: SimulatorSetup): Promise<Simulator> {
  const clock = setup.clock ?? createClock();
  const faults = createFaults();
  const traffic = createTraffic();
  for (const table of Object.values(setup.tables)) table.useClock(() => clock.now());
  const { serve, limitTo } = createServe({ setup, faults, traffic });
  const loopback = await openLoopback(setup.port ?? 0, serve);
  const url = loopback.origin + (setup.basePath ?? "");
  const table = (stream: string): Table => {
    const found = Object.hasOwn(setup.tables, stream) ? setup.tables[stream] : undefined;
    if (!found) throw new Error(`The simulator has no stream "${stream}". It has: ${Object.keys(setup.tables).join(", ")}.`);
    return found;
  };
  const asRead = (stream: string, record: DataRecord): DataRecord => setup.asRead?.(stream, record) ?? record;
  return {
    url,
    options: setup.options(url),
    secrets: setup.secrets,
    clock,
    faults,
    traffic,
    limitTo,
    ...(setup.rateLimit ? { limit: { requests: setup.rateLimit.requests, perSeconds: setup.rateLimit.perSeconds } } : {}),
    holds: (stream) => Array.from(table(stream), (record) => asRead(stream, record)),
    count: (stream) => table(stream).size,
    add: (stream, record) => asRead(stream, table(stream).add(record)),
    change: (stream, key, set) => asRead(stream, table(stream).change(key, set)),
    remove: (stream, key) => table(stream).remove(key),
    close: () => loopback.close(),
  };
}

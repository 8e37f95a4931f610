import type { Connector, DataRecord, World } from "../contract.js";
import type { Simulator } from "./simulator.js";

/** How writes to a stream are tried. */
export interface WriteTrial {
  readonly stream: string;
  /** The n-th record to create, as the connector takes it. */
  readonly record: (n: number) => DataRecord;
  /** Fields that an update sets. */
  readonly change: DataRecord;
  /** Fields that the vendor changes along with those of `change`. */
  readonly follows?: readonly string[];
  /** The fields that an upsert goes by. The stream's key if not given. */
  readonly upsertOn?: readonly string[];
}

/** A connector, its simulator and what the suite cannot guess about them. */
export interface Subject {
  readonly connector: Connector;
  /** A fresh simulator with about `size` records in each stream. */
  simulate(size?: number): Promise<Simulator>;
  readonly world?: Partial<World>;
  /** `simulator.options` if not given. */
  options?(simulator: Simulator): Readonly<Record<string, unknown>>;
  /** Options with a wrong credential. Without it every option in `connector.secrets` is replaced. */
  wrongOptions?(simulator: Simulator): Readonly<Record<string, unknown>>;
  readonly streams: "all" | readonly string[];
  readonly writes?: readonly WriteTrial[];
  /** Fields by which records can be found, by stream. */
  readonly finds?: Readonly<Record<string, readonly string[]>>;
}

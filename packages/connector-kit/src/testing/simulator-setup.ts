import type { DataRecord } from "../contract.js";
import type { SimulatorClock } from "./clock.js";
import type { Tables } from "./table.js";

export interface RateLimit {
  readonly requests: number;
  readonly perSeconds: number;
  /** "sliding" (default): never more than `requests` in any `perSeconds`. "fixed": the count starts anew with each window. */
  readonly window?: "sliding" | "fixed";
  /** Real time if not given. */
  readonly by?: "real time" | "clock";
  /** The refusal. `resetUnix` is in seconds. */
  onLimit?(retryAfterSeconds: number, resetUnix: number): Response;
  /** Headers of every answer. */
  headers?(limit: number, remaining: number): Record<string, string>;
}

/** What a vendor's simulator gives: its routes and its data. */
export interface SimulatorSetup {
  /** The vendor's routes: a Hono app's `fetch` fits. Gets the whole URL, base path included. */
  readonly handler: (request: Request) => Response | Promise<Response>;
  /** "/api"; "" if not given. */
  readonly basePath?: string;
  /** Connection options that reach this simulator. */
  readonly options: (url: string) => Readonly<Record<string, unknown>>;
  readonly secrets: readonly string[];
  /** Real time if not given. */
  readonly clock?: SimulatorClock;
  readonly rateLimit?: RateLimit;
  readonly tables: Tables;
  /** How a stored record looks in a full read, where the routes show it otherwise than it is stored. */
  readonly asRead?: (stream: string, record: DataRecord) => DataRecord;
  /** The vendor's own answer to a fault of these kinds. */
  readonly answers?: {
    readonly refused?: () => Response;
    readonly broken?: () => Response;
    readonly unauthorized?: () => Response;
    /** Changes a JSON body as an unannounced release would. Without it, "drift" renames the last field of every object of a list. */
    readonly drift?: (body: unknown, path: string) => unknown;
  };
  /** 0, any free one, if not given. */
  readonly port?: number;
}

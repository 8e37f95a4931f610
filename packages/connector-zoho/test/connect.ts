import type { Call, Connection, DataRecord, Outcome, Page, ReadRequest, Stream } from "@fieldwright/connector-kit";
import zoho from "@fieldwright/connector-zoho";
import { createSimulator, type ZohoSimulator, type ZohoSimulatorOptions } from "@fieldwright/connector-zoho/simulator";
import { onTestFinished } from "vitest";

export const now = "2026-03-10T15:00:00Z";

export interface Connected {
  readonly simulator: ZohoSimulator;
  readonly connection: Connection;
  readonly notices: readonly string[];
  /** Moments until which requests had to wait. */
  readonly waits: readonly number[];
  readonly call: Call;
  stream(name: string): Promise<Stream>;
  pages(name: string, request?: Partial<ReadRequest>): Promise<readonly Page[]>;
  read(name: string, request?: Partial<ReadRequest>): Promise<readonly DataRecord[]>;
}

export interface Setup {
  readonly org?: ZohoSimulatorOptions;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly limits?: { readonly requests: number; readonly perSeconds: number };
}

/** An organisation for one test, and a connection to it. */
export async function connect({ org, options, limits }: Setup = {}): Promise<Connected> {
  const simulator = await createSimulator({ credits: false, now, size: 12, ...org });
  onTestFinished(() => simulator.close());
  const notices: string[] = [];
  const waits: number[] = [];
  const connection = await zoho.open(zoho.options.parse({ ...simulator.options, ...options }), {
    limits: limits ?? { requests: 100_000, perSeconds: 1 },
    secret: () => undefined,
    now: () => simulator.clock.now(),
    notice: (text) => void notices.push(text),
    waiting: (untilMs) => void waits.push(untilMs),
  });
  onTestFinished(() => connection.close());
  const call: Call = { signal: new AbortController().signal };
  const stream = async (name: string): Promise<Stream> => {
    const found = (await connection.streams(call)).find((one) => one.name === name);
    if (found === undefined) throw new Error(`There is no stream ${name}.`);
    return found;
  };
  const pages = async (name: string, request: Partial<ReadRequest> = {}): Promise<readonly Page[]> => {
    const all: Page[] = [];
    for await (const page of (await stream(name)).read?.({ pageSize: 200, ...request }, call) ?? []) all.push(page);
    return all;
  };
  return {
    simulator,
    connection,
    notices,
    waits,
    call,
    stream,
    pages,
    read: async (name, request) => (await pages(name, request)).flatMap((page) => page.records),
  };
}

/** The paths of requests to the API, without what does not matter. */
export function asked(simulator: ZohoSimulator, path: RegExp): readonly string[] {
  return simulator.traffic.paths().filter((one) => path.test(one));
}

export function ids(records: readonly DataRecord[]): readonly string[] {
  return records.map((record) => String(record.id)).sort();
}

/** The error of the outcome at `index`. */
export function errorOf(outcomes: readonly Outcome[] | undefined, index = 0): Extract<Outcome, { ok: false }>["error"] {
  const outcome = outcomes?.[index];
  if (outcome === undefined || outcome.ok) throw new Error(`An error was expected: ${JSON.stringify(outcome)}`);
  return outcome.error;
}

export function doneOf(outcomes: readonly Outcome[] | undefined, index = 0): Extract<Outcome, { ok: true }> {
  const outcome = outcomes?.[index];
  if (outcome === undefined || !outcome.ok) throw new Error(`It should have worked: ${outcome?.error.message}`);
  return outcome;
}

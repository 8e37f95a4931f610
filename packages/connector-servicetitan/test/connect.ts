import type { Call, Connection, DataRecord, Outcome, Page, ReadRequest, Stream } from "@fieldwright/connector-kit";
import servicetitan from "@fieldwright/connector-servicetitan";
import {
  createSimulator,
  type ServiceTitanSimulator,
  type ServiceTitanSimulatorOptions,
} from "@fieldwright/connector-servicetitan/simulator";
import { onTestFinished } from "vitest";

export interface Connected {
  readonly simulator: ServiceTitanSimulator;
  readonly connection: Connection;
  readonly notices: readonly string[];
  readonly call: Call;
  stream(name: string): Stream;
  pages(name: string, request?: Partial<ReadRequest>): Promise<readonly Page[]>;
  read(name: string, request?: Partial<ReadRequest>): Promise<readonly DataRecord[]>;
  /** The outcome of a write of one record. */
  create(name: string, record: DataRecord): Promise<Outcome>;
  update(name: string, key: number | string, set: DataRecord): Promise<Outcome>;
}

export interface Setup {
  readonly tenant?: ServiceTitanSimulatorOptions;
  readonly options?: Readonly<Record<string, unknown>>;
  /** An address in between, in place of the simulator's own. */
  readonly through?: (simulator: ServiceTitanSimulator) => Promise<string>;
}

/** A tenant for one test, and a connection to it. */
export async function connect({ tenant, options, through }: Setup = {}): Promise<Connected> {
  const simulator = await createSimulator({ rateLimit: false, now: "2026-03-10T15:00:00Z", ...tenant });
  onTestFinished(() => simulator.close());
  const apiUrl = through === undefined ? {} : { apiUrl: await through(simulator) };
  const notices: string[] = [];
  const connection = await servicetitan.open(servicetitan.options.parse({ ...simulator.options, attempts: 2, ...apiUrl, ...options }), {
    limits: { requests: 100_000, perSeconds: 1 },
    secret: () => undefined,
    now: () => simulator.clock.now(),
    notice: (text) => void notices.push(text),
  });
  onTestFinished(() => connection.close());
  const call: Call = { signal: new AbortController().signal };
  const streams = new Map((await connection.streams(call)).map((stream) => [stream.name, stream]));
  const stream = (name: string): Stream => {
    const found = streams.get(name);
    if (found === undefined) throw new Error(`There is no stream ${name}.`);
    return found;
  };
  const pages = async (name: string, request: Partial<ReadRequest> = {}): Promise<readonly Page[]> => {
    const all: Page[] = [];
    for await (const page of stream(name).read?.({ pageSize: 5000, ...request }, call) ?? []) all.push(page);
    return all;
  };
  return {
    simulator,
    connection,
    notices,
    call,
    stream,
    pages,
    read: async (name, request) => (await pages(name, request)).flatMap((page) => page.records),
    create: async (name, record) => only(await stream(name).create?.([record], call)),
    update: async (name, key, set) => only(await stream(name).update?.([{ key: String(key), set }], call)),
  };
}

function only(outcomes: readonly Outcome[] | undefined): Outcome {
  const [outcome, ...more] = outcomes ?? [];
  if (outcome === undefined || more.length > 0) throw new Error(`One outcome was expected: ${JSON.stringify(outcomes)}`);
  return outcome;
}

export function errorOf(outcome: Outcome): Extract<Outcome, { ok: false }>["error"] {
  if (outcome.ok) throw new Error(`An error was expected: ${JSON.stringify(outcome)}`);
  return outcome.error;
}

export function doneOf(outcome: Outcome): Extract<Outcome, { ok: true }> {
  if (!outcome.ok) throw new Error(`It should have worked: ${outcome.error.message}`, { cause: outcome.error });
  return outcome;
}

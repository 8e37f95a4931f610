import type { Call, Connection, DataRecord, Outcome, Page, ReadRequest, Stream } from "@fieldwright/connector-kit";
import repcard from "@fieldwright/connector-repcard";
import { createSimulator, type RepcardSimulator, type RepcardSimulatorOptions } from "@fieldwright/connector-repcard/simulator";
import { onTestFinished } from "vitest";

export interface Connected {
  readonly simulator: RepcardSimulator;
  readonly connection: Connection;
  readonly notices: readonly string[];
  readonly call: Call;
  stream(name: string): Stream;
  /** Every page of a read. */
  pages(name: string, request?: Partial<ReadRequest>): Promise<readonly Page[]>;
  read(name: string, request?: Partial<ReadRequest>): Promise<readonly DataRecord[]>;
}

export interface Setup {
  readonly company?: RepcardSimulatorOptions;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly limits?: { readonly requests: number; readonly perSeconds: number };
}

/** A company for one test, and a connection to it. */
export async function connect({ company, options, limits }: Setup = {}): Promise<Connected> {
  const simulator = await createSimulator({ rateLimit: false, now: "2026-03-10T15:00:00Z", ...company });
  onTestFinished(() => simulator.close());
  const notices: string[] = [];
  const connection = await repcard.open(repcard.options.parse({ ...simulator.options, ...options }), {
    limits: limits ?? { requests: 100_000, perSeconds: 1 },
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
    for await (const page of stream(name).read?.({ pageSize: 100, ...request }, call) ?? []) all.push(page);
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
  };
}

/** The error of the one outcome there is. */
export function errorOf(outcomes: readonly Outcome[] | undefined): Extract<Outcome, { ok: false }>["error"] {
  const [outcome] = outcomes ?? [];
  if (outcome === undefined || outcome.ok) throw new Error(`An error was expected: ${JSON.stringify(outcome)}`);
  return outcome.error;
}

/** The one outcome there is, which is a good one. */
export function doneOf(outcomes: readonly Outcome[] | undefined): Extract<Outcome, { ok: true }> {
  const [outcome] = outcomes ?? [];
  if (outcome === undefined || !outcome.ok) throw new Error(`It should have worked: ${outcome?.error.message}`);
  return outcome;
}

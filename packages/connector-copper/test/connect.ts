import copper from "@fieldwright/connector-copper";
import { type CopperSimulator, type CopperSimulatorOptions, createSimulator } from "@fieldwright/connector-copper/simulator";
import type { Call, Connection, DataRecord, Outcome, Page, ReadRequest, Stream, VendorError } from "@fieldwright/connector-kit";
import { onTestFinished } from "vitest";

export interface Connected {
  readonly simulator: CopperSimulator;
  readonly connection: Connection;
  readonly notices: readonly string[];
  readonly call: Call;
  stream(name: string): Stream;
  pages(name: string, request?: Partial<ReadRequest>): Promise<readonly Page[]>;
  read(name: string, request?: Partial<ReadRequest>): Promise<readonly DataRecord[]>;
}

export interface Setup {
  readonly account?: CopperSimulatorOptions;
  readonly options?: Readonly<Record<string, unknown>>;
}

/** An account for one test, and a connection to it. Its streams are those of the moment of connecting. */
export async function connect({ account, options }: Setup = {}): Promise<Connected> {
  const simulator = await createSimulator({ rateLimit: false, now: "2026-03-10T15:00:00Z", ...account });
  onTestFinished(() => simulator.close());
  const notices: string[] = [];
  const connection = await copper.open(copper.options.parse({ ...simulator.options, ...options }), {
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
    for await (const page of stream(name).read?.({ pageSize: 200, ...request }, call) ?? []) all.push(page);
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
export function errorOf(outcomes: readonly Outcome[] | undefined): VendorError {
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

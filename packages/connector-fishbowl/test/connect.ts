import fishbowl from "@fieldwright/connector-fishbowl";
import { createSimulator, type FishbowlSimulator, type FishbowlSimulatorOptions } from "@fieldwright/connector-fishbowl/simulator";
import type { Call, Connection, DataRecord, Outcome, Page, ReadRequest, Stream, VendorError } from "@fieldwright/connector-kit";
import { onTestFinished } from "vitest";

export interface Connected {
  readonly simulator: FishbowlSimulator;
  readonly connection: Connection;
  readonly notices: readonly string[];
  readonly call: Call;
  stream(name: string): Stream;
  pages(name: string, request?: Partial<ReadRequest>): Promise<readonly Page[]>;
  read(name: string, request?: Partial<ReadRequest>): Promise<readonly DataRecord[]>;
}

export interface Setup {
  readonly server?: FishbowlSimulatorOptions;
  readonly options?: Readonly<Record<string, unknown>>;
}

export interface Opened {
  readonly connection: Connection;
  readonly notices: readonly string[];
}

/** A connection that the test closes, or the end of the test. */
export async function openTo(options: Readonly<Record<string, unknown>>, now: () => Date = () => new Date()): Promise<Opened> {
  const notices: string[] = [];
  const connection = await fishbowl.open(fishbowl.options.parse(options), {
    limits: { requests: 100_000, perSeconds: 1 },
    secret: () => undefined,
    now,
    notice: (text) => void notices.push(text),
  });
  onTestFinished(() => connection.close());
  return { connection, notices };
}

/** A server for one test, and a connection to it. */
export async function connect({ server, options }: Setup = {}): Promise<Connected> {
  const simulator = await createSimulator({ now: "2026-03-10T15:00:00Z", ...server });
  onTestFinished(() => simulator.close());
  const { connection, notices } = await openTo({ ...simulator.options, ...options }, () => simulator.clock.now());
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

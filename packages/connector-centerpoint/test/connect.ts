import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import centerpoint from "@fieldwright/connector-centerpoint";
import type { CenterpointSimulator, CenterpointSimulatorOptions } from "@fieldwright/connector-centerpoint/simulator";
import type { Call, Connection, DataRecord, Outcome, Page, ReadRequest, Stream } from "@fieldwright/connector-kit";
import { onTestFinished } from "vitest";
import { simulate } from "./simulate.js";
import { webPages } from "./web-layout.js";

export interface Connected {
  readonly simulator: CenterpointSimulator;
  readonly connection: Connection;
  readonly notices: readonly string[];
  readonly call: Call;
  stream(name: string): Stream;
  /** Every page of a read. */
  pages(name: string, request?: Partial<ReadRequest>): Promise<readonly Page[]>;
  read(name: string, request?: Partial<ReadRequest>): Promise<readonly DataRecord[]>;
}

export interface Setup {
  readonly size?: number;
  readonly account?: CenterpointSimulatorOptions;
  readonly options?: Readonly<Record<string, unknown>>;
}

/** An account for one test, and a connection to it. */
export async function connect({ size, account, options }: Setup = {}): Promise<Connected> {
  const simulator = await simulate(size, { now: "2026-03-10T15:00:00Z", ...account });
  onTestFinished(() => simulator.close());
  return connectTo(simulator, options);
}

export async function connectTo(simulator: CenterpointSimulator, options: Readonly<Record<string, unknown>> = {}): Promise<Connected> {
  const notices: string[] = [];
  const connection = await centerpoint.open(centerpoint.options.parse({ ...simulator.options, attempts: 2, ...options }), {
    limits: { requests: 100_000, perSeconds: 1, parallel: 8 },
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

/** Options for the simulator's web app, with a folder of evidence that goes with the test. */
export async function webOptions(
  simulator: CenterpointSimulator,
  more: Readonly<Record<string, unknown>> = {},
): Promise<Record<string, unknown>> {
  const evidence = await folder();
  const { url, user, password } = simulator.web;
  return {
    ways: ["api", "web"],
    webUser: user,
    webPassword: password,
    web: { url, evidence, requestsPerMinute: 100_000, patience: 2, firstPauseMs: 10, pages: webPages, ...more },
  };
}

export async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), "centerpoint-"));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
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

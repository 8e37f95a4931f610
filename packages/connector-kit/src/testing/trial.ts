import type { Call, Connection, DataRecord, Page, ReadRequest, Stream, World } from "../contract.js";
import type { Simulator } from "./simulator.js";
import type { Subject } from "./subject.js";

/** One connection to one fresh simulator: no promise is judged on what another one left behind. */
export interface Trial {
  readonly simulator: Simulator;
  readonly connection: Connection;
  readonly options: Readonly<Record<string, unknown>>;
  /** What the connector said through `world.notice`. */
  readonly notices: readonly string[];
  stream(name: string): Promise<Stream>;
  call(signal?: AbortSignal): Call;
  pages(name: string, request: ReadRequest, signal?: AbortSignal): Promise<AsyncIterable<Page>>;
}

export interface TrialSetup {
  readonly size?: number;
  /** The account's limit, at the server and in the connector. Without it nobody waits. */
  readonly limit?: { readonly requests: number; readonly perSeconds: number };
  /** Other options than those that reach the simulator. */
  readonly options?: (simulator: Simulator, options: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;
}

/** Enough for several pages of 7, and no page ends with the listing. */
export const usualSize = 23;

export async function inTrial<T>(subject: Subject, setup: TrialSetup, work: (trial: Trial) => Promise<T>): Promise<T> {
  const simulator = await subject.simulate(setup.size ?? usualSize);
  try {
    simulator.limitTo?.(setup.limit ?? "none");
    const usual = subject.options?.(simulator) ?? simulator.options;
    const options = setup.options?.(simulator, usual) ?? usual;
    const notices: string[] = [];
    const world: World = {
      limits: { requests: 100_000, perSeconds: 1 },
      secret: () => undefined,
      now: () => simulator.clock.now(),
      notice: (text) => void notices.push(text),
      ...subject.world,
      ...(setup.limit ? { limits: { ...subject.world?.limits, ...setup.limit } } : {}),
    };
    const connection = await subject.connector.open(subject.connector.options.parse(options), world);
    try {
      return await work(trialOf({ simulator, connection, options, notices }));
    } finally {
      await connection.close();
    }
  } finally {
    await simulator.close();
  }
}

function trialOf(parts: Pick<Trial, "simulator" | "connection" | "options" | "notices">): Trial {
  const call = (signal?: AbortSignal): Call => ({ signal: signal ?? new AbortController().signal });
  const stream = async (name: string): Promise<Stream> => {
    const found = (await parts.connection.streams(call())).find((candidate) => candidate.name === name);
    if (!found) throw new Error(`The connection has no stream "${name}".`);
    return found;
  };
  return {
    ...parts,
    call,
    stream,
    async pages(name, request, signal) {
      const { read } = await stream(name).then((found) => ({ read: found.read?.bind(found) }));
      if (!read) throw new Error(`${name} cannot be read.`);
      return read(request, call(signal));
    },
  };
}

/** Names of the streams to judge that can be read. */
export async function readable(subject: Subject, trial: Trial): Promise<readonly Stream[]> {
  const streams = await trial.connection.streams(trial.call());
  return streams.filter((stream) => stream.read && (subject.streams === "all" || subject.streams.includes(stream.name)));
}

export async function collect(
  pages: AsyncIterable<Page>,
): Promise<{ readonly pages: readonly Page[]; readonly records: readonly DataRecord[] }> {
  const all: Page[] = [];
  for await (const page of pages) all.push(page);
  return { pages: all, records: all.flatMap((page) => page.records) };
}

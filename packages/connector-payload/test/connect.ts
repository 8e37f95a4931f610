import type { Call, Connection, DataRecord, Outcome, Page, ReadRequest, Stream, VendorError } from "@fieldwright/connector-kit";
import type { Simulator } from "@fieldwright/connector-kit/testing";
import payload from "@fieldwright/connector-payload";
import { onTestFinished } from "vitest";
import { collections } from "./subject.js";

export interface Connected {
  readonly connection: Connection;
  readonly notices: readonly string[];
  readonly call: Call;
  stream(name: string): Promise<Stream>;
  pages(name: string, request?: Partial<ReadRequest>): AsyncGenerator<Page>;
  read(name: string, request?: Partial<ReadRequest>): Promise<readonly DataRecord[]>;
  create(name: string, ...records: readonly DataRecord[]): Promise<readonly Outcome[]>;
  update(name: string, key: string, set: DataRecord): Promise<readonly Outcome[]>;
  find(name: string, field: string, ...values: readonly unknown[]): Promise<readonly DataRecord[]>;
}

/** A connection to a site, which may be a simulator or the real thing. Options that are `undefined` are left out. */
export async function connect(
  simulator: Pick<Simulator, "options" | "clock">,
  options: Readonly<Record<string, unknown>> = {},
): Promise<Connected> {
  const given = Object.entries({ ...simulator.options, collections, ...options }).filter(([, value]) => value !== undefined);
  const notices: string[] = [];
  const connection = await payload.open(payload.options.parse(Object.fromEntries(given)), {
    limits: { requests: 100_000, perSeconds: 1 },
    secret: () => undefined,
    now: () => simulator.clock.now(),
    notice: (text) => void notices.push(text),
  });
  onTestFinished(() => connection.close());
  const call: Call = { signal: new AbortController().signal };
  const stream = async (name: string): Promise<Stream> => {
    const all = await connection.streams(call);
    const found = all.find((one) => one.name === name);
    if (found === undefined) throw new Error(`There is no stream ${name}, only ${all.map((one) => one.name).join(", ")}.`);
    return found;
  };
  const pages = async function* (name: string, request: Partial<ReadRequest> = {}): AsyncGenerator<Page> {
    yield* (await stream(name)).read?.({ pageSize: 100, ...request }, call) ?? [];
  };
  return {
    connection,
    notices,
    call,
    stream,
    pages,
    async read(name, request) {
      const records: DataRecord[] = [];
      for await (const page of pages(name, request)) records.push(...page.records);
      return records;
    },
    create: async (name, ...records) => (await (await stream(name)).create?.(records, call)) ?? [],
    update: async (name, key, set) => (await (await stream(name)).update?.([{ key, set }], call)) ?? [],
    find: async (name, field, ...values) => (await (await stream(name)).find?.(field, values, call)) ?? [],
  };
}

/** The errors of those that failed, `undefined` for those that did not. */
export function errorsOf(outcomes: readonly Outcome[]): readonly (VendorError | undefined)[] {
  return outcomes.map((outcome) => (outcome.ok ? undefined : outcome.error));
}

/** The record of the one outcome there is, which is a good one. */
export function recordOf(outcomes: readonly Outcome[]): DataRecord {
  const [outcome] = outcomes;
  if (outcome?.ok !== true || outcome.record === undefined) throw new Error(`It should have worked: ${JSON.stringify(errorsOf(outcomes))}`);
  return outcome.record;
}

import type { Call, Connection, Outcome, Page, ReadRequest, Stream, World } from "@fieldwright/connector-kit";
import { openPg, openPglite, quoteName, type SqlDatabase } from "@fieldwright/connector-kit/sql";
import { inject } from "vitest";
import postgres, { type PostgresOptions } from "../src/index.js";
import { options } from "../src/options.js";

export const call: Call = { signal: new AbortController().signal };

export const world: World = { secret: () => undefined, now: () => new Date(), notice: () => undefined };

export interface Place {
  readonly database: SqlDatabase;
  readonly schema: string;
  connect(given?: Partial<PostgresOptions>): Promise<Connection>;
  stream(name: string, given?: Partial<PostgresOptions>): Promise<Stream>;
  close(): Promise<void>;
}

/** A schema of its own for each test file, in the store's database. */
async function place(database: SqlDatabase, schema: string): Promise<Place> {
  await database.run(`drop schema if exists ${quoteName(schema)} cascade; create schema ${quoteName(schema)}`);
  const connect = (given: Partial<PostgresOptions> = {}) =>
    postgres.open(options.parse({ database: "store", schema, ...given }), { ...world, store: database });
  return {
    database,
    schema,
    connect,
    stream: async (name, given) => {
      const streams = await (await connect(given)).streams(call);
      const found = streams.find((stream) => stream.name === name);
      if (!found) throw new Error(`no stream ${name} among ${streams.map((stream) => stream.name).join(", ")}`);
      return found;
    },
    close: async () => {
      await database.run(`drop schema ${quoteName(schema)} cascade`);
      await database.close();
    },
  };
}

/** Both kinds of database: `describe.each(databases("name of the test"))`. */
export function databases(name: string): readonly (readonly [string, () => Promise<Place>])[] {
  return [
    ["a Postgres server", () => place(openPg({ url: inject("databaseUrl") }), `pg ${name}`)],
    ["the embedded Postgres", async () => place(await openPglite(), `pg ${name}`)],
  ];
}

export async function pages(stream: Stream, request: Partial<ReadRequest> = {}): Promise<Page[]> {
  const all: Page[] = [];
  for await (const page of stream.read?.({ pageSize: 1000, ...request }, call) ?? []) all.push(page);
  return all;
}

export function keys(outcomes: readonly Outcome[] | undefined): readonly (string | null)[] {
  return (outcomes ?? []).map((outcome) => (outcome.ok ? outcome.key : null));
}

export function errors(outcomes: readonly Outcome[] | undefined): readonly string[] {
  return (outcomes ?? []).flatMap((outcome) => (outcome.ok ? [] : [`${outcome.error.code}: ${outcome.error.message}`]));
}

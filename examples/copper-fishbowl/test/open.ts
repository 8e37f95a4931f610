import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import copper from "@fieldwright/connector-copper";
import fishbowl from "@fieldwright/connector-fishbowl";
import { openPg, type SqlDatabase } from "@fieldwright/connector-kit/sql";
import postgres from "@fieldwright/connector-postgres";
import { createEngine, type Engine, loadProject, renderProblem } from "@fieldwright/core";
import { inject } from "vitest";
import { type Company, makeCompany, type Shape } from "./company.js";

const folder = resolve(import.meta.dirname, "..");
let made = 0;

export interface Office extends Company {
  /** The one that was opened last. */
  readonly engine: Engine;
  /** Of the database. */
  readonly url: string;
  /** An engine as of the next day: connections that know nothing of before. */
  reopen(): Promise<void>;
  rows(query: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  number(query: string): Promise<number>;
}

/** The project as it is shipped, on a database of its own and both simulators. */
export async function open(shape: Shape): Promise<Office> {
  const server = openPg({ url: inject("databaseUrl") });
  const name = `copper_fishbowl_${process.pid}_${++made}`;
  await server.run(`create database ${name}`);
  const url = new URL(inject("databaseUrl"));
  url.pathname = `/${name}`;
  const store = openPg({ url: url.href });
  await store.run(await readFile(resolve(folder, "migrations/001_office.sql"), "utf8"));
  const company = await makeCompany(shape);
  let engine = await openEngine(company, store);
  const rows = (query: string) => store.query<Readonly<Record<string, unknown>>>(query);
  return {
    ...company,
    get engine() {
      return engine;
    },
    reopen: async () => {
      await engine.close();
      engine = await openEngine(company, store);
    },
    url: url.href,
    rows,
    number: async (query) => Number((await rows(`select (${query}) as number`))[0]?.number),
    close: async () => {
      await engine.close();
      await company.close();
      await store.close();
      await server.run(`drop database ${name} with (force)`);
      await server.close();
    },
  };
}

async function openEngine(company: Company, store: SqlDatabase): Promise<Engine> {
  const loaded = await loadProject(folder, { env: {}, simulate: { copper: company.copper.options, fishbowl: company.fishbowl.options } });
  if (!loaded.ok) throw new Error(loaded.problems.map((problem) => renderProblem(problem)).join("\n"));
  const { value } = loaded;
  // The simulators are on this machine: the vendors' limits would only make the tests wait.
  const limits = { requests: 100_000, perSeconds: 1 };
  const connections = Object.fromEntries(
    Object.entries(value.connections).map(([name, one]) => [name, { ...one, ...(name === "office" ? {} : { limits }) }]),
  );
  return createEngine({ project: { ...value, connections } as typeof value, connectors: { copper, fishbowl, office: postgres }, store });
}

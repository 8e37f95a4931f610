import type { Connector } from "@fieldwright/connector-kit";
import { openPg, openPglite, type SqlDatabase } from "@fieldwright/connector-kit/sql";
import postgres from "@fieldwright/connector-postgres";
import { type CheckReport, type CheckResult, createEngine, defineProject, defineSync, type Engine } from "@fieldwright/core";
import { inject } from "vitest";
import { Shelf, shelfConnector } from "./shelf.js";

let made = 0;

/** A table `deals` with its `owners`, in the store's own database or in another one. */
export interface TableWorld {
  /** Of the tables. */
  readonly database: SqlDatabase;
  /** Of the engine's state. */
  readonly store: SqlDatabase;
  readonly name: string;
  /** An engine on the sync of the deals with these checks; closes with the world. */
  engine(checks: readonly Record<string, unknown>[], more?: Record<string, unknown>): Promise<Engine>;
  change(sql: string): Promise<void>;
  close(): Promise<void>;
}

export const places = ["in the store, on a server", "in the store, embedded", "in another Postgres"] as const;

export async function makeTables(place: (typeof places)[number], shelf: Shelf): Promise<TableWorld> {
  const url = inject("databaseUrl");
  const store = place === "in the store, embedded" ? await openPglite() : openPg({ url });
  const database = place === "in another Postgres" ? openPg({ url }) : store;
  const name = `chk${process.pid}_${Date.now().toString(36)}_${++made}`;
  await database.run(`create schema ${name}`);
  await database.run(`create table ${name}.owners (id bigint primary key, name text)`);
  await database.run(
    `create table ${name}.deals (id bigint primary key, title text, email text, amount numeric, owner_id bigint, stage text, tags text[])`,
  );
  await database.run(`insert into ${name}.owners values (1, 'Ada'), (2, 'Bo')`);
  const engines: Engine[] = [];
  return {
    database,
    store,
    name,
    engine: async (checks, more = {}) => {
      const there = place === "in another Postgres" ? { url, schema: name } : { database: "store", schema: name };
      const engine = await createEngine({
        project: defineProject({
          version: 1,
          project: name,
          store: { schema: `${name}_state`, landing_schema: `${name}_landing` },
          connections: {
            shelf: { package: "shelf", options: {} },
            warehouse: { package: "@fieldwright/connector-postgres", options: there },
          },
          syncs: [defineSync({ ...dealsSpec, ...(checks.length === 0 ? {} : { checks }), ...more } as never)],
        }),
        connectors: { shelf: shelfConnector([shelf]) as unknown as Connector<never>, warehouse: postgres as unknown as Connector<never> },
        store,
      });
      engines.push(engine);
      return { ...engine, run: (run = {}) => engine.run({ approve: true, ...run }) };
    },
    change: async (sql) => void (await database.run(sql.replaceAll("$.", `${name}.`))),
    close: async () => {
      for (const engine of engines) await engine.close();
      await database.run(`drop schema if exists ${name} cascade`);
      for (const schema of [`${name}_state`, `${name}_landing`]) await store.run(`drop schema if exists ${schema} cascade`);
      await store.close();
      if (database !== store) await database.close();
    },
  };
}

const dealsSpec = {
  version: 1,
  sync: "deals",
  from: { connection: "shelf", stream: "deals" },
  to: { connection: "warehouse", stream: "deals" },
  match: { try_in_order: [{ id: "id" }] },
  fields: { id: "id", title: "title", email: "email", amount: "amount", owner_id: "owner" },
};

export function dealsShelf(count: number): Shelf {
  const shelf = new Shelf("deals", {
    id: { type: "integer" },
    title: { type: "text" },
    email: { type: "text" },
    amount: { type: "decimal" },
    owner: { type: "integer" },
    kind: { type: "text" },
  });
  return shelf.put(...Array.from({ length: count }, (_, index) => deal(index + 1)));
}

export function deal(id: number, more: Record<string, unknown> = {}) {
  return { id, title: `Deal ${id}`, email: `d${id}@example.test`, amount: `${id}.10`, owner: 1 + (id % 2), kind: "big", ...more };
}

/** The result about something, by a piece of its words. */
export function resultOf(report: CheckReport, about: string): CheckResult {
  const all = report.syncs.flatMap((sync) => sync.checks);
  const found = all.filter((one) => one.about.includes(about));
  if (found.length !== 1 || !found[0])
    throw new Error(`${found.length} results are about "${about}": ${all.map((one) => one.about).join("; ")}`);
  return found[0];
}

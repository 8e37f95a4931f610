import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { DataRecord } from "@fieldwright/connector-kit";
import { openPg } from "@fieldwright/connector-kit/sql";
import payload from "@fieldwright/connector-payload";
import { createSimulator, type FieldDefinition } from "@fieldwright/connector-payload/simulator";
import postgres from "@fieldwright/connector-postgres";
import servicetitan from "@fieldwright/connector-servicetitan";
import { createEngine, type Engine, loadProject, type RunReport, type SyncReport } from "@fieldwright/core";
import { inject } from "vitest";
import { openTenant, type Tenant } from "./tenant.js";

export const folder = resolve(import.meta.dirname, "..");
export const fromServiceTitan = ["contacts", "sales-opportunities", "install-opportunities"];

export interface World {
  readonly tenant: Tenant;
  readonly crm: Awaited<ReturnType<typeof createSimulator>>;
  readonly engine: Engine;
  readonly databaseUrl: string;
  /** A run of everything, approved beforehand. */
  run(options?: { readonly full?: boolean; readonly syncs?: readonly string[] }): Promise<RunReport>;
  /** What the CRM holds of the opportunity that a job is linked to. */
  opportunityOf(jobId: number): DataRecord | undefined;
  /** A person changes that opportunity in the CRM. */
  edit(jobId: number, set: DataRecord): void;
  close(): Promise<void>;
}

/** The example as it is, on a tenant, a CRM with the collections of fieldwright.yaml, and a database of its own. */
export async function openWorld(): Promise<World> {
  const tenant = await openTenant();
  const unready = await load({});
  const crm = await createSimulator({
    size: 0,
    now: tenant.simulator.clock.now(),
    collections: collectionsOf(unready.connections.crm?.options),
  });
  const databaseUrl = await newDatabase();
  const project = await load(
    {
      servicetitan: tenant.simulator.options,
      activity: tenant.simulator.options,
      crm: { ...crm.options, assumptions: { requestsPerSecond: 5000 } },
    },
    { DATABASE_URL: databaseUrl },
  );
  const engine = await createEngine({
    project,
    connectors: { servicetitan, activity: servicetitan, crm: payload, lists: postgres },
    now: () => tenant.simulator.clock.now(),
  });
  await engine.sql(await readFile(join(folder, "migrations/001_pipelines.sql"), "utf8"), { write: true });
  const opportunityOf = (jobId: number) =>
    crm.holds("opportunities").find((one) => one.servicetitanJobId === String(jobId) || one.servicetitanInstallJobId === String(jobId));
  return {
    tenant,
    crm,
    engine,
    databaseUrl,
    run: ({ full = false, syncs } = {}) => {
      crm.clock.set(tenant.simulator.clock.now());
      return engine.run({ approve: true, ...(full ? { mode: { kind: "full" } } : {}), ...(syncs === undefined ? {} : { syncs }) });
    },
    opportunityOf,
    edit: (jobId, set) => {
      tenant.simulator.clock.advance(1000);
      crm.clock.set(tenant.simulator.clock.now());
      crm.change("opportunities", String(opportunityOf(jobId)?.id), set);
    },
    close: async () => {
      await engine.close();
      await Promise.all([tenant.simulator.close(), crm.close()]);
    },
  };
}

async function load(simulate: Readonly<Record<string, Readonly<Record<string, unknown>>>>, env: Readonly<Record<string, string>> = {}) {
  const loaded = await loadProject(folder, { env, simulate });
  if (!loaded.ok) throw new Error(loaded.problems.map((problem) => `${problem.file}:${problem.line} ${problem.message}`).join("\n"));
  return loaded.value;
}

type Fields = Readonly<Record<string, Omit<FieldDefinition, "name" | "fields">>>;

/** The collections of fieldwright.yaml as a site's own config has them. */
function collectionsOf(options: unknown) {
  const { collections } = options as { readonly collections: Readonly<Record<string, { readonly fields: Fields }>> };
  return Object.entries(collections).map(([slug, { fields }]) => ({
    slug,
    fields: Object.entries(fields).map(([name, field]): FieldDefinition => ({ name, ...field })),
  }));
}

async function newDatabase(): Promise<string> {
  const url = new URL(inject("databaseUrl"));
  const server = openPg({ url: url.href });
  const name = `crm_${randomUUID().replaceAll("-", "")}`;
  await server.run(`create database ${name}`);
  await server.close();
  url.pathname = `/${name}`;
  return url.href;
}

export function syncOf(report: RunReport, name: string): SyncReport {
  const found = report.syncs.find((sync) => sync.sync === name);
  if (found === undefined) throw new Error(`The report says nothing of ${name}.`);
  return found;
}

import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { openPg, type SqlDatabase } from "@fieldwright/connector-kit/sql";
import postgres from "@fieldwright/connector-postgres";
import zoho from "@fieldwright/connector-zoho";
import { type CustomField, createSimulator, type ZohoSimulator } from "@fieldwright/connector-zoho/simulator";
import { createEngine, type Engine, loadProject, type RunOptions, type RunReport } from "@fieldwright/core";
import { inject } from "vitest";

export const folder = resolve(import.meta.dirname, "..");

/** The three paths, and the portal's way of learning Zoho's ids. */
export const paths = {
  portalToZoho: "portal-to-zoho",
  zohoToBackoffice: "zoho-to-backoffice",
  idsToPortal: "zoho-ids-to-portal",
  portalToBackoffice: "portal-to-backoffice",
} as const;

const statuses = "Not Contacted,Attempted to Contact,Contacted,Contact in Future,Pre-Qualified,Not Qualified,Lost Lead,Junk Lead";

/** What the README asks to be set up in Zoho; the last status is one that somebody added since. */
const leadFields: readonly CustomField[] = [
  { name: "Portal_Lead_ID", unique: true },
  { name: "Email", type: "email", unique: true },
  { name: "Lead_Status", type: "picklist", picks: [...statuses.split(","), "Site Visit"] },
  { name: "Latitude", type: "double" },
  { name: "Longitude", type: "double" },
  { name: "System_Size", type: "double" },
  { name: "Quote_Amount", type: "currency" },
  { name: "Annual_Savings", type: "currency" },
  { name: "Payment_Method", type: "picklist", picks: ["Cash", "Loan", "Lease"] },
  { name: "Loan_Term", type: "integer" },
  { name: "With_Battery", type: "boolean" },
  { name: "Battery_Size", type: "double" },
  { name: "Portal_Source" },
];

export type Row = Readonly<Record<string, unknown>>;

export interface World {
  readonly zoho: ZohoSimulator;
  readonly engine: Engine;
  readonly database: SqlDatabase;
  /** The environment that fieldwright.yaml asks for. */
  readonly env: Readonly<Record<string, string>>;
  /** A second engine on the same store, as another process would have it. */
  anotherEngine(): Promise<Engine>;
  /** Runs syncs by name, approved beforehand. */
  run(syncs: readonly string[], options?: RunOptions): Promise<RunReport>;
  /** A lead that a visitor leaves in the portal; gives its id. */
  portalLead(values: Row): Promise<string>;
  /** The back office's rows by e-mail, without their own ids and times. */
  rows(): Promise<readonly Row[]>;
  row(email: string): Promise<Row | undefined>;
  zohoLead(email: string): Row | undefined;
  close(): Promise<void>;
}

/** A database with both schemas, an organisation without leads, and an engine on the example's own files. */
export async function openWorld(): Promise<World> {
  const url = await newDatabase();
  const database = openPg({ url });
  for (const file of ["001_portal.sql", "002_backoffice.sql"])
    await database.run(await readFile(resolve(folder, "migrations", file), "utf8"));
  const simulator = await createSimulator({ sizes: { Leads: 0 }, credits: false, customFields: { Leads: leadFields } });
  const env = {
    DATABASE_URL: url,
    PORTAL_DATABASE_URL: url,
    ZOHO_CLIENT_ID: simulator.options.clientId,
    ZOHO_CLIENT_SECRET: simulator.options.clientSecret,
    ZOHO_REFRESH_TOKEN: simulator.options.refreshToken,
    ZOHO_ACCOUNTS_URL: simulator.options.accountsUrl,
  };
  const engines: Engine[] = [];
  const open = async (): Promise<Engine> => {
    const loaded = await loadProject(folder, { env });
    if (!loaded.ok) throw new Error(loaded.problems.map((problem) => `${problem.file}:${problem.line} ${problem.message}`).join("\n"));
    const engine = await createEngine({ project: loaded.value, connectors: { portal: postgres, zoho, backoffice: postgres } });
    engines.push(engine);
    return engine;
  };
  const engine = await open();
  const rows = async (): Promise<readonly Row[]> => {
    const found = await database.query<Row>("select * from backoffice.leads order by email, id");
    return found.map(({ id: _id, created_at: _at, ...row }) => row);
  };
  return {
    zoho: simulator,
    engine,
    database,
    env,
    anotherEngine: open,
    run: (syncs, options = {}) => engine.run({ syncs, approve: true, ...options }),
    portalLead: async (values) => {
      const names = Object.keys(values);
      const [made] = await database.query<{ id: string }>(
        `insert into portal.leads (${names.join(", ")}) values (${names.map((_, at) => `$${at + 1}`).join(", ")}) returning id`,
        Object.values(values),
      );
      return String(made?.id);
    },
    rows,
    row: async (email) => (await rows()).find((row) => row.email === email),
    zohoLead: (email) => simulator.holds("Leads").find((lead) => String(lead.Email).toLowerCase() === email),
    close: async () => {
      for (const one of engines) await one.close();
      await simulator.close();
      await database.close();
    },
  };
}

async function newDatabase(): Promise<string> {
  const url = new URL(inject("databaseUrl"));
  const server = openPg({ url: url.href });
  const name = `zohobo_${randomUUID().replaceAll("-", "")}`;
  await server.run(`create database ${name}`);
  await server.close();
  url.pathname = `/${name}`;
  return url.href;
}

/** How many records each sync wrote, held or could not write: all that is not "nothing to do". */
export function workOf(report: RunReport): Readonly<Record<string, string>> {
  return Object.fromEntries(
    report.syncs.map(({ sync, created, updated, deleted, waiting, held, failed }) => [
      sync,
      `+${created} ~${updated} -${deleted} waiting ${waiting} held ${held} failed ${failed}`,
    ]),
  );
}

/** A whole lead of the portal. */
export function visitor(name: string, email: string, more: Row = {}): Row {
  return {
    full_name: name,
    email,
    phone: "9912 3456",
    address: "12, Triq it-Test",
    locality: "Victoria",
    latitude: "36.044400",
    longitude: "14.239700",
    status: "new",
    system_size: "4.50",
    quote_amount: "9750.00",
    annual_savings: "1180.40",
    payment_method: "loan",
    loan_term: 84,
    with_battery: true,
    battery_size: "10.24",
    portal_source: "solar calculator",
    ...more,
  };
}

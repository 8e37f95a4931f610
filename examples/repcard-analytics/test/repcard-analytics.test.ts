import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import postgres from "@fieldwright/connector-postgres";
import repcard from "@fieldwright/connector-repcard";
import { createSimulator } from "@fieldwright/connector-repcard/simulator";
import { createEngine, type Engine, loadProject, type RunReport } from "@fieldwright/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const folder = resolve(import.meta.dirname, "..");
const tables = {
  offices: "repcard_offices",
  users: "repcard_users",
  customers: "repcard_customers",
  appointments: "repcard_appointments",
  status_logs: "repcard_status_logs",
  customer_attachments: "repcard_customer_attachments",
  appointment_attachments: "repcard_appointment_attachments",
} as const;

let simulator: Awaited<ReturnType<typeof createSimulator>>;
let store: string;
let engine: Engine;
let first: RunReport;

beforeAll(async () => {
  simulator = await createSimulator({ rateLimit: false });
  store = await mkdtemp(join(tmpdir(), "fieldwright-example-"));
  const loaded = await loadProject(folder, { env: {}, simulate: { repcard: simulator.options } });
  if (!loaded.ok) throw new Error(loaded.problems.map((problem) => `${problem.file}:${problem.line} ${problem.message}`).join("\n"));
  const project = loaded.value;
  engine = await createEngine({
    project: { ...project, store: { ...project.store, path: join(store, "store") } },
    connectors: { repcard, analytics: postgres },
  });
  await engine.sql(await readFile(join(folder, "migrations/001_tables.sql"), "utf8"), { write: true });
  first = await engine.run();
}, 120_000);

afterAll(async () => {
  await engine?.close();
  await simulator?.close();
  await rm(store, { recursive: true, force: true });
});

async function rowsIn(table: string): Promise<number> {
  const [row] = await engine.sql(`select count(*)::int as rows from ${table}`);
  return Number(row?.rows);
}

describe("RepCard into seven tables", () => {
  it("fetches and writes as many records as the vendor holds, for each of the seven streams", async () => {
    const held = Object.fromEntries(Object.keys(tables).map((stream) => [`repcard.${stream}`, simulator.holds(stream).length]));
    expect(Object.fromEntries(first.streams.map((stream) => [stream.stream, stream.fetched]))).toEqual(held);
    expect(Object.fromEntries(first.syncs.map((sync) => [sync.sync, sync.created]))).toEqual(
      Object.fromEntries(Object.entries(held).map(([stream, count]) => [stream.replace(".", "-").replaceAll("_", "-"), count])),
    );
    for (const [stream, table] of Object.entries(tables)) expect(await rowsIn(table), table).toBe(held[`repcard.${stream}`]);
    expect(first.status).toBe("done");
  });

  it("ships tables that lack nothing the specs write", async () => {
    expect(await engine.migrations()).toEqual([]);
  });

  it("reads appointment times as UTC, though another zone's name stands beside them", async () => {
    const [row] = await engine.sql("select starts_at, raw_data->>'startAt' as said from repcard_appointments order by id limit 1");
    expect(new Date(String(row?.starts_at)).toISOString()).toBe(`${String(row?.said).replace(" ", "T")}.000Z`);
  });

  it("finds each user's office by its name", async () => {
    const wrong = await engine.sql(
      "select u.id from repcard_users u left join repcard_offices o on o.id = u.office_id where u.office is not null and o.name is distinct from u.office",
    );
    expect(wrong).toEqual([]);
  });

  it("keeps the record as the vendor said it beside every row", async () => {
    const [truth] = simulator.holds("customers");
    const [row] = await engine.sql(`select raw_data from repcard_customers where id = ${Number(truth?.id)}`);
    expect(row?.raw_data).toEqual(truth);
  });

  it("answers each of its users' queries", async () => {
    const files = (await readdir(join(folder, "queries"))).filter((file) => file.endsWith(".sql"));
    expect(files).toHaveLength(5);
    for (const file of files) {
      const text = await readFile(join(folder, "queries", file), "utf8");
      expect(text, file).toMatch(/^-- .+\n/);
      expect((await engine.sql(text)).length, file).toBeGreaterThan(0);
    }
  });

  it("changes nothing when it runs again and nothing has changed, in full or not", async () => {
    for (const mode of [{ kind: "incremental" }, { kind: "full" }] as const) {
      const again = await engine.run({ mode });
      expect(again.status).toBe("done");
      for (const sync of again.syncs)
        expect({ ...sync, read: 0, unchanged: 0 }).toMatchObject({ created: 0, updated: 0, deleted: 0, waiting: 0, held: 0, failed: 0 });
      for (const stream of again.streams)
        expect(stream, stream.stream).toMatchObject({ inserted: 0, updated: 0, unchanged: stream.fetched });
    }
  }, 120_000);

  it("lets a customer wait whose owner is not there yet, and writes it when the owner has come", async () => {
    const customer = simulator.holds("customers")[0];
    const ghost = 99_001;
    simulator.change("customers", String(customer?.id), { ownerId: ghost });
    const waiting = (await engine.run({ syncs: ["repcard-customers"] })).syncs.find((sync) => sync.sync === "repcard-customers");
    expect(waiting).toMatchObject({ waiting: 1, failed: 0, held: 0 });
    simulator.add("users", { ...simulator.holds("users")[0], id: ghost });
    await engine.run();
    const [row] = await engine.sql(`select owner_id from repcard_customers where id = ${Number(customer?.id)}`);
    expect(row?.owner_id).toBe(ghost);
  }, 120_000);

  it("leaves a group out when asked", async () => {
    const report = await engine.run({ skip: ["attachments"] });
    expect(report.syncs.filter((sync) => sync.status !== "skipped").map((sync) => sync.sync)).not.toContain("repcard-customer-attachments");
  }, 120_000);
});

import { rm } from "node:fs/promises";
import { join } from "node:path";
import { createSimulator } from "@fieldwright/connector-repcard/simulator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exampleProject, lastJson, runBin, startBin, type Ended } from "./run-bin.js";

const streamKeys = ["stream", "status", "fetched", "inserted", "updated", "unchanged", "failed", "held", "error"];
const syncKeys = ["sync", "read", "filtered", "unchanged", "created", "updated", "deleted", "waiting", "held", "failed"];

let simulator: Awaited<ReturnType<typeof createSimulator>>;
let env: Readonly<Record<string, string>>;
const folders: string[] = [];

beforeAll(async () => {
  simulator = await createSimulator({ rateLimit: false });
  env = { REPCARD_API_KEY: String(simulator.options.apiKey), REPCARD_API_URL: String(simulator.options.baseUrl) };
});
afterAll(async () => {
  await simulator.close();
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

/** A project whose tables are there. */
async function readyProject(): Promise<string> {
  const folder = await exampleProject();
  folders.push(folder);
  const made = await runBin(["sql", "--project", folder, "--write", "--file", join(folder, "migrations/001_tables.sql")]);
  expect(made).toMatchObject({ code: 0, err: "" });
  return folder;
}

interface Report {
  readonly status: string;
  readonly streams: readonly Readonly<Record<string, unknown>>[];
  readonly syncs: readonly Readonly<Record<string, unknown>>[];
}

function reportOf(ended: Ended): Report {
  return lastJson(ended.out) as unknown as Report;
}

describe("sync", () => {
  it("fills the tables, says so as JSON with nothing else on standard output, and does nothing the second time", async () => {
    const folder = await readyProject();
    const first = await runBin(["sync", "--json", "--project", folder], { env });
    expect(first.code, first.err).toBe(0);
    expect(first.out.trimEnd().split("\n")).toHaveLength(1);
    const report = reportOf(first);
    expect(report.status).toBe("done");
    expect(report.streams).toHaveLength(7);
    for (const stream of report.streams) {
      expect(Object.keys(stream)).toEqual(streamKeys);
      expect(stream.fetched, String(stream.stream)).toBe(simulator.holds(String(stream.stream).replace("repcard.", "")).length);
    }
    for (const sync of report.syncs) expect(Object.keys(sync).slice(0, syncKeys.length)).toEqual(syncKeys);
    expect(first.err).toContain("read repcard.customers: started");

    const second = reportOf(await runBin(["sync", "--full", "--json", "--project", folder], { env }));
    for (const stream of second.streams) expect(stream).toMatchObject({ inserted: 0, updated: 0, unchanged: stream.fetched });
    for (const sync of second.syncs) expect(sync).toMatchObject({ created: 0, updated: 0, failed: 0, held: 0 });

    const status = await runBin(["status", "--project", folder]);
    expect(status.out).toMatch(/repcard-customers +\d+ +done/);
    const history = lastJson((await runBin(["history", "--json", "--limit", "1", "--project", folder])).out);
    expect(history).toHaveLength(1);
    const customer = simulator.holds("customers")[0]?.id;
    const explained = await runBin(["explain", "repcard-customers", String(customer), "--project", folder]);
    expect(explained.out).toContain(`linked to record ${String(customer)}`);
    expect(explained.out).toMatch(/full_name .* firstName/);
    const rows = lastJson((await runBin(["sql", "select count(*)::int as n from repcard_users", "--json", "--project", folder])).out);
    expect(rows).toEqual([{ n: simulator.holds("users").length }]);
  }, 180_000);

  it("leaves a group out by its own option, and reads plain lines without a terminal", async () => {
    const folder = await readyProject();
    const { code, out } = await runBin(["sync", "repcard-offices", "repcard-customer-attachments", "--skip-attachments", "--project", folder], { env });
    expect(code).toBe(0);
    expect(out).toContain("read repcard.offices: started");
    expect(out).not.toContain("read repcard.customer_attachments: started");
    expect(out).not.toContain("\u001b[");
  }, 120_000);

  it("refuses a wrong key with what to do, shows no stack, and ends with 3", async () => {
    const folder = await readyProject();
    const { code, out, err } = await runBin(["sync", "--json", "--project", folder], { env: { ...env, REPCARD_API_KEY: "wrong-key-1234" } });
    expect(code).toBe(3);
    expect(lastJson(out)).toMatchObject({ status: "failed", error: { message: expect.stringMatching(/key|authori/i) } });
    expect(err).not.toMatch(/^\s+at /m);
    expect(`${out}${err}`).not.toContain("wrong-key-1234");
  }, 120_000);

  it("stops after the page in hand at Ctrl-C, ends with 3, and goes on in the next run", async () => {
    const folder = await readyProject();
    let stop: (() => void) | undefined;
    simulator.faults.onRequest(4, () => stop?.());
    const run = startBin(["sync", "--json", "--project", folder], { env });
    stop = () => run.child.kill("SIGINT");
    const stopped = await run.ended;
    expect(stopped.code, stopped.err).toBe(3);
    expect(reportOf(stopped).status).toBe("stopped");
    expect(stopped.err).toContain("Stopping after this page");
    const rest = await runBin(["sync", "--json", "--project", folder], { env });
    expect(rest.code, rest.err).toBe(0);
    const [row] = lastJson((await runBin(["sql", "select count(*)::int as n from repcard_customers", "--json", "--project", folder])).out) as unknown as { n: number }[];
    expect(row?.n).toBe(simulator.holds("customers").length);
  }, 180_000);

  it("starts the bundled simulator with --simulate, says so, and never mixes its records with real ones", async () => {
    const folder = await readyProject();
    const simulated = await runBin(["--simulate", "sync", "repcard-offices", "--project", folder]);
    expect(simulated.code, simulated.err).toBe(0);
    expect(simulated.out).toContain("Simulated: repcard is a local server with generated data; no account is used.");
    const real = await runBin(["sync", "repcard-offices", "--project", folder], { env });
    expect(real.err).toContain("would mix the two");
    expect(real.code).toBe(2);
  }, 120_000);
});

describe("sql", () => {
  it("changes nothing unless it may, and says how to let it", async () => {
    const folder = await readyProject();
    const { code, err } = await runBin(["sql", "delete from repcard_users", "--project", folder]);
    expect(err).toContain("Add --write");
    expect(code).toBe(2);
    const wrong = await runBin(["sql", "select * from nowhere", "--project", folder]);
    expect(wrong.err).toMatch(/refused the query: relation "nowhere" does not exist/);
    expect(wrong.code).toBe(2);
  }, 60_000);
});

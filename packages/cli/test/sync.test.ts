import { rm } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { createSimulator } from "@fieldwright/connector-repcard/simulator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Ended, emptyDatabase, exampleProject, lastJson, runBin, startBin } from "./run-bin.js";

const streamKeys = ["stream", "status", "fetched", "inserted", "updated", "unchanged", "failed", "held", "error"];
const syncKeys = ["sync", "read", "filtered", "unchanged", "created", "updated", "deleted", "waiting", "held", "failed"];

let simulator: Awaited<ReturnType<typeof createSimulator>>;
let account: Readonly<Record<string, string>>;
const folders: string[] = [];

beforeAll(async () => {
  simulator = await createSimulator({ rateLimit: false });
  account = { REPCARD_API_KEY: String(simulator.options.apiKey), REPCARD_API_URL: String(simulator.options.baseUrl) };
});
afterAll(async () => {
  await simulator.close();
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

interface Ready {
  /** Runs a command on the project. */
  readonly on: (words: readonly string[], more?: Readonly<Record<string, string>>) => Promise<Ended>;
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
}

/** A project whose tables are there: on a server, or embedded. */
async function readyProject(store: "server" | "embedded" = "server"): Promise<Ready> {
  const folder = await exampleProject();
  folders.push(folder);
  const env: Readonly<Record<string, string>> = store === "server" ? { ...account, DATABASE_URL: await emptyDatabase() } : account;
  const on: Ready["on"] = (words, more) => runBin([...words, "--project", folder], { env: { ...env, ...more } });
  const made = await on(["sql", "--write", "--file", join(folder, "migrations/001_tables.sql")]);
  expect(made).toMatchObject({ code: 0, err: "" });
  return { on, folder, env };
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
    const { on } = await readyProject();
    const first = await on(["sync", "--json"]);
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

    const second = reportOf(await on(["sync", "--full", "--json"]));
    for (const stream of second.streams) expect(stream).toMatchObject({ inserted: 0, updated: 0, unchanged: stream.fetched });
    for (const sync of second.syncs) expect(sync).toMatchObject({ created: 0, updated: 0, failed: 0, held: 0 });

    const status = await on(["status"]);
    expect(status.out).toMatch(/repcard-customers +\d+ +done/);
    const history = lastJson((await on(["history", "--json", "--limit", "1"])).out);
    expect(history).toHaveLength(1);
    const customer = simulator.holds("customers")[0]?.id;
    const explained = await on(["explain", "repcard-customers", String(customer)]);
    expect(explained.out).toContain(`linked to record ${String(customer)}`);
    expect(explained.out).toMatch(/full_name .* firstName/);
    const rows = lastJson((await on(["sql", "select count(*)::int as n from repcard_users", "--json"])).out);
    expect(rows).toEqual([{ n: simulator.holds("users").length }]);
  }, 180_000);

  it("leaves a group out by its own option, and reads plain lines without a terminal", async () => {
    const { on } = await readyProject();
    const { code, out } = await on(["sync", "repcard-offices", "repcard-customer-attachments", "--skip-attachments"]);
    expect(code).toBe(0);
    expect(out).toContain("read repcard.offices: started");
    expect(out).not.toContain("read repcard.customer_attachments: started");
    expect(out).not.toContain("\u001b[");
  }, 120_000);

  it("refuses a wrong key with what to do, shows no stack, and ends with 3", async () => {
    const { on } = await readyProject();
    const { code, out, err } = await on(["sync", "--json"], { REPCARD_API_KEY: "wrong-key-1234" });
    expect(code, err).toBe(3);
    expect(lastJson(out)).toMatchObject({ status: "failed", error: { message: expect.stringMatching(/key|authori/i) } });
    expect(err).not.toMatch(/^\s+at /m);
    expect(`${out}${err}`).not.toContain("wrong-key-1234");
  }, 120_000);

  it("stops after the page in hand at Ctrl-C, ends with 3, and goes on in the next run", async () => {
    const { on, folder, env } = await readyProject();
    let stop: (() => void) | undefined;
    simulator.faults.onRequest(4, () => stop?.());
    const run = startBin(["sync", "--json", "--project", folder], { env });
    stop = () => run.child.kill("SIGINT");
    const stopped = await run.ended;
    expect(stopped.code, stopped.err).toBe(3);
    expect(reportOf(stopped).status).toBe("stopped");
    expect(stopped.err).toContain("Stopping after this page");
    const rest = await on(["sync", "--json"]);
    expect(rest.code, rest.err).toBe(0);
    const [row] = lastJson((await on(["sql", "select count(*)::int as n from repcard_customers", "--json"])).out) as unknown as {
      n: number;
    }[];
    expect(row?.n).toBe(simulator.holds("customers").length);
  }, 180_000);

  it("starts the bundled simulator with --simulate, says so, and never mixes its records with real ones", async () => {
    const { on } = await readyProject();
    const simulated = await on(["--simulate", "sync", "repcard-offices"]);
    expect(simulated.code, simulated.err).toBe(0);
    expect(simulated.out).toContain("Simulated: repcard is a local server with generated data; no account is used.");
    const real = await on(["sync", "repcard-offices"]);
    expect(real.err).toContain("would mix the two");
    expect(real.code).toBe(2);
  }, 120_000);
});

describe("--simulate", () => {
  it("takes another port where the usual one is taken, and ends all the same", async () => {
    const { on } = await readyProject();
    const inTheWay = createServer();
    // Taken by somebody else is as good.
    await new Promise<void>((done) => inTheWay.once("error", () => done()).listen(27_110, "127.0.0.1", done));
    try {
      const { code, out, err } = await on(["sync", "repcard-offices", "--simulate", "--json"]);
      expect(code, err).toBe(0);
      expect(reportOf({ code, out, err }).streams[0]).toMatchObject({ fetched: 6 });
    } finally {
      inTheWay.close();
    }
  }, 60_000);
});

describe("migrate", () => {
  it("shows the tables that are missing, makes them only when told to, and makes references of the type they point to", async () => {
    const folder = await exampleProject();
    folders.push(folder);
    const env = { DATABASE_URL: await emptyDatabase() };
    const on = (words: readonly string[]): Promise<Ended> => runBin([...words, "--project", folder], { env });
    const before = await on(["sync", "--simulate"]);
    expect(before.err).toContain("`fieldwright migrate` shows and makes it");
    expect(before.code).toBe(2);
    const shown = await on(["migrate"]);
    expect(shown.out).toContain('"owner_id" bigint references "public"."repcard_users" ("id")');
    expect(shown.out).toContain("migrate --yes");
    expect((await on(["migrate", "--yes"])).out).toContain("7 statements carried out.");
    expect((await on(["migrate"])).out).toContain("Every table and column that the specs write is there.");
    expect(await on(["sync", "--simulate", "repcard-users", "repcard-offices"])).toMatchObject({ code: 0 });
    expect((await on(["sql", "--file", join(folder, "queries/office-mapping.sql")])).out).toContain("24 rows");
  }, 120_000);
});

describe("sql", () => {
  it("changes nothing unless it may, and says how to let it", async () => {
    const { on } = await readyProject("embedded");
    const { code, err } = await on(["sql", "delete from repcard_users"]);
    expect(err).toContain("Add --write");
    expect(code).toBe(2);
    const wrong = await on(["sql", "select * from nowhere"]);
    expect(wrong.err).toMatch(/refused the query: relation "nowhere" does not exist/);
    expect(wrong.code).toBe(2);
  }, 120_000);
});

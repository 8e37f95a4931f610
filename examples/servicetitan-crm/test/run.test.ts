import { spawn } from "node:child_process";
import { afterAll, beforeAll, expect, it } from "vitest";
import { folder, openWorld, type World } from "./world.js";

let world: World;

beforeAll(async () => {
  world = await openWorld();
  world.tenant.simulator.clock.set(new Date()); // the scripts go by the real time
  world.crm.clock.set(new Date());
}, 120_000);

afterAll(() => world?.close());

function script(name: string, args: readonly string[] = [], more: Readonly<Record<string, string>> = {}) {
  const { clientId, clientSecret, appKey, apiUrl, tokenUrl } = world.tenant.simulator.options as Record<string, string>;
  const { SERVICETITAN_APP_KEY: _key, ...rest } = process.env;
  const child = spawn(process.execPath, ["--conditions=fieldwright-source", "--import", "tsx", name, ...args], {
    cwd: folder,
    env: {
      ...rest,
      DATABASE_URL: world.databaseUrl,
      SERVICETITAN_CLIENT_ID: clientId,
      SERVICETITAN_CLIENT_SECRET: clientSecret,
      SERVICETITAN_API_URL: apiUrl,
      SERVICETITAN_TOKEN_URL: tokenUrl,
      CRM_API_URL: world.crm.options.baseUrl,
      CRM_API_KEY: world.crm.options.apiKey,
      ...more,
      ...(name === "run.ts" && more.SERVICETITAN_APP_KEY === "" ? {} : { SERVICETITAN_APP_KEY: appKey }),
    },
  });
  let out = "";
  child.stdout.on("data", (chunk: Buffer) => {
    out += chunk.toString();
  });
  child.stderr.on("data", (chunk: Buffer) => {
    out += chunk.toString();
  });
  return new Promise<{ readonly code: number | null; readonly out: string }>((done) => child.on("close", (code) => done({ code, out })));
}

it("seeds the CRM, says what is missing without a key, asks before its first write, and writes with a yes", async () => {
  const { tenant, crm } = world;
  for (const time of [1, 2]) {
    const seeded = await script("seed.ts");
    expect(seeded.code, `${time}: ${seeded.out}`).toBe(0);
    expect(crm.holds("stages")).toHaveLength(13);
  }
  const without = await script("run.ts", [], { SERVICETITAN_APP_KEY: "" });
  expect(without.code).not.toBe(0);
  expect(without.out).toContain("SERVICETITAN_APP_KEY");

  const job = tenant.job(tenant.customer(1), "Pool - Sales");
  const asks = await script("run.ts");
  expect(asks.code, asks.out).toBe(1);
  expect(asks.out).toContain("waits for a yes");
  expect(crm.holds("contacts")).toEqual([]);

  const done = await script("run.ts", ["--approve"]);
  expect(done.code, done.out).toBe(0);
  expect(world.opportunityOf(job)).toMatchObject({ pipeline: "sales", stage: "contacted" });
}, 120_000);

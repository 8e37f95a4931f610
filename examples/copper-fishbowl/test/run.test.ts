import { spawn } from "node:child_process";
import { resolve } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Office, open } from "./open.js";

let office: Office;

beforeAll(async () => {
  office = await open({
    byNumber: 8,
    byCopperId: 2,
    byName: 2,
    unknown: 3,
    withoutOrderId: 1,
    typedTwice: 1,
    inactive: 1,
    walkIns: 1,
    twins: 0,
    orders: 30,
  });
});
afterAll(() => office?.close());

function runScript(...words: readonly string[]): Promise<{ readonly code: number | null; readonly out: string; readonly err: string }> {
  const { copper, fishbowl } = office;
  const env = {
    DATABASE_URL: office.url,
    COPPER_API_KEY: copper.options.apiKey,
    COPPER_USER_EMAIL: copper.options.userEmail,
    COPPER_API_URL: copper.options.baseUrl,
    FISHBOWL_URL: fishbowl.options.baseUrl,
    FISHBOWL_USER: fishbowl.options.username,
    FISHBOWL_PASSWORD: fishbowl.options.password,
  };
  const child = spawn(process.execPath, ["--conditions=fieldwright-source", "--import", "tsx", "run.ts", ...words], {
    cwd: resolve(import.meta.dirname, ".."),
    env: { ...process.env, ...env },
  });
  let out = "";
  let err = "";
  child.stdout.on("data", (chunk: Buffer) => {
    out += chunk.toString();
  });
  child.stderr.on("data", (chunk: Buffer) => {
    err += chunk.toString();
  });
  return new Promise((done) => child.on("close", (code) => done({ code, out, err })));
}

it("runs, waits for a yes to the back-fill and to the figures, and takes the figures back, from a script of its own", async () => {
  const first = await runScript();
  expect(first.err).toBe("");
  expect(first.out).toContain("copper-customers This is the first run of this sync: 3 to create, 12 to update, 0 to delete.");
  const [, plan] = /run\.ts apply (\S+)/.exec(first.out) ?? [];
  const filled = await runScript("apply", String(plan));
  expect(filled.err).toBe("");
  expect(await office.number("select count(*) from office.fishbowl_customers where copper_id is not null")).toBe(15);

  const before = office.copper.snapshot();
  const second = await runScript();
  expect(second.out).toContain("warn: active companies that need an order ID or an account type first. The query found 1 row.");
  expect(second.out).toMatch(/update 96000\d\d Orders: {2}-> \d+, Total sales: {2}-> [\d.]+/);
  const [, figures] = /run\.ts apply (\S+)/.exec(second.out) ?? [];
  expect(office.copper.snapshot()).toBe(before);
  expect(await runScript("apply", String(figures))).toMatchObject({ code: 0, err: "" });
  expect(office.copper.snapshot()).not.toBe(before);
  const [run] = await office.engine.history(1);
  expect(await runScript("rollback", String(run?.run))).toMatchObject({ code: 0, err: "" });
  expect(office.copper.snapshot()).toBe(before);
  expect(office.fishbowl.sessions.open).toBe(0);
}, 120_000);

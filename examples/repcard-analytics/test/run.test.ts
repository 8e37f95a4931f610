import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { openPg } from "@fieldwright/connector-kit/sql";
import { createSimulator } from "@fieldwright/connector-repcard/simulator";
import { afterAll, beforeAll, expect, inject, it } from "vitest";

const folder = resolve(import.meta.dirname, "..");
let simulator: Awaited<ReturnType<typeof createSimulator>>;
let database: string;

beforeAll(async () => {
  simulator = await createSimulator({ rateLimit: false });
  const url = new URL(inject("databaseUrl"));
  const server = openPg({ url: url.href });
  const name = `example_${randomUUID().replaceAll("-", "")}`;
  await server.run(`create database ${name}`);
  await server.close();
  url.pathname = `/${name}`;
  database = url.href;
});
afterAll(() => simulator.close());

function runScript(
  env: Readonly<Record<string, string>>,
): Promise<{ readonly code: number | null; readonly out: string; readonly err: string }> {
  const { REPCARD_API_KEY: _key, ...rest } = process.env;
  const child = spawn(process.execPath, ["--conditions=fieldwright-source", "--import", "tsx", "run.ts"], {
    cwd: folder,
    env: { ...rest, DATABASE_URL: database, ...env },
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

it("runs the whole job from a script of its own, and says in one line what is missing without a key", async () => {
  const without = await runScript({});
  expect(without.code).toBe(3);
  expect(without.err).toContain("REPCARD_API_KEY");
  expect(without.err).not.toMatch(/^\s+at /m);

  const tables = openPg({ url: database });
  await tables.run(await readFile(resolve(folder, "migrations/001_tables.sql"), "utf8"));
  const done = await runScript({ REPCARD_API_KEY: simulator.options.apiKey, REPCARD_API_URL: simulator.options.baseUrl });
  expect(done.code, done.err).toBe(0);
  expect(done.out).toContain("sync repcard-status-logs: done");
  const [row] = await tables.query<{ n: number }>("select count(*)::int as n from repcard_status_logs");
  await tables.close();
  expect(row?.n).toBe(simulator.holds("status_logs").length);
}, 60_000);

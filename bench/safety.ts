/**
 * What safety costs, at 100,000 records with 25 fields from a source in this process into a real Postgres: `npx pnpm@12.21.0 bench:safety [size]`.
 * A plan with 1 % changed against the run of the same, by peak memory; a rollback of a run that changed everything against that run, by time.
 * Each step is a process of its own, so that its memory is its own.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type DataRecord, defineConnector, type Page } from "@fieldwright/connector-kit";
import { openPg } from "@fieldwright/connector-kit/sql";
import postgres from "@fieldwright/connector-postgres";
import { createEngine, defineProject, defineSync } from "@fieldwright/core";
import { z } from "zod";
import { startPostgres } from "./start-postgres.js";

interface Task {
  readonly do: "setup" | "first" | "plan" | "run" | "change all" | "rollback";
  readonly database: string;
  readonly size: number;
  /** The run to take back. */
  readonly ofRun?: string;
}

interface Done {
  readonly seconds: number;
  readonly peakMb: number;
  readonly run: string;
  readonly writes: number;
}

const names = Array.from({ length: 24 }, (_, at) => `field_${at + 1}`);

/** Records of a page, made when asked for: `changed` says which differ from the first load. */
function recordsOf(from: number, to: number, changed: (id: number) => boolean): readonly DataRecord[] {
  return Array.from({ length: to - from }, (_, at) => {
    const id = from + at + 1;
    const words = Object.fromEntries(
      names.map((name, place) => [name, `${name} of ${id}, as it is kept${place === 3 && changed(id) ? " since" : ""}`]),
    );
    return { id, ...words };
  });
}

function source(size: number, changed: (id: number) => boolean) {
  const text = { type: "text" } as const;
  return defineConnector({
    name: "made",
    title: "Made",
    options: z.object({}),
    secrets: [],
    open: async () => ({
      check: async () => [],
      streams: async () => [
        {
          name: "records",
          key: "id",
          fields: { id: { type: "integer" }, ...Object.fromEntries(names.map((name) => [name, text])) },
          listing: { maxPageSize: 1000, complete: "by-page", total: true },
          async *read(request): AsyncGenerator<Page> {
            for (let at = Number(request.position?.at ?? 0); at < size; at += 1000) {
              const end = Math.min(size, at + 1000);
              yield { records: recordsOf(at, end, changed), total: size, ...(end < size ? { next: { at: end } } : { complete: true }) };
            }
          },
        },
      ],
      close: async () => undefined,
    }),
  });
}

async function carryOut(task: Task): Promise<Done> {
  const { size } = task;
  const onePercent = task.do === "plan" || task.do === "run";
  const all = task.do === "change all" || task.do === "rollback";
  const changed = (id: number) => all || (onePercent && id % 100 === 0);
  const project = defineProject({
    version: 1,
    project: "safety",
    store: { url: task.database },
    connections: { made: { package: "made", options: {} }, warehouse: { package: "postgres", options: { database: "store" } } },
    syncs: [
      defineSync({
        version: 1,
        sync: "records",
        from: { connection: "made", stream: "records" },
        to: { connection: "warehouse", stream: "records" },
        match: { try_in_order: [{ id: "id" }] },
        fields: { id: "id", ...Object.fromEntries(names.map((name) => [name, name])) },
        protect: { only_if_blank: ["field_20"] },
      }),
    ],
  });
  const engine = await createEngine({ project, connectors: { made: source(size, changed) as never, warehouse: postgres as never } });
  const full = { mode: { kind: "full" } } as const;
  const started = performance.now();
  const report =
    task.do === "plan"
      ? (await engine.plan(full)).report
      : task.do === "rollback"
        ? await engine.rollback(task.ofRun ?? "")
        : await engine.run({ ...full, approve: true });
  const seconds = (performance.now() - started) / 1000;
  await engine.close();
  const [sync] = report.syncs;
  const writes = (sync?.created ?? 0) + (sync?.updated ?? 0) + (sync?.deleted ?? 0);
  return { seconds, peakMb: process.resourceUsage().maxRSS / 1024, run: report.run, writes };
}

function inProcess(task: Task): Done {
  const output = execFileSync(
    process.execPath,
    ["--conditions=fieldwright-source", "--import", "tsx", import.meta.filename, JSON.stringify(task)],
    {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  return JSON.parse(output) as Done;
}

async function compare(size: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "fieldwright-bench-"));
  const server = await startPostgres(folder);
  try {
    const database = openPg({ url: server.url });
    await database.run(`create table public.records (id bigint primary key, ${names.map((name) => `${name} text`).join(", ")})`);
    await database.close();
    const base = { database: server.url, size };
    inProcess({ ...base, do: "first" });
    const plan = inProcess({ ...base, do: "plan" });
    const run = inProcess({ ...base, do: "run" });
    const all = inProcess({ ...base, do: "change all" });
    const back = inProcess({ ...base, do: "rollback", ofRun: all.run });
    const row = (name: string, done: Done, ratio: string) =>
      console.log(`| ${name} | ${done.writes.toLocaleString("en")} | ${done.seconds.toFixed(1)} | ${Math.round(done.peakMb)} | ${ratio} |`);
    console.log(`| ${size.toLocaleString("en")} records | writes | seconds | peak MB | ratio |\n|---|---|---|---|---|`);
    row("run, 1 % changed", run, "");
    row("plan, 1 % changed", plan, `memory ${(plan.peakMb / run.peakMb).toFixed(2)}`);
    row("run, all changed", all, "");
    row("rollback of it", back, `time ${(back.seconds / all.seconds).toFixed(2)}`);
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

const given = process.argv[2];
if (given?.startsWith("{")) process.stdout.write(JSON.stringify(await carryOut(JSON.parse(given) as Task)));
else await compare(Number(given ?? 100_000));

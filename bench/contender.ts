/** One contender in a process of its own, so that its memory is its own: prints {"records","seconds","peakMb"} as JSON. */

import { once } from "node:events";
import { createReadStream, createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { finished, pipeline } from "node:stream/promises";
import { copyLine, openPg } from "@fieldwright/connector-kit/sql";
import postgres from "@fieldwright/connector-postgres";
import repcard from "@fieldwright/connector-repcard";
import { createEngine, defineProject, defineSync } from "@fieldwright/core";
import knex from "knex";
import pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { request } from "undici";
import { columnNames, createTable, mapByHand, specFields } from "./customer-table.js";

interface Task {
  readonly who: "fieldwright" | "by-hand" | "copy";
  readonly database: string;
  readonly api: { readonly baseUrl: string; readonly apiKey: string };
  readonly file: string;
  /** Start from empty tables. */
  readonly fresh: boolean;
}

const task = JSON.parse(process.argv[2] ?? "{}") as Task;
const contenders = { fieldwright, "by-hand": byHand, copy };
const { records, seconds } = await contenders[task.who]();
process.stdout.write(`${JSON.stringify({ records, seconds, peakMb: process.resourceUsage().maxRSS / 1024 })}\n`);
process.exit(0);

async function fieldwright(): Promise<{ records: number; seconds: number }> {
  const database = openPg({ url: task.database });
  if (task.fresh)
    await database.run(
      `drop schema if exists fieldwright cascade; drop schema if exists landing cascade; ${createTable("public.customers")}`,
    );
  const sync = defineSync({
    version: 1,
    sync: "customers",
    from: { connection: "repcard", stream: "customers" },
    to: { connection: "warehouse", stream: "customers" },
    match: { try_in_order: [{ id: "id" }] },
    fields: specFields(),
  });
  const project = defineProject({
    version: 1,
    project: "bench",
    store: { url: task.database },
    connections: {
      repcard: {
        package: "@fieldwright/connector-repcard",
        options: { ...task.api, assumptions: { maxPageSize: 1000 } },
        limits: { requests: 1_000_000, per_seconds: 1 },
      },
      warehouse: { package: "@fieldwright/connector-postgres", options: { database: "store" } },
    },
    syncs: [sync],
  });
  const started = performance.now();
  const engine = await createEngine({ project, connectors: { repcard: repcard as never, warehouse: postgres as never } });
  const report = await engine.run({ approve: true, mode: { kind: "full" } });
  const seconds = (performance.now() - started) / 1000;
  await engine.close();
  if (report.status !== "done") throw new Error(`The run ended ${report.status}: ${JSON.stringify(report)}`);
  return { records: report.streams[0]?.fetched ?? 0, seconds };
}

/** Fetch, map, upsert 500 at a time: no landing, no trail, no diff. */
async function byHand(): Promise<{ records: number; seconds: number }> {
  const db = knex({ client: "pg", connection: task.database, pool: { min: 1, max: 4 } });
  if (task.fresh) await db.raw(createTable("public.customers_by_hand"));
  const started = performance.now();
  let records = 0;
  for await (const page of pages()) {
    for (let start = 0; start < page.length; start += 500) {
      await db("customers_by_hand")
        .insert(page.slice(start, start + 500).map(mapByHand))
        .onConflict("id")
        .merge();
    }
    records += page.length;
  }
  const seconds = (performance.now() - started) / 1000;
  await db.destroy();
  return { records, seconds };
}

/** The floor: the mapped rows lie on disk already, and one COPY takes them into an empty table. */
async function copy(): Promise<{ records: number; seconds: number }> {
  const out = createWriteStream(task.file);
  let records = 0;
  for await (const page of pages()) {
    let lines = "";
    for (const record of page) {
      const row = mapByHand(record);
      lines += copyLine(columnNames.map((name) => row[name]));
    }
    if (!out.write(lines)) await once(out, "drain");
    records += page.length;
  }
  out.end();
  await finished(out);
  const client = new pg.Client(task.database);
  await client.connect();
  await client.query(createTable("public.customers_copy"));
  const started = performance.now();
  await pipeline(
    createReadStream(task.file, { highWaterMark: 1 << 20 }),
    client.query(copyFrom(`copy customers_copy (${columnNames.join(", ")}) from stdin`)),
  );
  const seconds = (performance.now() - started) / 1000;
  await client.end();
  await rm(task.file, { force: true });
  return { records, seconds };
}

async function* pages(): AsyncGenerator<readonly Record<string, unknown>[]> {
  for (let page = 1; ; page++) {
    const answer = await request(`${task.api.baseUrl}/customers?page=${page}&per_page=1000`, { headers: { "x-api-key": task.api.apiKey } });
    const body = (await answer.body.json()) as { result: { data: Record<string, unknown>[]; totalPages: number } };
    if (body.result.data.length > 0) yield body.result.data;
    if (body.result.data.length === 0 || page >= body.result.totalPages) return;
  }
}

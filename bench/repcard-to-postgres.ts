/**
 * Customers from the simulator's socket into a real Postgres: first load, re-sync with nothing changed, re-sync with 1 % changed.
 * Beside Fieldwright in the same run: the script a careful engineer would write by hand, and COPY of the mapped rows as the floor.
 *
 *   npx pnpm@12.21.0 bench                  10k, 100k and 1M
 *   npx pnpm@12.21.0 bench 10000 3          one size, three rounds
 */
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "tsup";
import { request } from "undici";
import { sourceFields } from "./customer-table.js";
import { startPostgres } from "./start-postgres.js";

interface Measured {
  readonly records: number;
  readonly seconds: number;
  readonly peakMb: number;
}
interface Api {
  readonly baseUrl: string;
  readonly apiKey: string;
}

const node = ["--conditions=fieldwright-source", "--import", "tsx"];
const here = import.meta.dirname;
const folder = mkdtempSync(join(tmpdir(), "fieldwright-bench-"));
const sizes = process.argv[2] ? [Number(process.argv[2])] : [10_000, 100_000, 1_000_000];
const rounds = Number(process.argv[3] ?? 0);

// Contenders run as plain JavaScript, bundled: a loader for TypeScript would count in everybody's memory.
await build({
  entry: { contender: join(here, "contender.ts") },
  outDir: join(here, "dist"),
  format: ["esm"],
  platform: "node",
  target: "node20",
  clean: true,
  silent: true,
  config: false,
  noExternal: [/^(?!undici|pg-native|@electric-sql|tedious|mariadb|mysql|oracledb|sqlite3|better-sqlite3|pg-query-stream)/],
  external: [/^(undici|pg-native|@electric-sql|tedious|mariadb|mysql|oracledb|sqlite3|better-sqlite3|pg-query-stream)/],
  banner: { js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);' },
  esbuildOptions: (options) => {
    options.conditions = ["fieldwright-source"];
  },
});
const postgres = await startPostgres(folder);
try {
  console.log(`Node ${process.version}, ${execFileSync("nproc").toString().trim()} cores. Medians; ratios are within one run.\n`);
  for (const size of sizes) await measureSize(size, rounds || (size >= 1_000_000 ? 1 : 3));
} finally {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}

async function measureSize(size: number, times: number): Promise<void> {
  const rows: Record<string, Measured[]> = {};
  const keep = (name: string, measured: Measured) => {
    if (measured.records !== size) throw new Error(`${name} saw ${measured.records} records instead of ${size}.`);
    rows[name] = [...(rows[name] ?? []), measured];
  };
  for (let round = 0; round < times; round++) {
    const simulator = await startSimulator(size);
    try {
      await request(`${simulator.api.baseUrl}/customers?page=1&per_page=1000`, { headers: { "x-api-key": simulator.api.apiKey } }).then(
        (answer) => answer.body.dump(),
      );
      keep("floor: COPY of mapped rows", run("copy", simulator.api, true));
      keep("by hand: first load", run("by-hand", simulator.api, true));
      keep("Fieldwright: first load", run("fieldwright", simulator.api, true));
      keep("by hand: nothing changed", run("by-hand", simulator.api, false));
      keep("Fieldwright: nothing changed", run("fieldwright", simulator.api, false));
      await changeOnePercent(simulator.api, size);
      keep("by hand: 1 % changed", run("by-hand", simulator.api, false));
      keep("Fieldwright: 1 % changed", run("fieldwright", simulator.api, false));
    } finally {
      simulator.stop();
    }
  }
  print(size, rows);
}

function print(size: number, rows: Readonly<Record<string, readonly Measured[]>>): void {
  const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
  const rate = (name: string) => size / median((rows[name] ?? []).map((one) => one.seconds));
  console.log(`| ${size.toLocaleString("en")} customers | records a second | peak MB | against by hand |\n|---|---|---|---|`);
  for (const [name, measured] of Object.entries(rows)) {
    const same = name.replace(/^Fieldwright/, "by hand");
    const ratio = name.startsWith("Fieldwright") ? (rate(name) / rate(same)).toFixed(2) : "";
    console.log(
      `| ${name} | ${Math.round(rate(name)).toLocaleString("en")} | ${Math.round(median(measured.map((one) => one.peakMb)))} | ${ratio} |`,
    );
  }
  console.log("");
}

function run(who: string, api: Api, fresh: boolean): Measured {
  const task = { who, api, fresh, database: postgres.url, file: join(folder, "rows.copy") };
  const output = execFileSync(process.execPath, [join(here, "dist/contender.js"), JSON.stringify(task)], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
    maxBuffer: 1 << 26,
  });
  return JSON.parse(output.trim().split("\n").at(-1) ?? "{}") as Measured;
}

/** Through the vendor's own API, as a person's edits would come. */
async function changeOnePercent(api: Api, size: number): Promise<void> {
  const answer = await request(`${api.baseUrl}/customers?page=1&per_page=1`, { headers: { "x-api-key": api.apiKey } });
  const first = ((await answer.body.json()) as { result: { data: { id: number }[] } }).result.data[0]?.id ?? 1;
  for (let start = 0; start < size; start += 5000) {
    const ids = Array.from({ length: Math.min(50, Math.ceil((size - start) / 100)) }, (_, index) => first + start + index * 100);
    await Promise.all(
      ids.map(async (id) => {
        const body = JSON.stringify({ id, contactIdentifierField: "id", city: `Moved ${id}` });
        const changed = await request(`${api.baseUrl}/customers/upsert`, {
          method: "POST",
          headers: { "x-api-key": api.apiKey, "content-type": "application/json" },
          body,
        });
        await changed.body.dump();
        if (changed.statusCode !== 200) throw new Error(`Changing customer ${id} answered ${changed.statusCode}.`);
      }),
    );
  }
}

async function startSimulator(customers: number): Promise<{ api: Api; stop(): void }> {
  const file = join(here, "../packages/connector-repcard/simulator/serve.ts");
  const args = [
    ...node,
    file,
    "--customers",
    String(customers),
    "--no-rate-limit",
    "--page-size-limit",
    "1000",
    "--prerendered",
    "--customer-fields",
    sourceFields.join(","),
  ];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const line = await new Promise<string>((resolve, reject) => {
    let text = "";
    child.stdout.on("data", (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes("\n")) resolve(text);
    });
    child.once("exit", () => reject(new Error("The simulator ended before it was ready.")));
  });
  return { api: (JSON.parse(line) as { options: Api }).options, stop: () => child.kill() };
}

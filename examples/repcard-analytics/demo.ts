/** The main job in one go, without an account: RepCard's simulator into the seven tables, on the embedded store. */
import { existsSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  errorText,
  explanationText,
  keepApart,
  nothingYet,
  reportText,
  rowsTable,
  secondsByStep,
  showProgress,
  simulate,
} from "@fieldwright/cli";
import postgres from "@fieldwright/connector-postgres";
import repcard from "@fieldwright/connector-repcard";
import { createEngine, type Engine, FieldwrightError, loadProject, type Project, type RunReport } from "@fieldwright/core";
import pico from "picocolors";

const colors = pico.createColors(process.stdout.isTTY === true && !process.env.NO_COLOR);
const folder = import.meta.dirname;
const marker = "made-by-the-demo";
const command = "npx pnpm@12.21.0 fieldwright --project examples/repcard-analytics";

function say(text = ""): void {
  process.stdout.write(`${text}\n`);
}

function title(text: string): void {
  say(`\n${colors.bold(colors.cyan(`── ${text} ${"─".repeat(Math.max(0, 74 - text.length))}`))}\n`);
}

/** The project, and a store as new: only what an earlier demo left is taken away. */
async function freshProject(): Promise<Project> {
  const loaded = await loadProject(folder, { env: {} });
  if (!loaded.ok) throw new FieldwrightError("project/invalid", "The example's files are not right:", { problems: loaded.problems });
  const { path } = loaded.value.store;
  if (existsSync(join(path, marker))) await rm(path, { recursive: true, force: true });
  return loaded.value;
}

async function run(engine: Engine, options: { readonly again?: boolean } = {}): Promise<RunReport> {
  const progress = showProgress(process.stdout);
  let state = nothingYet;
  try {
    const report = await engine.run({ onEvent: progress.listen, ...(options.again === true ? { mode: { kind: "full" } } : {}) });
    state = progress.close();
    say(`\n${reportText(options.again === true ? { ...report, streams: [] } : report, { colors, seconds: secondsByStep(state) })}`);
    return report;
  } finally {
    progress.close();
  }
}

async function show(engine: Engine, project: Project): Promise<void> {
  title("1. Everything RepCard has, into seven tables");
  await engine.sql(await readFile(join(folder, "migrations/001_tables.sql"), "utf8"), { write: true });
  await keepApart(engine, project, true);
  await writeFile(join(project.store.path, marker), "The demo may delete the store in this folder.\n");
  const first = await run(engine);

  title("2. A question its users ask: queries/appointments-by-outcome-and-office.sql");
  const rows = await engine.sql(await readFile(join(folder, "queries/appointments-by-outcome-and-office.sql"), "utf8"));
  say(rowsTable(rows, (value) => (value === null ? "" : String(value))));

  title("3. One appointment explained: where each value comes from, by which line");
  const [one] = await engine.sql("select id from repcard_appointments where outcome = 'Signed Up' order by id limit 1");
  say(explanationText(await engine.explain("repcard-appointments", String(one?.id)), colors));

  title("4. Everything read again: nothing has changed, so nothing is written");
  const second = await run(engine, { again: true });

  title("What to try next");
  const same = second.syncs.reduce((sum, sync) => sum + sync.created + sync.updated, 0) === 0;
  if (!same || first.status !== "done") say(colors.yellow("Not all went as it should: see the tables above.\n"));
  say(nextCommands(String(one?.id)));
}

function nextCommands(appointment: string): string {
  const lines: readonly (readonly [string, string])[] = [
    ["What changed since, without the files", "--simulate sync --skip-attachments"],
    ["Where each sync stands", "status"],
    ["Any question to the store", `--file examples/repcard-analytics/queries/status-funnel.sql`],
    ["What was read, as it came", `"select id, data from landing.repcard_customers limit 3"`],
    ["One record's way", `explain repcard-appointments ${appointment}`],
    ["What works and what does not", "--simulate diagnose"],
    ["Your own account", ""],
  ];
  const texts = lines.map(([what, rest]) => {
    const words = rest.startsWith('"') || rest.startsWith("--file") ? `sql ${rest}` : rest;
    const call =
      words === ""
        ? `set REPCARD_API_KEY, and DATABASE_URL to a Postgres of yours (or delete examples/repcard-analytics/.fieldwright); then\n  ${command} sync`
        : `${command} ${words}`;
    return `${colors.bold(what)}\n  ${colors.green(call)}`;
  });
  return `${texts.join("\n")}\n\nThe mapping is in examples/repcard-analytics/syncs: change a line and sync again.`;
}

const simulated = await simulate(await freshProject(), 1);
try {
  say(`${colors.bold("Fieldwright")} keeps records the same in two systems, as YAML files say.`);
  say(`RepCard is a simulator here, at ${simulated.urls.join(", ")}: it answers as the vendor does, with generated data.`);
  const engine = await createEngine({ project: simulated.project, connectors: { repcard, analytics: postgres } });
  try {
    await show(engine, simulated.project);
  } finally {
    await engine.close();
  }
} catch (error) {
  process.stderr.write(`${errorText(error, colors)}\n`);
  process.exitCode = 3;
} finally {
  await simulated.close();
}

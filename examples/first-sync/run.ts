/** A plan, and with `--yes` its changes, as a script of your own: the library's API and no command line. Needs the tables of migrations/. */
import file from "@fieldwright/connector-file";
import postgres from "@fieldwright/connector-postgres";
import { createEngine, loadProject, renderProblem } from "@fieldwright/core";

async function run(): Promise<number> {
  const loaded = await loadProject(import.meta.dirname, { env: process.env });
  if (!loaded.ok) {
    console.error(loaded.problems.map((problem) => renderProblem(problem)).join("\n\n"));
    return 2;
  }
  const engine = await createEngine({ project: loaded.value, connectors: { exports: file, crm: postgres } });
  try {
    const plan = await engine.plan();
    for (const { sync, totals } of plan.syncs) console.log(`${sync}: ${totals.creates} to create, ${totals.updates} to update`);
    if (!process.argv.includes("--yes")) return 0;
    const { status } = await engine.apply(plan.id, { by: "run.ts" });
    console.log(`plan ${plan.id}: ${status}`);
    return status === "done" ? 0 : 1;
  } finally {
    await engine.close();
  }
}

process.exitCode = await run().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  return 3;
});

/** RepCard into the analytics database, on the library's own API. Needs REPCARD_API_KEY, and the tables of migrations/. */
import postgres from "@fieldwright/connector-postgres";
import repcard from "@fieldwright/connector-repcard";
import { createEngine, loadProject, renderProblem } from "@fieldwright/core";

async function run(): Promise<number> {
  const loaded = await loadProject(import.meta.dirname, { env: process.env });
  if (!loaded.ok) {
    console.error(loaded.problems.map((problem) => renderProblem(problem)).join("\n\n"));
    return 2;
  }
  const engine = await createEngine({ project: loaded.value, connectors: { repcard, analytics: postgres } });
  try {
    const report = await engine.run({
      onEvent: (event) => {
        if (event.type === "step-finished") console.log(`${event.step} ${event.name}: ${event.status}`);
      },
    });
    console.table(report.syncs, ["sync", "read", "created", "updated", "unchanged", "waiting", "held", "failed"]);
    return report.status === "done" ? 0 : report.status === "partial" ? 1 : 3;
  } finally {
    await engine.close();
  }
}

process.exitCode = await run().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  return 3;
});

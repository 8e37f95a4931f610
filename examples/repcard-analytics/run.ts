/** RepCard into the analytics database, on the library's own API. `REPCARD_API_KEY` must be set. */
import postgres from "@fieldwright/connector-postgres";
import repcard from "@fieldwright/connector-repcard";
import { createEngine, loadProject, renderProblem } from "@fieldwright/core";

const loaded = await loadProject(import.meta.dirname, { env: process.env });
if (!loaded.ok) {
  console.error(loaded.problems.map((problem) => renderProblem(problem)).join("\n\n"));
  process.exit(2);
}

const engine = await createEngine({ project: loaded.value, connectors: { repcard, analytics: postgres } });
try {
  const report = await engine.run({
    onEvent: (event) => {
      if (event.type === "step-finished") console.log(`${event.step} ${event.name}: ${event.status}`);
    },
  });
  console.table(
    report.syncs.map(({ sync, read, created, updated, unchanged, waiting, held, failed }) => ({
      sync,
      read,
      created,
      updated,
      unchanged,
      waiting,
      held,
      failed,
    })),
  );
  process.exitCode = report.status === "done" ? 0 : report.status === "partial" ? 1 : 3;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 3;
} finally {
  await engine.close();
}

/** All paths once, on the library's own API. Needs the variables that fieldwright.yaml names, and the tables of migrations/. */
import postgres from "@fieldwright/connector-postgres";
import zoho from "@fieldwright/connector-zoho";
import { createEngine, loadProject, renderProblem } from "@fieldwright/core";

async function run(syncs: readonly string[]): Promise<number> {
  const loaded = await loadProject(import.meta.dirname, { env: process.env });
  if (!loaded.ok) {
    console.error(loaded.problems.map((problem) => renderProblem(problem)).join("\n\n"));
    return 2;
  }
  const engine = await createEngine({ project: loaded.value, connectors: { portal: postgres, zoho, backoffice: postgres } });
  try {
    const report = await engine.run({
      ...(syncs.length === 0 ? {} : { syncs }),
      onEvent: (event) => {
        if (event.type === "step-finished") console.log(`${event.step} ${event.name}: ${event.status}`);
      },
    });
    console.table(report.syncs, ["sync", "status", "read", "created", "updated", "unchanged", "waiting", "held", "failed"]);
    if (report.plan !== undefined) console.log(`A guard asks first. Look at it and carry it out:  fieldwright apply ${report.plan}`);
    return report.status === "done" ? 0 : report.status === "partial" ? 1 : 3;
  } finally {
    await engine.close();
  }
}

process.exitCode = await run(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  return 3;
});

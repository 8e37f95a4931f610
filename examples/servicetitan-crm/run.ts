/** ServiceTitan into the CRM, and back what is the CRM's to decide, on the library's own API. Run `seed.ts` once before. */
import payload from "@fieldwright/connector-payload";
import postgres from "@fieldwright/connector-postgres";
import servicetitan from "@fieldwright/connector-servicetitan";
import { createEngine, loadProject, renderProblem } from "@fieldwright/core";

async function run(): Promise<number> {
  const loaded = await loadProject(import.meta.dirname, { env: process.env });
  if (!loaded.ok) {
    console.error(loaded.problems.map((problem) => renderProblem(problem)).join("\n\n"));
    return 2;
  }
  const engine = await createEngine({
    project: loaded.value,
    connectors: { servicetitan, activity: servicetitan, crm: payload, lists: postgres },
  });
  try {
    // The first run shows its plan and waits: `--approve` says yes to it.
    const approve = process.argv.includes("--approve") ? ({ approve: true } as const) : {};
    const report = await engine.run(approve);
    console.table(report.syncs, ["sync", "status", "read", "created", "updated", "unchanged", "waiting", "held", "failed"]);
    if (report.plan !== undefined) console.log(`Plan ${report.plan} waits for a yes: see fieldwright plans, or run with --approve.`);
    return report.status === "done" ? 0 : report.status === "partial" ? 1 : 3;
  } finally {
    await engine.close();
  }
}

process.exitCode = await run().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  return 3;
});

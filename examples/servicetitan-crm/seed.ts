/** Puts both pipelines and their thirteen stages into the CRM. What is there already stays, so it may be run again. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import payload from "@fieldwright/connector-payload";
import postgres from "@fieldwright/connector-postgres";
import servicetitan from "@fieldwright/connector-servicetitan";
import { createEngine, loadProject, renderProblem } from "@fieldwright/core";

async function seed(): Promise<number> {
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
    await engine.sql(await readFile(join(import.meta.dirname, "migrations/001_pipelines.sql"), "utf8"), { write: true });
    const report = await engine.run({ syncs: ["pipelines", "stages"], mode: { kind: "full" } });
    console.table(report.syncs, ["sync", "status", "created", "updated", "unchanged", "failed"]);
    return report.status === "done" ? 0 : 1;
  } finally {
    await engine.close();
  }
}

process.exitCode = await seed().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  return 3;
});

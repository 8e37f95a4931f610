/** Customers, orders and the report, then what Copper would be told; `--yes` tells it, unless something looks wrong. Needs migrations/. */
import copper from "@fieldwright/connector-copper";
import fishbowl from "@fieldwright/connector-fishbowl";
import postgres from "@fieldwright/connector-postgres";
import { createEngine, loadProject, renderProblem } from "@fieldwright/core";

async function run(): Promise<number> {
  const loaded = await loadProject(import.meta.dirname, { env: process.env });
  if (!loaded.ok) {
    console.error(loaded.problems.map((problem) => renderProblem(problem)).join("\n\n"));
    return 2;
  }
  const engine = await createEngine({ project: loaded.value, connectors: { copper, fishbowl, office: postgres } });
  try {
    const report = await engine.run({
      skip: ["metrics"],
      onEvent: (event) => event.type === "progress" && console.log(event.name, event.processed, event.total ?? "", event.secondsLeft ?? ""),
    });
    console.table(report.syncs, ["sync", "status", "created", "updated", "waiting", "held", "error"]);
    const checks = (await engine.check()).syncs.flatMap((sync) => sync.checks.filter((check) => check.status !== "passed"));
    for (const check of checks) console.log(`${check.severity} ${check.about}: ${check.says}`, check.records);
    const plan = await engine.plan({ syncs: ["copper-sales-metrics"] });
    console.dir(plan.changes, { depth: 3 });
    const doubts = [...checks.filter((one) => one.severity === "fail"), ...plan.syncs.flatMap((sync) => sync.suspicions)];
    for (const doubt of doubts) console.log(doubt.says);
    if (!process.argv.includes("--yes") || doubts.length > 0) return doubts.length > 0 ? 1 : 0;
    return (await engine.apply(plan.id, { by: "run.ts" })).status === "done" ? 0 : 1;
  } finally {
    await engine.close();
  }
}

process.exitCode = await run().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  return 3;
});

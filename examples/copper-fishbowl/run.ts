/** Brings the back office up to date and shows what waits for a yes; `apply PLAN` and `rollback RUN` are the yes and the way back. */
import copper from "@fieldwright/connector-copper";
import fishbowl from "@fieldwright/connector-fishbowl";
import postgres from "@fieldwright/connector-postgres";
import { createEngine, loadProject, type RunEvent, renderProblem } from "@fieldwright/core";

const tell = (event: RunEvent) =>
  event.type === "progress" && console.log(event.step, event.name, event.processed, "of", event.total, event.secondsLeft, "s left");

async function run([word, id]: readonly string[]): Promise<number> {
  const loaded = await loadProject(import.meta.dirname, { env: process.env });
  if (!loaded.ok) throw new Error(loaded.problems.map((problem) => renderProblem(problem)).join("\n\n"));
  const engine = await createEngine({ project: loaded.value, connectors: { copper, fishbowl, office: postgres } });
  try {
    const asked = { by: "run.ts", onEvent: tell };
    const report = await (id === undefined ? engine.run(asked) : word === "apply" ? engine.apply(id, asked) : engine.rollback(id, asked));
    console.table(report.syncs, ["sync", "status", "created", "updated", "waiting", "held", "failed"]);
    const checks = (await engine.check()).syncs.flatMap((sync) => sync.checks).filter((check) => check.status !== "passed");
    for (const { severity, about, says, records } of checks) {
      console.log(`${severity}: ${about}. ${says}`);
      for (const record of records) console.log(`  ${record.name ?? record.sourceId}: ${record.says}`);
    }
    const plan = report.plan === undefined ? undefined : await engine.planned(report.plan);
    for (const { operation, targetId, fields } of plan?.changes ?? [])
      console.log(operation, targetId ?? "", fields.map(({ field, before, after }) => `${field}: ${before ?? ""} -> ${after}`).join(", "));
    for (const { sync, asks, suspicions } of plan?.syncs ?? []) console.log(sync, ...[...asks, ...suspicions].map(({ says }) => says));
    if (plan) console.log(`This waits for a yes: run.ts apply ${plan.id}`);
    return report.status === "done" ? 0 : 1;
  } finally {
    await engine.close();
  }
}

process.exitCode = await run(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  return 3;
});

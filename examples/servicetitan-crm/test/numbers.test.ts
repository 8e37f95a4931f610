import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { folder, fromServiceTitan, openWorld, syncOf, type World } from "./world.js";

let world: World;

beforeAll(async () => {
  world = await openWorld();
  const { tenant } = world;
  tenant.daysPass(-40);
  const customers = Array.from({ length: 500 }, (_, n) => tenant.customer(n));
  const oldJobs = customers.map((id, n) =>
    tenant.job(id, n % 2 === 0 ? "Pool - Service" : "Electrical - Service", { jobStatus: "Completed" }),
  );
  tenant.daysPass(36);
  // 450 customers had something done lately; the other 50 had not.
  for (const job of oldJobs.slice(0, 450)) tenant.set("jobs", job, { summary: "The invoice was sent." });
  const recent = customers.slice(0, 91).map((id, n) => {
    const unit = n < 16 ? (n % 2 === 0 ? "Pool - Install" : "Electrical - Install") : n % 2 === 0 ? "Pool - Sales" : "Electrical - Service";
    return tenant.job(id, unit);
  });
  for (const job of recent.slice(16 + 37)) {
    tenant.appointment(job);
    tenant.estimate(job, { name: "New pump", subtotal: 1250 });
  }
}, 120_000);

afterAll(() => world?.close());

describe("a company of the original's size", () => {
  it("seeds two pipelines and thirteen stages, and nothing when it is done again", async () => {
    const first = await world.engine.run({ syncs: ["pipelines", "stages"] });
    expect(first.syncs.filter((sync) => sync.created > 0).map((sync) => [sync.sync, sync.created])).toEqual([
      ["pipelines", 2],
      ["stages", 13],
    ]);
    await world.engine.sql(await readFile(join(folder, "migrations/001_pipelines.sql"), "utf8"), { write: true });
    const again = await world.engine.run({ syncs: ["pipelines", "stages"], mode: { kind: "full" } });
    expect(again.syncs.map((sync) => sync.created + sync.updated)).toEqual(again.syncs.map(() => 0));
    expect(world.crm.holds("stages")).toHaveLength(13);
  }, 120_000);

  it("names in the list exactly the stages that the specs know", async () => {
    const checked = await world.engine.validate();
    if (!checked.ok) throw new Error(checked.problems.map((problem) => problem.message).join("\n"));
    const keys = world.crm.holds("stages").map((stage) => String(stage.key));
    for (const spec of checked.value.filter(({ stages }) => stages !== undefined)) {
      const known = spec.stages?.pipelines.flatMap((pipeline) =>
        [...pipeline.forwardOnly, ...pipeline.sideStages.map((side) => side.stage)].map((stage) => `${pipeline.name}.${stage}`),
      );
      expect([...(known ?? [])].sort(), spec.name).toEqual([...keys].sort());
    }
  });

  it("passes the tests that the specs bring along", async () => {
    const report = await world.engine.test();
    expect(report.tests.filter((one) => !one.ok)).toEqual([]);
    expect(report.tests).toHaveLength(8);
  });

  it("makes 450 contacts, and 91 opportunities: 16 in install, 37 contacted, 38 with a proposal", async () => {
    const report = await world.run();
    expect(report.status, JSON.stringify(report.syncs)).toBe("done");
    expect(report).toMatchObject({ verified: true });
    expect(syncOf(report, "contacts").created).toBe(450);
    const stages = new Map<string, number>();
    for (const one of world.crm.holds("opportunities")) {
      const place = one.pipeline === "install" ? "install" : `${String(one.pipeline)}.${String(one.stage)}`;
      stages.set(place, (stages.get(place) ?? 0) + 1);
    }
    expect(Object.fromEntries(stages)).toEqual({ install: 16, "sales.contacted": 37, "sales.proposal-sent": 38 });
  }, 120_000);

  it("has nothing to do when it runs again, in full or not", async () => {
    for (const full of [false, true]) {
      const again = await world.run({ full });
      expect(again.status).toBe("done");
      for (const name of fromServiceTitan)
        expect(syncOf(again, name), name).toMatchObject({ created: 0, updated: 0, deleted: 0, waiting: 0, held: 0, failed: 0 });
    }
  }, 120_000);

  it("shows status, recent activity and the distribution over the stages", async () => {
    await world.engine.sql(await readFile(join(folder, "migrations/002_views.sql"), "utf8"), { write: true });
    const distribution = await world.engine.sql("select * from servicetitan_crm.pipeline_distribution");
    expect(distribution).toHaveLength(13);
    expect(distribution.find((row) => row.stage === "Proposal Sent")).toMatchObject({ pipeline: "Sales", opportunities: 38 });
    const status = await world.engine.sql(
      "select sync, direction, linked from servicetitan_crm.sync_status where linked > 0 order by sync",
    );
    expect(status.find((row) => row.sync === "contacts")).toMatchObject({ linked: 450, direction: "servicetitan to crm" });
    expect((await world.engine.sql("select * from servicetitan_crm.recent_activity")).length).toBeGreaterThan(100);
  });
});

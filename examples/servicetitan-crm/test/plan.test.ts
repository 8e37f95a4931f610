import { afterAll, beforeAll, expect, it } from "vitest";
import { openWorld, syncOf, type World } from "./world.js";

let world: World;

beforeAll(async () => {
  world = await openWorld();
}, 120_000);

afterAll(() => world?.close());

it("asks before the first write, carries out what it showed, and makes no twin of a sale whose installation was in the same plan", async () => {
  const { tenant, crm, engine } = world;
  const customer = tenant.customer(1);
  const job = tenant.job(customer, "Pool - Sales");
  const estimate = tenant.estimate(job);
  tenant.sell(estimate);
  const install = tenant.job(customer, "Pool - Install", { createdFromEstimateId: estimate, jobStatus: "InProgress" });
  const asked = await engine.run();
  expect(asked.status).toBe("partial");
  expect(crm.holds("contacts")).toEqual([]);
  const applied = await engine.apply(asked.plan ?? "");
  for (const name of ["contacts", "sales-opportunities"]) expect(syncOf(applied, name), name).toMatchObject({ created: 1, held: 0 });
  // By then its opportunity is there and would be moved, which nobody has seen in the plan.
  const [held] = await engine.held();
  expect(held).toMatchObject({ sync: "install-opportunities", sourceId: String(install), code: "held/drifted" });
  expect(crm.holds("opportunities")).toHaveLength(1);
  await engine.resolve("install-opportunities", String(install), { action: "approve" });
  await world.run();
  expect(world.opportunityOf(install)).toMatchObject({ servicetitanJobId: String(job), pipeline: "install", stage: "in-progress" });
  expect(crm.holds("opportunities")).toHaveLength(1);
}, 120_000);

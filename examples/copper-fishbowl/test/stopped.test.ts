import type { DataRecord } from "@fieldwright/connector-kit";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Office, open } from "./open.js";

const metrics = { syncs: ["copper-sales-metrics"] };
const nobody = { byNumber: 0, byCopperId: 0, byName: 0, unknown: 0, withoutOrderId: 0, typedTwice: 0, inactive: 0, walkIns: 0, twins: 0 };
let office: Office;
let before: string;
let rate = 1;

function definition(name: string): DataRecord {
  const found = office.copper.holds("custom_field_definitions").find((one) => one.name === name);
  if (!found) throw new Error(`There is no custom field ${name}.`);
  return found;
}

function change(field: DataRecord, set: DataRecord): void {
  office.copper.change("custom_field_definitions", String(field.id), set);
}

/** What the integrity report says of Copper's fields, in words. */
async function changedFields(): Promise<readonly string[]> {
  const report = await office.engine.run({ syncs: ["copper-fields"] });
  const check = (await office.engine.check({ syncs: ["copper-fields"] })).syncs[0]?.checks.find((one) => one.check === "sql");
  expect(report.verified).toBe(check?.status === "passed");
  return check?.records.map((record) => record.says.replace(/^id \d+, /, "")) ?? [];
}

describe("a change of custom fields in Copper, after figures were written", () => {
  beforeAll(async () => {
    office = await open({ ...nobody, byNumber: 40, orders: 160 });
    await office.engine.run({ skip: ["metrics"], approve: true });
    await office.engine.apply((await office.engine.plan(metrics)).id);
  }, 120_000);
  afterAll(() => office?.close());

  beforeEach(async () => {
    rate += 0.07;
    await office.rows(`update office.fishbowl_orders set total = round(total * ${rate}, 2)`); // every figure is to change
    before = office.copper.snapshot();
  });

  /** As the simulated account was before, so that only writes of the sync count. */
  function written(restore: () => void): boolean {
    restore();
    return office.copper.snapshot() !== before;
  }

  it("two fields that were swapped stop the next day's figures, and the report says which", async () => {
    const [total, average] = [definition("Total sales"), definition("Average order")];
    change(total, { name: "Average order" });
    change(average, { name: "Total sales" });
    await office.reopen();
    expect(await changedFields()).toEqual([
      "field Total sales, changed name, was Total sales, is_now Average order",
      "field Average order, changed name, was Average order, is_now Total sales",
    ]);
    const plan = await office.engine.plan(metrics);
    expect(plan.changes).toEqual([]);
    expect(plan.syncs[0]?.asks.map((ask) => ask.guard)).toContain("source_is_empty");
    await office.rows("update office.copper_fields set name = name_now");
    expect(await changedFields()).toEqual([]);
    expect((await office.engine.plan(metrics)).changes.length).toBeGreaterThan(30);
    const restore = () => {
      change(total, { name: "Total sales" });
      change(average, { name: "Average order" });
    };
    expect(written(restore)).toBe(false);
    await office.reopen();
    expect(await changedFields()).toHaveLength(2);
    await office.rows("update office.copper_fields set name = name_now");
    expect(await changedFields()).toEqual([]);
  });

  it("two fields that are swapped after the plan was looked at hold every record of it", async () => {
    const plan = await office.engine.plan(metrics);
    const [total, average] = [definition("Total sales"), definition("Average order")];
    change(total, { name: "Average order" });
    change(average, { name: "Total sales" });
    const applied = await office.engine.apply(plan.id);
    expect(applied.syncs[0]).toMatchObject({ updated: 0, failed: plan.changes.length });
    const [held] = await office.engine.held({ sync: "copper-sales-metrics", states: ["failed", "held"] });
    expect(held?.reason).toContain('it is now called "Average order" in Copper. Nothing was written.');
    const restore = () => {
      change(total, { name: "Total sales" });
      change(average, { name: "Average order" });
    };
    expect(written(restore)).toBe(false);
  });

  it.each([
    [
      "a field of another type",
      "Total sales",
      () => ({ data_type: "Date" }),
      "`Total sales` is a date, but the value is a number.",
      "field Total sales, changed type, was Currency, is_now Date",
    ],
    [
      "an option with another name",
      "Sales tier",
      (field: DataRecord) => ({
        options: (field.options as readonly DataRecord[]).map((option) =>
          option.name === "Gold" ? { ...option, name: "Platinum" } : option,
        ),
      }),
      "`Sales tier` does not take `Gold`.",
      "field Sales tier, changed choices, was Gold, Silver, Bronze, is_now Platinum, Silver, Bronze",
    ],
  ] as const)("%s stops it before anything is read, and both messages name the field", async (_what, name, set, refused, says) => {
    const field = definition(name);
    change(field, set(field));
    await office.reopen();
    await expect(office.engine.run(metrics)).rejects.toThrow(refused);
    expect(await changedFields()).toEqual([says]);
    expect(written(() => change(field, field))).toBe(false);
    await office.reopen();
    expect(await changedFields()).toEqual([]);
  });

  it("a field with another name refuses every record, and no other figure of it is written either", async () => {
    const field = definition("Last order");
    change(field, { name: "Last invoice" });
    await office.reopen();
    const plan = await office.engine.plan(metrics);
    const applied = await office.engine.apply(plan.id);
    expect(applied.syncs[0]).toMatchObject({ updated: 0, failed: plan.changes.length });
    const [refused] = await office.engine.held({ sync: "copper-sales-metrics", states: ["failed"] });
    expect(refused?.reason).toContain('A company has no field "Last order".');
    expect(await changedFields()).toEqual(["field Last order, changed name, was Last order, is_now Last invoice"]);
    expect(written(() => change(field, { name: "Last order" }))).toBe(false);
    await office.reopen();
    expect(await changedFields()).toEqual([]);
  });

  it("orders that all went missing clear nothing: it asks why there is nothing to read", async () => {
    await office.engine.apply((await office.engine.plan(metrics)).id);
    before = office.copper.snapshot();
    await office.rows("delete from office.fishbowl_orders");
    const plan = await office.engine.plan(metrics);
    expect(plan.changes).toEqual([]);
    expect(plan.syncs[0]?.asks.map((ask) => ask.says).join()).toContain("The source is empty all of a sudden");
    expect(written(() => undefined)).toBe(false);
  });
});

describe("a figure that would write 0 to 900 companies", () => {
  beforeAll(async () => {
    office = await open({ ...nobody, byNumber: 1000, orders: 3000 });
    await office.engine.run({ skip: ["metrics"], approve: true });
    const ids = await office.rows("select copper_id from office.copper_sales_metrics order by copper_id");
    for (const [index, { copper_id }] of ids.entries())
      office.copper.fill("companies", String(copper_id), { "Total sales": 1000 + index * 3 });
  }, 120_000);
  afterAll(() => office?.close());

  it("is held for a person, who is told what would happen and to how many", async () => {
    before = office.copper.snapshot();
    await office.rows("update office.fishbowl_orders set total = 0");
    const report = await office.engine.run({ syncs: ["copper-sales-metrics"] });
    const [sync] = report.syncs;
    expect(sync).toMatchObject({ status: "asks", updated: 0 });
    const plan = (await office.engine.plans(1))[0];
    const kept = await office.engine.planned(String(plan?.id));
    const suspicion = kept.syncs[0]?.suspicions.find((one) => one.fields.includes("Total sales"));
    expect(suspicion?.count).toBeGreaterThan(900);
    expect(suspicion?.says).toMatch(
      /^`Total sales` differs from record to record now, and would become the same, 0, in 9\d\d of the 9\d\d records/,
    );
    expect(office.copper.snapshot()).toBe(before);
  });
});

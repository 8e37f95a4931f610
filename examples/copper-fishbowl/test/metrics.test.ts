import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { custom } from "./company.js";
import { type Office, open } from "./open.js";

const shape = {
  byNumber: 30,
  byCopperId: 5,
  byName: 5,
  unknown: 5,
  withoutOrderId: 2,
  typedTwice: 0,
  inactive: 4,
  walkIns: 5,
  twins: 0,
  orders: 160,
};
const metrics = { syncs: ["copper-sales-metrics"] };
let office: Office;

beforeAll(async () => {
  office = await open(shape);
  await office.engine.run({ skip: ["metrics"], approve: true });
}, 120_000);
afterAll(() => office?.close());

/** What a company has bought, added up from Fishbowl's own orders, in cents. */
function boughtBy(copperId: string) {
  const company = office.copper.holds("companies").find((one) => String(one.id) === copperId);
  const number = custom(office.copper, company ?? {}, "Order ID");
  const name = String(company?.name).replace(", Inc.", "").toUpperCase();
  const customer = office.fishbowl.holds("customers").find((one) => one.number === number || one.name === name);
  const sold = office.fishbowl
    .holds("sales_orders")
    .filter((order) => order.customerId === customer?.id && [20, 25, 60, 70, 95].includes(Number(order.statusId)));
  const cents = sold.reduce((sum, order) => sum + Math.round(Number(order.subTotal) * 100), 0);
  const days = sold.map((order) => String(order.dateCreated).slice(0, 10)).sort();
  const of2025 = sold.filter((order) => String(order.dateCreated).startsWith("2025"));
  const cents2025 = of2025.reduce((sum, order) => sum + Math.round(Number(order.subTotal) * 100), 0);
  return {
    orders: sold.length,
    total: cents / 100,
    average: Math.round(cents / sold.length) / 100,
    last: days.at(-1),
    in2025: cents2025 / 100,
  };
}

describe("sales figures in Copper: planned, applied, rolled back", () => {
  it("is never written unasked, and the plan shows each figure before and after", async () => {
    const before = office.copper.snapshot();
    const report = await office.engine.run();
    expect(report.syncs.find(({ sync }) => sync === "copper-sales-metrics")).toMatchObject({ status: "asks", updated: 0 });
    const plan = await office.engine.plan(metrics);
    expect(plan.syncs[0]?.totals).toMatchObject({ creates: 0, updates: plan.changes.length, deletes: 0, errors: 0 });
    expect(plan.syncs[0]?.undo).toMatchObject({ wholly: plan.changes.length, of: plan.changes.length });
    for (const change of plan.changes) {
      const bought = boughtBy(String(change.targetId));
      const after = Object.fromEntries(change.fields.map((field) => [field.field, field.after]));
      expect(change.fields.every((field) => field.before === null)).toBe(true);
      expect(after).toMatchObject({
        Orders: bought.orders,
        "Total sales": bought.total,
        "Average order": bought.average,
        "Last order": bought.last,
        "Sales 2025": bought.in2025,
      });
    }
    expect(plan.changes.length).toBeGreaterThan(30);
    expect(office.copper.snapshot()).toBe(before);
  });

  it("is applied, changes nothing a second time, and is rolled back to the byte", async () => {
    const before = office.copper.snapshot();
    const plan = await office.engine.plan(metrics);
    const applied = await office.engine.apply(plan.id, { by: "sales-ops" });
    expect(applied).toMatchObject({ status: "done", verified: true });
    expect(office.copper.snapshot()).not.toBe(before);
    expect((await office.engine.plan(metrics)).changes).toEqual([]);
    const undone = await office.engine.rollback(applied.run, { by: "sales-ops" });
    expect(undone.status).toBe("done");
    expect(office.copper.snapshot()).toBe(before);
  });

  it("keeps to the plan: a figure that a person typed in the meantime is not overwritten", async () => {
    await office.rows("update office.fishbowl_orders set total = total + 1");
    const plan = await office.engine.plan(metrics);
    const [first] = plan.changes;
    office.copper.fill("companies", String(first?.targetId), { "Total sales": 77 });
    const applied = await office.engine.apply(plan.id);
    expect(applied.syncs[0]).toMatchObject({ held: 1, updated: plan.changes.length - 1 });
    const company = office.copper.holds("companies").find((one) => String(one.id) === first?.targetId);
    expect(custom(office.copper, company ?? {}, "Total sales")).toBe(77);
  });
});

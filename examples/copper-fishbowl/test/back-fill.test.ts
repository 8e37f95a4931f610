import type { RunEvent, RunReport } from "@fieldwright/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { custom } from "./company.js";
import { type Office, open } from "./open.js";

let office: Office;
let asked: RunReport;
let filled: RunReport;
let defaultBefore: number;
const events: RunEvent[] = [];

const ordersAtDefault = "select count(*) from office.commissions where is_default";

beforeAll(async () => {
  office = await open({
    byNumber: 520,
    byCopperId: 74,
    byName: 120,
    unknown: 884,
    withoutOrderId: 52,
    typedTwice: 12,
    inactive: 138,
    walkIns: 42,
    twins: 9,
    orders: 2400,
  });
  asked = await office.engine.run({ skip: ["metrics"], onEvent: (event) => events.push(event) });
  defaultBefore = await office.number(ordersAtDefault);
  filled = await office.engine.apply(planOf(asked), { by: "sales-ops" });
}, 120_000);

afterAll(() => office?.close());

function planOf(report: RunReport): string {
  const [, plan] = /fieldwright apply (\S+)`/.exec(report.syncs.find((sync) => sync.status === "asks")?.error ?? "") ?? [];
  return String(plan);
}

function of(report: RunReport, sync: string) {
  return report.syncs.find((one) => one.sync === sync);
}

function active() {
  const companies = office.copper.holds("companies").filter((company) => custom(office.copper, company, "Customer status") === "Active");
  return companies.map((company) => ({
    id: Number(company.id),
    name: String(company.name),
    orderId: custom(office.copper, company, "Order ID"),
    type: custom(office.copper, company, "Account Type"),
  }));
}

describe("1,662 active companies, 765 customers, 1,588 unmatched", () => {
  it("begins where the old integration stood: of 1,662 companies 1,588 are not to be found by Copper id", () => {
    const noted = new Set(
      office.fishbowl
        .holds("customers")
        .map((customer) => JSON.stringify(customer.customFields).match(/"Copper ID","type":"Text","value":"(\d+)"/)?.[1]),
    );
    expect(office.fishbowl.holds("customers")).toHaveLength(765);
    expect(active()).toHaveLength(1662);
    expect(active().filter((company) => !noted.has(String(company.id)))).toHaveLength(1588);
    const wholesale = new Set(active().flatMap(({ type }) => (/^\s*wh/i.test(String(type)) ? [type] : [])));
    expect(wholesale.size).toBe(6);
  });

  it("has specs and tables that fit both systems, and whose own tests pass", async () => {
    expect(await office.engine.validate()).toMatchObject({ ok: true, warnings: [] });
    const report = await office.engine.test();
    expect(report.tests.filter((test) => !test.ok)).toEqual([]);
    expect(report.passed).toBe(7);
    expect(await office.engine.migrations()).toEqual([]);
  });

  it("tells of every step how far it is, of how many", () => {
    const steps = events.flatMap((event) =>
      event.type === "step-started" && event.step !== "plan" ? [`${event.step} ${event.name}`] : [],
    );
    const told = new Map(events.flatMap((event) => (event.type === "progress" ? [[`${event.step} ${event.name}`, event] as const] : [])));
    expect(steps).toEqual(expect.arrayContaining(["read copper.companies", "read fishbowl.sales_orders"]));
    expect([...told.keys()]).toEqual(expect.arrayContaining(steps));
    expect(told.get("read copper.companies")).toMatchObject({ processed: 1800, total: 1800, failed: 0 });
  });

  it("asks before the back-fill, and writes none of it unasked", async () => {
    expect(of(asked, "fishbowl-customers")).toMatchObject({ status: "done", created: 765 });
    expect(of(asked, "copper-customers")).toMatchObject({ status: "asks", created: 0, updated: 0, filtered: 138, waiting: 52 });
    expect(of(asked, "copper-customers")?.error).toContain("first run");
    expect(defaultBefore).toBeGreaterThan(500);
  });

  it("links 714 companies by account number, Copper id, or name and e-mail, and makes 884 customers", async () => {
    expect(of(filled, "copper-customers")).toMatchObject({ updated: 714, created: 884 });
    const plan = await office.engine.planned(planOf(asked));
    const keys = new Map<string, number>();
    for (let after = 0; ; ) {
      const page = await office.engine.changes({ plan: plan.id, after, limit: 500 });
      for (const { operation, matched } of page)
        if (operation === "update") keys.set(matched?.key ?? "", (keys.get(matched?.key ?? "") ?? 0) + 1);
      after = page.at(-1)?.n ?? 0;
      if (page.length < 500) break;
    }
    expect(Object.fromEntries(keys)).toEqual({ account_number: 520, copper_id: 74, "name_key + email": 120 });
  });

  it("leaves every active company with an order ID with one customer, whose account type is the company's", async () => {
    const customers = await office.rows("select * from office.fishbowl_customers");
    const withOrderId = active().filter((company) => company.orderId !== null);
    expect(withOrderId).toHaveLength(1610);
    for (const company of withOrderId) {
      const own = customers.filter((customer) => customer.account_number === company.orderId);
      expect(own, `${company.name} ${company.orderId}`).toHaveLength(1);
    }
    expect(customers).toHaveLength(765 + 884);
    const byId = new Map(customers.map((customer) => [Number(customer.copper_id), customer]));
    for (const company of withOrderId) {
      const expected = /^\s*wh/i.test(String(company.type)) ? "Wholesale" : /^ret/i.test(String(company.type)) ? "Retail" : "Distributor";
      const customer = byId.get(company.id);
      if (customer) expect(customer.account_type, `${company.name}: ${company.type}`).toBe(expected);
    }
  });

  it("gives every order its customer, a rep and a rate that is no default", async () => {
    const sold = office.fishbowl.holds("sales_orders").filter((order) => [20, 25, 60, 70, 95].includes(Number(order.statusId)));
    expect(await office.number("select count(*) from office.commissions where sales_rep is not null")).toBe(sold.length);
    expect(await office.number(ordersAtDefault)).toBe(0);
  });

  it("has nothing to do a second time, in full or not, and then knows why each company is left", async () => {
    for (const kind of ["incremental", "full"] as const) {
      const again = await office.engine.run({ mode: { kind }, skip: ["metrics"] });
      for (const sync of again.syncs.filter(({ status }) => status !== "skipped"))
        expect(sync, `${kind} ${sync.sync}`).toMatchObject({ created: 0, updated: 0, deleted: 0, failed: 0 });
    }
    const left = await office.engine.held({ sync: "copper-customers", states: ["held", "waiting", "failed"], limit: 200 });
    const codes = left.map(({ code }) => code);
    expect(codes.filter((code) => code === "waiting/create-rule")).toHaveLength(52);
    expect(codes.filter((code) => code === "held/target-taken")).toHaveLength(12);
    expect(left).toHaveLength(64);
  });

  it("says so in the integrity report, with both sides' counts, and names what is left and why", async () => {
    const report = await office.engine.check({ syncs: ["copper-customers"] });
    const [sync] = report.syncs;
    const said = (about: string) => sync?.checks.find((check) => check.about === about);
    expect(report.verified).toBe(true);
    for (const about of [
      "every active company with an order ID has its customer",
      "no company has two customers",
      "no account number is given out twice",
      "no order falls back to the default rate",
      "every order has a rep to pay",
    ])
      expect(said(about)?.status, about).toBe("passed");
    const left = said("what is left, and why");
    expect(left).toMatchObject({
      status: "failed",
      severity: "warn",
      found: 64,
      sides: { source: "1662", target: "1598", mismatch: "64" },
    });
    expect(said("active companies that need an order ID or an account type first")).toMatchObject({ found: 52, severity: "warn" });
    const twice = said("typed into Copper twice, so only one of them is linked");
    expect(twice).toMatchObject({ found: 12, severity: "warn" });
    expect(twice?.records[0]?.says).toMatch(/^id \d+, name .+, order_id A-\d+, customer_of_company \d+, customer .+$/);
    expect(said("a second Fishbowl customer of the same name and e-mail")).toMatchObject({ status: "failed", severity: "warn", found: 9 });
  });

  it("is a report that can fail: customers who are taken away, and orders without a rate, are counted and named", async () => {
    const gone = await office.rows(
      "delete from office.fishbowl_customers where fishbowl_id is null and id % 7 = 0 returning account_number",
    );
    await office.rows("delete from office.commission_rates where account_type = 'Distributor'");
    const { verified, syncs } = await office.engine.check({ syncs: ["copper-customers"] });
    const said = (about: string) => syncs[0]?.checks.find((check) => check.about === about);
    expect(verified).toBe(false);
    const missing = said("every active company with an order ID has its customer");
    expect(missing).toMatchObject({ status: "failed", found: gone.length });
    expect(gone.map((customer) => `order_id ${customer.account_number}`)).toContain(missing?.records[0]?.says.split(", ").at(-1));
    const orders = await office.number(ordersAtDefault);
    expect(orders).toBeGreaterThan(0);
    expect(said("no order falls back to the default rate")).toMatchObject({ status: "failed", found: orders });
  });
});

import { randomAt } from "@fieldwright/connector-kit/testing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { custom } from "./company.js";
import { type Office, open } from "./open.js";

const shape = {
  byNumber: 8,
  byCopperId: 3,
  byName: 3,
  unknown: 4,
  withoutOrderId: 2,
  typedTwice: 2,
  inactive: 3,
  walkIns: 2,
  twins: 1,
  orders: 40,
};
const again = { skip: ["metrics"], approve: true } as const;
let office: Office;

beforeEach(async () => {
  office = await open(shape);
  await office.engine.run(again);
});
afterEach(() => office?.close());

async function why(copperId: unknown) {
  const left = await office.engine.held({ sync: "copper-customers", states: ["held", "waiting", "failed"] });
  return left.find((one) => one.sourceId === String(copperId));
}

function company(index: number) {
  const found = office.copper.holds("companies")[index];
  if (!found) throw new Error(`There is no company ${index}.`);
  return found;
}

async function customerOf(copperId: unknown) {
  return (await office.rows(`select * from office.fishbowl_customers where copper_id = ${Number(copperId)}`))[0];
}

describe("what people type", () => {
  it("holds an account type that the table does not know, and leaves the customer the one it has", async () => {
    const { id } = company(0);
    const before = await customerOf(id);
    office.copper.fill("companies", String(id), { "Account Type": "Contractor" });
    await office.engine.run(again);
    expect(await why(id)).toMatchObject({ state: "held", field: "account_type" });
    expect(await customerOf(id)).toEqual(before);
    office.copper.fill("companies", String(id), { "Account Type": "distributor" });
    await office.engine.run(again);
    expect(await why(id)).toBeUndefined();
    expect((await customerOf(id))?.account_type).toBe("Distributor");
  });

  it("makes the customer of a company that waited, as soon as it has its order ID", async () => {
    const waiting = office.copper.holds("companies").filter((one) => custom(office.copper, one, "Order ID") === null);
    expect(await why(waiting[0]?.id)).toMatchObject({ state: "waiting", code: "waiting/create-rule" });
    office.copper.fill("companies", String(waiting[0]?.id), { "Order ID": " b-1 " });
    await office.engine.run(again);
    expect(await customerOf(waiting[0]?.id)).toMatchObject({ account_number: "B-1", fishbowl_id: null });
    expect(await why(waiting[0]?.id)).toBeUndefined();
  });

  it("asks nobody twice about a company that was typed twice, once a person has said to leave it out", async () => {
    const twice = await office.engine.held({ sync: "copper-customers" });
    expect(twice.map((one) => one.code)).toEqual(["held/target-taken", "held/target-taken"]);
    for (const one of twice) await office.engine.resolve(one.sync, one.sourceId, { action: "ignore", by: "sales-ops" });
    await office.engine.run({ ...again, mode: { kind: "full" } });
    expect(await office.engine.held({ sync: "copper-customers" })).toEqual([]);
  });

  it("keeps the rep whom the back office named, whatever Copper and Fishbowl say later", async () => {
    const { id } = company(1);
    await office.rows(`update office.fishbowl_customers set sales_rep = 'lee@example.test' where copper_id = ${Number(id)}`);
    office.copper.change("companies", String(id), { assignee_id: Number(office.copper.holds("users")[2]?.id) });
    office.fishbowl.change("customers", "2", { defaultSalesmanId: 3 });
    await office.engine.run({ ...again, mode: { kind: "full" } });
    expect((await customerOf(id))?.sales_rep).toBe("lee@example.test");
  });

  it("links a customer that is made in Fishbowl after it came from Copper, and makes no second one", async () => {
    const [fromCopper] = await office.rows("select * from office.fishbowl_customers where fishbowl_id is null order by id limit 1");
    const count = await office.number("select count(*) from office.fishbowl_customers");
    const [model] = office.fishbowl.holds("customers");
    office.fishbowl.add("customers", { ...model, id: 900, accountId: 900, name: "As in Fishbowl", number: fromCopper?.account_number });
    await office.engine.run({ ...again, mode: { kind: "full" } });
    expect(await customerOf(fromCopper?.copper_id)).toMatchObject({ id: fromCopper?.id, fishbowl_id: 900, name: "As in Fishbowl" });
    expect(await office.number("select count(*) from office.fishbowl_customers")).toBe(count);
  });
});

describe("random changes on both sides", () => {
  it.each([1, 2, 3])("end with one customer for each company, and nothing to do a second time (seed %i)", async (seed) => {
    const random = randomAt(seed, 0);
    const companies = office.copper.holds("companies");
    for (let step = 0; step < 12; step++) {
      const one = String(random.pick(companies).id);
      const customer = String(random.integer(1, office.fishbowl.holds("customers").length));
      random.pick([
        () => office.copper.fill("companies", one, { "Account Type": random.pick(["RETAIL", "whsl", "Distributor", "Contractor"]) }),
        () => office.copper.fill("companies", one, { "Order ID": random.pick([null, `N-${seed}-${step}`]) }),
        () => office.copper.fill("companies", one, { "Customer status": random.pick(["Active", "Inactive"]) }),
        () => office.copper.change("companies", one, { name: `Renamed ${seed} ${step}` }),
        () => office.fishbowl.change("customers", customer, { name: `Renamed ${seed} ${step}`, number: `F-${seed}-${step}` }),
        () => office.fishbowl.change("customers", customer, { defaultSalesmanId: random.integer(1, 5) }),
      ])();
      if (step % 4 === 3) await office.engine.run(again);
    }
    await office.engine.run({ ...again, mode: { kind: "full" } });
    const settled = await office.rows("select * from office.fishbowl_customers order by id");
    const second = await office.engine.run({ ...again, mode: { kind: "full" } });
    for (const sync of second.syncs.filter(({ status }) => status !== "skipped"))
      expect(sync, sync.sync).toMatchObject({ created: 0, updated: 0, deleted: 0, failed: 0 });
    expect(await office.rows("select * from office.fishbowl_customers order by id")).toEqual(settled);
    const linked = settled.flatMap((customer) => (customer.copper_id === null ? [] : [customer.copper_id]));
    expect(new Set(linked).size).toBe(linked.length);
  });
});

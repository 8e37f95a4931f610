import { describe, expect, test } from "vitest";
import { connect, doneOf, errorOf } from "./connect.js";

const order = (num: string, more: object = {}) => ({
  num,
  customerId: 1,
  statusId: 20,
  items: [{ typeId: 10, productNum: "P-1", qtyOrdered: "3", unitPrice: "2.5", taxableFlag: true }],
  ...more,
});
const toImport = (path: string) => path.includes("/import/");

describe("customers", () => {
  test("are made by one import, and each outcome has its own id, though the answer is empty", async () => {
    const { simulator, stream, call } = await connect();
    const outcomes = await stream("customers").create?.([{ name: "Acorn" }, { name: "Birch", number: "B-1" }], call);
    expect(outcomes).toMatchObject([
      { ok: true, created: true, key: "61" },
      { ok: true, created: true, key: "62", record: { name: "Birch", number: "B-1" } },
    ]);
    expect(simulator.traffic.paths().filter(toImport)).toHaveLength(1);
  });

  test("that are there already are held, in whatever case their name is written, since an import would change them", async () => {
    const { simulator, stream, call } = await connect();
    const [first] = simulator.holds("customers");
    const error = errorOf(await stream("customers").create?.([{ name: String(first?.name).toUpperCase(), number: "X" }], call));
    expect(error).toMatchObject({ code: "fishbowl/exists", next: "hold-record", inDoubt: false });
    expect(simulator.holds("customers")[0]).toEqual(first);
  });

  test("of one batch with one name are two only once", async () => {
    const { stream, call } = await connect();
    const outcomes = await stream("customers").create?.([{ name: "Acorn" }, { name: "ACORN " }], call);
    expect(outcomes?.map((outcome) => outcome.ok)).toEqual([true, false]);
  });

  test("of which one is refused leave the others made, and the refused one says why, whether the server keeps earlier rows or not", async () => {
    for (const partialImports of ["kept", "undone"] as const) {
      const { simulator, stream, call } = await connect({ server: { partialImports } });
      const taken = String(simulator.holds("customers")[3]?.number);
      const outcomes = await stream("customers").create?.([{ name: "Acorn" }, { name: "Birch", number: taken }, { name: "Cedar" }], call);
      expect(outcomes?.map((outcome) => outcome.ok)).toEqual([true, false, true]);
      expect(outcomes?.[1]).toMatchObject({
        error: { code: "fishbowl/refused", next: "hold-record", message: expect.stringContaining(`Number "${taken}" is in use`) },
      });
      expect(
        simulator
          .holds("customers")
          .slice(60)
          .map((customer) => customer.name),
      ).toEqual(["Acorn", "Cedar"]);
    }
  });

  test("whose import got no answer are looked up: those that are there were made, and the others are in doubt", async () => {
    const slow = await connect({ options: { attempts: 1, timeoutMs: 400 } });
    slow.simulator.faults.slowMs = 3000;
    slow.simulator.faults.next("slow", 1, toImport);
    const done = doneOf(await slow.stream("customers").create?.([{ name: "Acorn" }], slow.call));
    expect(done).toMatchObject({ created: true, record: { name: "Acorn" } });
    const { simulator, stream, call } = await connect({ options: { attempts: 1 } });
    simulator.faults.next("reset", 1, toImport);
    const error = errorOf(await stream("customers").create?.([{ name: "Birch" }], call));
    expect(error).toMatchObject({ code: "http/cut", inDoubt: true });
  });

  test("that could not be looked up after their import are in doubt", async () => {
    const { simulator, stream, call } = await connect({ options: { attempts: 1 } });
    let imported = false;
    simulator.faults.next("500", 1, (path) => {
      imported ||= toImport(path);
      return imported && path.includes("data-query");
    });
    const error = errorOf(await stream("customers").create?.([{ name: "Acorn" }], call));
    expect(error).toMatchObject({ code: "fishbowl/not-looked-up", inDoubt: true });
  });

  test("are updated by their name, jobs by that of their customer before it", async () => {
    const { simulator, stream, call } = await connect();
    const job = simulator.holds("customers")[8];
    expect(job?.parentId).toBe(8);
    const done = doneOf(await stream("customers").update?.([{ key: "9", set: { note: "Ladder needed", activeFlag: false } }], call));
    expect(done).toMatchObject({ key: "9", created: false, record: { note: "Ladder needed", activeFlag: false, name: job?.name } });
    expect(simulator.count?.("customers")).toBe(60);
  });

  test("cannot be renamed by an import, and cannot be emptied in a field, and say so before anything is sent", async () => {
    const { simulator, stream, call } = await connect();
    const customers = stream("customers");
    expect(errorOf(await customers.update?.([{ key: "1", set: { name: "Other" } }], call))).toMatchObject({
      code: "fishbowl/not-writable",
      field: "name",
    });
    expect(errorOf(await customers.update?.([{ key: "1", set: { number: null } }], call))).toMatchObject({
      code: "fishbowl/cannot-empty",
      field: "number",
    });
    expect(errorOf(await customers.create?.([{ name: "A:B" }], call))).toMatchObject({ code: "fishbowl/not-writable", field: "name" });
    expect(errorOf(await customers.create?.([{ name: "A", colour: "red" }], call))).toMatchObject({ field: "colour" });
    expect(errorOf(await customers.update?.([{ key: "999", set: { note: "x" } }], call))).toMatchObject({ code: "fishbowl/not-found" });
    expect(simulator.traffic.paths().filter(toImport)).toEqual([]);
  });

  test("whose column the server passes over in silence are not called updated", async () => {
    const { stream, call } = await connect({ server: { deafColumns: ["AlertNotes"] } });
    const error = errorOf(await stream("customers").update?.([{ key: "1", set: { note: "New" } }], call));
    expect(error).toMatchObject({ code: "fishbowl/not-taken", next: "hold-record", field: "note" });
  });

  test("with a column that the import does not know stop the stream, and the rest of the batch is not in doubt", async () => {
    const { simulator, stream, call } = await connect({
      options: { assumptions: { customerColumns: { note: "Notes" }, recordsPerImport: 1 } },
    });
    const outcomes = await stream("customers").create?.(
      [
        { name: "Acorn", note: "x" },
        { name: "Birch", note: "y" },
      ],
      call,
    );
    for (const outcome of outcomes ?? [])
      expect(outcome).toMatchObject({ ok: false, error: { code: "fishbowl/import-header", next: "stop-stream", inDoubt: false } });
    expect(simulator.traffic.paths().filter(toImport)).toHaveLength(1);
  });

  test("whose import has another name here say which name was tried, and the options mend it", async () => {
    const { stream, call } = await connect({ server: { importNames: { customers: "Customer" } } });
    const error = errorOf(await stream("customers").create?.([{ name: "Acorn" }], call));
    expect(error).toMatchObject({
      code: "fishbowl/no-such-import",
      next: "stop-stream",
      message: expect.stringContaining('"Customers"'),
      hint: expect.stringContaining("`imports`"),
    });
    const right = await connect({ server: { importNames: { customers: "Customer" } }, options: { imports: { customers: "Customer" } } });
    expect(doneOf(await right.stream("customers").create?.([{ name: "Acorn" }], right.call)).key).toBe("61");
  });

  test("take the custom fields that the options name", async () => {
    const { stream, call, read } = await connect({ options: { customFields: { customers: ["Region"] } } });
    expect(["West", "East", "South"]).toContain((await read("customers"))[0]?.Region);
    const done = doneOf(await stream("customers").update?.([{ key: "1", set: { Region: "North" } }], call));
    expect(done.record).toMatchObject({ Region: "North" });
  });

  test("are not imported any more once the call is aborted: the one on its way is in doubt, the rest is not", async () => {
    const { simulator, stream, call } = await connect({ options: { assumptions: { recordsPerImport: 1 } } });
    const stop = new AbortController();
    simulator.faults.onRequest(2, () => stop.abort());
    const outcomes = await stream("customers").create?.([{ name: "Acorn" }, { name: "Birch" }], { ...call, signal: stop.signal });
    expect(outcomes?.map((outcome) => !outcome.ok && [outcome.error.next, outcome.error.inDoubt])).toEqual([
      ["stop-run", true],
      ["stop-run", false],
    ]);
  });
});

describe("addresses", () => {
  test("of a state that Fishbowl does not know are refused by the server's own words", async () => {
    const { stream, call } = await connect();
    const error = errorOf(await stream("addresses").create?.([{ accountId: 1, addressName: "Yard", typeID: 10, state: "ZZ" }], call));
    expect(error).toMatchObject({ code: "fishbowl/refused", message: expect.stringContaining('State "ZZ" does not exist') });
  });

  test("go to the customer of their account, and an account without one is held", async () => {
    const { simulator, stream, call } = await connect();
    doneOf(await stream("addresses").create?.([{ accountId: 9, addressName: "Yard", typeID: 10, city: "Tempe" }], call));
    expect(simulator.holds("addresses").at(-1)).toMatchObject({ accountId: 9, addressName: "Yard", city: "Tempe" });
    expect(errorOf(await stream("addresses").create?.([{ accountId: 900_001, addressName: "Yard" }], call))).toMatchObject({
      field: "accountId",
    });
    expect(errorOf(await stream("addresses").create?.([{ accountId: 1, addressName: "main office" }], call))).toMatchObject({
      code: "fishbowl/exists",
    });
  });
});

describe("sales orders", () => {
  test("are made with their lines under the two header rows", async () => {
    const { simulator, stream, call } = await connect();
    const done = doneOf(await stream("sales_orders").create?.([order("W-1", { billToState: "AZ", customerPO: "PO 7" })], call));
    expect(done.record).toMatchObject({
      num: "W-1",
      status: "Issued",
      customerId: 1,
      customerPO: "PO 7",
      billToState: "AZ",
      totalPrice: "7.5",
      items: [{ productNum: "P-1", qtyOrdered: "3" }],
    });
    expect(simulator.holds("sales_order_items").at(-1)).toMatchObject({ soId: Number(done.key), productNum: "P-1" });
    expect(simulator.count?.("customers")).toBe(60);
  });

  test("of which one has a product that is not there leave the others made, each exactly once", async () => {
    for (const partialImports of ["kept", "undone"] as const) {
      const { simulator, stream, call } = await connect({ server: { partialImports } });
      const bad = order("W-2", { items: [{ typeId: 10, productNum: "P-999", qtyOrdered: "1", unitPrice: "1" }] });
      const outcomes = await stream("sales_orders").create?.([order("W-1"), bad, order("W-3")], call);
      expect(outcomes?.map((outcome) => outcome.ok)).toEqual([true, false, true]);
      expect(outcomes?.[1]).toMatchObject({ error: { message: expect.stringContaining('Product "P-999" does not exist') } });
      expect(
        simulator
          .holds("sales_orders")
          .slice(120)
          .map((one) => one.num),
      ).toEqual(["W-1", "W-3"]);
    }
  });

  test("are never sent twice: without an answer they are looked up, and in doubt where they do not show", async () => {
    const { simulator, stream, call } = await connect();
    simulator.faults.next("500", 1, toImport);
    const error = errorOf(await stream("sales_orders").create?.([order("W-1")], call));
    expect(error).toMatchObject({ inDoubt: true, next: "hold-record" });
    expect(simulator.traffic.paths().filter(toImport)).toHaveLength(1);
    const slow = await connect({ options: { timeoutMs: 400 } });
    slow.simulator.faults.slowMs = 3000;
    slow.simulator.faults.next("slow", 1, toImport);
    expect(doneOf(await slow.stream("sales_orders").create?.([order("W-2")], slow.call))).toMatchObject({
      created: true,
      record: { num: "W-2" },
    });
  });

  test("with a number that is taken, no number, no customer or another status are held before anything is sent", async () => {
    const { simulator, stream, call } = await connect();
    const orders = stream("sales_orders");
    for (const [record, field] of [
      [order("s100001"), "num"],
      [order(""), "num"],
      [order("W-1", { customerId: 999 }), "customerId"],
      [order("W-1", { statusId: 60 }), "statusId"],
      [order("W-1", { totalPrice: "5" }), "totalPrice"],
      [order("W-1", { items: [{ colour: "red" }] }), "items"],
    ] as const)
      expect(errorOf(await orders.create?.([record], call))).toMatchObject({ next: "hold-record", field, inDoubt: false });
    expect(simulator.traffic.paths().filter(toImport)).toEqual([]);
  });

  test("can be made and nothing else, since what a second import does is not known", async () => {
    const { stream } = await connect();
    const { update, upsert, delete: remove, sideEffects } = stream("sales_orders");
    expect([update, upsert, remove]).toEqual([undefined, undefined, undefined]);
    expect(sideEffects).toContain("stock");
  });
});

describe("external ids", () => {
  test("are kept with a record, changed by a POST of the whole, and gone once deleted", async () => {
    const { simulator, stream, call } = await connect();
    const ids = stream("external_ids");
    const { key } = doneOf(await ids.create?.([{ plugin: "Fieldwright", table: "customer", recordId: 4, info: { crm: "a1" } }], call));
    doneOf(await ids.update?.([{ key, set: { info: { crm: "a2" } } }], call));
    expect(await ids.get?.([key], call)).toMatchObject([{ plugin: "Fieldwright", recordId: 4, info: { crm: "a2" } }]);
    doneOf(await ids.delete?.([key], call));
    doneOf(await ids.delete?.([key], call));
    expect(simulator.count?.("external_ids")).toBe(12);
  });

  test("without a record to be of are held", async () => {
    const { stream, call } = await connect();
    expect(errorOf(await stream("external_ids").create?.([{ plugin: "Fieldwright", table: "customer" }], call))).toMatchObject({
      field: "recordId",
    });
  });
});

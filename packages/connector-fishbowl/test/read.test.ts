import { describe, expect, test } from "vitest";
import { connect } from "./connect.js";

describe("rows", () => {
  test("are the same whichever case and types the server gives them", async () => {
    const usual = await connect();
    const other = await connect({ server: { rowKeys: "as-written", bits: "number", decimals: "string" } });
    for (const name of ["customers", "sales_orders", "products", "purchase_order_items"])
      expect(await other.read(name)).toEqual(await usual.read(name));
  });

  test("carry moments in UTC, by the summer time that was in force on each day", async () => {
    const { simulator, read } = await connect();
    simulator.change("customers", "1", { dateCreated: "2025-01-15 08:00:00.000000" });
    simulator.change("customers", "2", { dateCreated: "2025-07-15 08:00:00.250000" });
    const [one, two] = await read("customers");
    expect([one?.dateCreated, two?.dateCreated]).toEqual(["2025-01-15T15:00:00.000000Z", "2025-07-15T14:00:00.250000Z"]);
  });

  test("of an order carry its lines, and none where the options want none", async () => {
    const { simulator, read } = await connect();
    const [, second] = await read("sales_orders");
    const items = (second?.items ?? []) as readonly { readonly productNum: string }[];
    expect(items.map((item) => item.productNum)).toEqual(
      simulator
        .holds("sales_order_items")
        .filter((item) => item.soId === 2)
        .map((item) => item.productNum),
    );
    const bare = await connect({ options: { orderItems: false } });
    expect((await bare.read("sales_orders"))[1]).not.toHaveProperty("items");
  });

  test("show states by their code, jobs with their customer, statuses in words", async () => {
    const { simulator, read } = await connect();
    const [address] = await read("addresses");
    expect(address).toMatchObject({ country: "UNITED STATES", type: "Main Office" });
    expect(address?.state).toMatch(/^[A-Z]{2}$/);
    expect((await read("customers"))[8]?.parentName).toBe(simulator.holds("customers")[7]?.name);
    expect(new Set((await read("sales_orders")).map((order) => order.status))).toContain("Fulfilled");
  });

  test("never show the passwords of users, though a server lists their column", async () => {
    const { read, stream } = await connect();
    expect(stream("users").fields).not.toHaveProperty("userPwd");
    expect(JSON.stringify(await read("users"))).not.toContain("hash");
  });

  test("with quotes and backslashes in what is searched for are found, and nothing else happens", async () => {
    const { simulator, stream, call } = await connect();
    const name = `O'Hara \\' OR 1 = 1 --`;
    simulator.change("customers", "5", { name });
    expect(await stream("customers").find?.("name", [name, "' OR ''='"], call)).toMatchObject([{ id: 5, name }]);
  });
});

describe("a server of another version", () => {
  test("that lacks columns is read without them, and a notice names them", async () => {
    const { notices, read, stream } = await connect({
      server: { lacks: { customer: ["toBeEmailed", "customFields"], so: ["billToStateId"] } },
    });
    const [customer] = await read("customers");
    expect(customer).not.toHaveProperty("toBeEmailed");
    expect(stream("customers").fields).not.toHaveProperty("toBeEmailed");
    expect((await read("sales_orders"))[0]).not.toHaveProperty("billToState");
    expect(notices).toContainEqual(expect.stringContaining("toBeEmailed, customFields"));
  });

  test("whose columns are not asked for stops the stream, and the error names the way out", async () => {
    const { read } = await connect({ server: { lacks: { customer: ["toBeEmailed"] } }, options: { assumptions: { askColumns: false } } });
    await expect(read("customers")).rejects.toMatchObject({
      code: "fishbowl/unknown-column",
      next: "stop-stream",
      message: expect.stringContaining("toBeEmailed"),
      hint: expect.stringContaining("askColumns"),
    });
  });

  test("is read by what is known for certain where no columns are asked for", async () => {
    const { read, stream } = await connect({ options: { assumptions: { askColumns: false } } });
    expect(Object.keys((await read("products"))[0] ?? {})).toEqual(["id", "num", "dateLastModified"]);
    expect(stream("purchase_orders").references).toEqual({});
    expect(await read("sales_orders")).toHaveLength(120);
  });

  test("that has no change time in a table gives no cursor there, so each read is a full one", async () => {
    const { stream } = await connect({ server: { lacks: { vendor: ["dateLastModified"] } } });
    expect([stream("vendors").cursor, stream("contacts").cursor]).toEqual([undefined, undefined]);
    expect(stream("products").cursor).toMatchObject({ field: "dateLastModified", granularity: "microsecond", filter: true });
  });
});

describe("errors of a query", () => {
  test("inside of a 200 are no empty table", async () => {
    const { read } = await connect({
      server: { errorsIn200: true, lacks: { customer: ["toBeEmailed"] } },
      options: { assumptions: { askColumns: false } },
    });
    await expect(read("customers")).rejects.toMatchObject({ code: "fishbowl/unknown-column", next: "stop-stream" });
  });

  test("of a right that is missing stop the stream", async () => {
    const { read } = await connect({ server: { withoutRights: ["Inventory"] } });
    await expect(read("inventory")).rejects.toMatchObject({ code: "fishbowl/forbidden", next: "stop-stream" });
  });

  test("in HTML are tried again, since a proxy may say so of a restart", async () => {
    const { simulator, read } = await connect();
    simulator.faults.next("html-500", 1, (path) => path.includes("data-query"));
    expect(await read("customers")).toHaveLength(60);
  });

  test("that is too long for an address is not sent", async () => {
    const { simulator, read } = await connect({ options: { assumptions: { maxQueryLength: 1500 } } });
    const before = simulator.traffic.requests;
    await expect(read("sales_orders")).rejects.toMatchObject({ code: "fishbowl/query-too-long", next: "stop-stream" });
    expect(simulator.traffic.requests).toBe(before);
  });

  test("by a field that cannot be searched names those that can", async () => {
    const { stream, call } = await connect();
    await expect(stream("customers").find?.("creditLimit", ["5"], call)).rejects.toMatchObject({
      code: "fishbowl/cannot-find-by",
      hint: expect.stringContaining("number"),
    });
  });

  test("of many records are cut into queries that fit an address", async () => {
    const { simulator, stream, call } = await connect({ server: { sizes: { customers: 900, salesOrders: 0 } } });
    const keys = simulator.holds("customers").map((customer) => String(customer.id));
    expect(await stream("customers").get?.(keys, call)).toHaveLength(900);
    const names = simulator.holds("customers").map((customer) => customer.name);
    expect(await stream("customers").find?.("name", names, call)).toHaveLength(900);
    expect(Math.max(...simulator.traffic.paths().map((path) => path.length))).toBeLessThan(8000);
  });
});

describe("changes", () => {
  test("with one stamp that fill more than a page are all read, each once", async () => {
    const { simulator, read } = await connect({ server: { sizes: { customers: 40 } } });
    simulator.clock.set("2026-03-11T10:00:00Z");
    for (let id = 1; id <= 25; id += 1) simulator.change("customers", String(id), { note: "moved" });
    const changed = await read("customers", { pageSize: 7, since: "2026-03-11T10:00:00Z" });
    expect(changed.map((customer) => customer.id)).toEqual(Array.from({ length: 25 }, (_, index) => index + 1));
  });

  test("in the hour that comes twice are not missed, though the clock reads earlier than before", async () => {
    const { simulator, read } = await connect();
    // In Denver 07:30Z and 08:10Z are 01:30 and 01:10 of the same night.
    simulator.clock.set("2026-11-01T08:10:00Z");
    simulator.change("customers", "7", { note: "late" });
    expect((await read("customers", { since: "2026-11-01T07:30:00Z" })).map((customer) => customer.id)).toContain(7);
    simulator.clock.set("2026-11-01T07:50:00Z");
    simulator.change("customers", "8", { note: "early" });
    expect(
      (await read("customers", { since: "2026-11-01T07:00:00Z", until: "2026-11-01T08:15:00Z" })).map((customer) => customer.id),
    ).toContain(8);
  });

  test("of a record that moves on while it is read are read again, and never called a whole listing", async () => {
    const { pages } = await connect();
    const read = await pages("customers", { since: "2020-01-01T00:00:00Z", pageSize: 1000 });
    expect(read.map((page) => page.complete)).toEqual([undefined]);
  });
});

describe("audit tables", () => {
  const audit = { options: { incremental: "audit" } };

  test("give revisions that grow with every change, whatever the clock does", async () => {
    const { simulator, read, stream } = await connect(audit);
    simulator.clock.set("2020-01-01T00:00:00Z");
    simulator.change("customers", "3", { note: "the clock went back" });
    const changed = await read("customers", { since: "500" });
    expect(changed).toMatchObject([{ id: 3, note: "the clock went back" }]);
    expect(stream("customers").cursor).toMatchObject({ field: "revision", type: "integer", granularity: "exact" });
  });

  test("tell which records were deleted, page by page and from a revision on", async () => {
    const { simulator, read } = await connect(audit);
    expect(await read("customers_deleted")).toEqual([]);
    for (const key of ["4", "9", "11"]) simulator.remove("customers", key);
    const gone = await read("customers_deleted", { pageSize: 2 });
    expect(gone.map(({ id, userId }) => [id, userId])).toEqual([
      [4, 1],
      [9, 1],
      [11, 1],
    ]);
    expect(await read("customers_deleted", { since: String(gone[1]?.revision) })).toEqual(gone.slice(1));
    expect((await read("customers", { since: "0" })).map((customer) => customer.id)).not.toContain(4);
  });

  test("are left alone where they are not asked for, and where a table has none", async () => {
    const plain = await connect();
    expect(() => plain.stream("customers_deleted")).toThrow("There is no stream");
    const { stream } = await connect(audit);
    expect([stream("contacts").cursor, stream("addresses").cursor?.field]).toEqual([undefined, "revision"]);
  });
});

import { createSimulator, type FishbowlSimulatorOptions } from "@fieldwright/connector-fishbowl/simulator";
import { describe, expect, onTestFinished, test } from "vitest";

type Json = Readonly<Record<string, unknown>>;

async function open(options: FishbowlSimulatorOptions = {}) {
  const simulator = await createSimulator({ now: "2026-03-10T15:00:00Z", ...options });
  onTestFinished(() => simulator.close());
  const { username, password, appId } = simulator.options;
  const post = (path: string, body: unknown, headers: Readonly<Record<string, string>> = {}) =>
    fetch(`${simulator.url}/api${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: typeof body === "string" ? body : JSON.stringify(body),
    });
  const login = (more: Json = {}) => post("/login", { appName: "Test", appDescription: "", appId, username, password, ...more });
  const logIn = async () => ({ authorization: `Bearer ${String(((await (await login()).json()) as Json).token)}` });
  const query = async (sql: string, headers: Readonly<Record<string, string>>) => {
    const answer = await fetch(`${simulator.url}/api/data-query?${new URLSearchParams({ query: sql }).toString()}`, { headers });
    return { status: answer.status, json: (await answer.json()) as Json & readonly Json[] };
  };
  return { simulator, post, login, logIn, query };
}

describe("signing in", () => {
  test("answers with a token and the user, and refuses the rest in the vendor's form, whose offset has no colon", async () => {
    const { login, query } = await open();
    expect(await (await login()).json()).toMatchObject({
      token: expect.stringMatching(/^[0-9a-f-]{36}$/),
      user: { serverVersion: "24.2" },
    });
    const refused = await query("SELECT t.id FROM customer t", { authorization: "Bearer demo-key" });
    expect(refused).toEqual({
      status: 401,
      json: { timeStamp: "2026-03-10T09:00:00.000-0600", status: 401, message: "Invalid authorization token.", path: "/api/data-query" },
    });
  });

  test("takes a seat for each session, and a logout gives it back", async () => {
    const { simulator, post, login, logIn } = await open({ seats: 2 });
    const first = await logIn();
    await logIn();
    expect((await login()).status).toBe(402);
    expect((await post("/logout", "", first)).status).toBe(200);
    expect([(await login()).status, simulator.sessions.open]).toEqual([200, 2]);
  });

  test("waits for an approval of number and name together", async () => {
    const { simulator, login } = await open({ approved: false });
    expect(await (await login()).json()).toMatchObject({ message: expect.stringMatching(/^A new integrated application has been added/) });
    simulator.sessions.approve();
    expect((await login()).status).toBe(200);
    expect((await login({ appName: "Other" })).status).toBe(401);
  });

  test("asks for a second factor by a header", async () => {
    const { login } = await open({ mfa: true });
    const answer = await login();
    expect([answer.status, answer.headers.get("mfa")]).toEqual([401, "Required"]);
    expect((await login({ mfaCode: "123456" })).status).toBe(200);
  });
});

describe("queries", () => {
  test("give rows with keys in lower case, amounts and flags by the server's settings", async () => {
    const { logIn, query } = await open();
    const sql = "SELECT t.id, t.activeFlag, t.creditLimit, CAST(t.creditLimit AS CHAR) AS Text FROM customer t WHERE t.id = 1";
    const [row] = (await query(sql, await logIn())).json;
    expect(Object.keys(row ?? {})).toEqual(["id", "activeflag", "creditlimit", "text"]);
    expect([typeof row?.activeflag, typeof row?.creditlimit, row?.text]).toEqual([
      "boolean",
      "number",
      expect.stringMatching(/^\d+\.\d{9}$/),
    ]);
    const other = await open({ rowKeys: "as-written", bits: "number", decimals: "string" });
    const [same] = (await other.query(sql, await other.logIn())).json;
    expect([typeof same?.activeFlag, typeof same?.creditLimit]).toEqual(["number", "string"]);
  });

  test("join, group, sort and count as MySQL does", async () => {
    const { simulator, logIn, query } = await open();
    const sql =
      "SELECT t.customerId AS who, COUNT(*) AS orders, SUM(t.totalPrice) AS total, MAX(t.num) AS last FROM so t JOIN customer c ON c.id = t.customerId WHERE t.statusId IN (60, 70) GROUP BY t.customerId";
    const rows = (await query(sql, await logIn())).json;
    const held = simulator.holds("sales_orders").filter((order) => order.statusId === 60 || order.statusId === 70);
    const who = rows[0]?.who;
    const own = held.filter((order) => order.customerId === who);
    expect(rows).toHaveLength(new Set(held.map((order) => order.customerId)).size);
    expect(rows[0]).toMatchObject({
      orders: own.length,
      last: own
        .map((order) => String(order.num))
        .sort()
        .at(-1),
    });
    expect(rows[0]?.total).toBeCloseTo(own.reduce((sum, order) => sum + Number(order.totalPrice), 0));
    const down = (await query("SELECT t.id FROM customer t WHERE t.id <= 9 ORDER BY t.name DESC LIMIT 3", await logIn())).json;
    const names = simulator
      .holds("customers")
      .slice(0, 9)
      .sort((a, b) => (String(a.name).toLowerCase() < String(b.name).toLowerCase() ? 1 : -1));
    expect(down.map((row) => row.id)).toEqual(names.slice(0, 3).map((customer) => customer.id));
  });

  test("are selects only, and a mistake is refused in MySQL's words", async () => {
    const { logIn, query } = await open();
    const headers = await logIn();
    const said = async (sql: string) => {
      const { status, json } = await query(sql, headers);
      return [status, json.message];
    };
    expect(await said("DELETE FROM customer")).toEqual([400, "Only SELECT statements can be executed."]);
    expect(await said("SELECT t.nope FROM customer t")).toEqual([400, "Unknown column 't.nope' in 'field list'"]);
    expect(await said("SELECT t.id FROM nowhere t")).toEqual([400, "Table 'fishbowl.nowhere' doesn't exist"]);
    expect((await said("SELECT t.id FROM customer t WHERE"))[1]).toContain("error in your SQL syntax");
    expect((await query(`SELECT t.id FROM customer t WHERE t.name = '${"x".repeat(9000)}'`, headers)).status).toBe(414);
  });

  test("see changes at once, in the order of their stamps, on the server's own clock", async () => {
    const { simulator, logIn, query } = await open();
    const headers = await logIn();
    simulator.change("customers", "30", {});
    simulator.clock.advance(1);
    simulator.change("customers", "2", {});
    simulator.remove("customers", "5");
    const sql =
      "SELECT t.id, t.dateLastModified AS stamp FROM customer t WHERE t.dateLastModified >= '2026-03-10 09:00:00' ORDER BY t.dateLastModified, t.id";
    expect((await query(sql, headers)).json).toEqual([
      { id: 30, stamp: "2026-03-10 09:00:00.000000" },
      { id: 2, stamp: "2026-03-10 09:00:00.001000" },
    ]);
    const gone =
      "SELECT a.id, a.name, a.REVTYPE AS kind FROM customer_aud a JOIN revinfo i ON i.id = a.REV WHERE a.id IN (2, 5) AND a.REVTYPE <> 0 ORDER BY a.REV";
    expect((await query(gone, headers)).json).toMatchObject([
      { id: 2, kind: 1 },
      { id: 5, kind: 2, name: null },
    ]);
  });
});

describe("imports", () => {
  test("take CSV with quotes and line breaks as well as a table of texts, and answer with nothing", async () => {
    const { simulator, post, logIn } = await open();
    const headers = await logIn();
    const csv = '"Name","AlertNotes"\r\n"Acorn ""A"", Inc.","two\r\nlines"\r\n';
    const answer = await post("/import/Customers", csv, { ...headers, "content-type": "text/csv" });
    expect([answer.status, await answer.text()]).toEqual([200, ""]);
    await post("/import/Customers", [["Name"], ["Birch"]], headers);
    expect(simulator.holds("customers").slice(60)).toMatchObject([{ name: 'Acorn "A", Inc.', note: "two\r\nlines" }, { name: "Birch" }]);
  });

  test("go by their name, case included, and by their header", async () => {
    const { post, logIn } = await open();
    const headers = await logIn();
    const said = async (name: string, rows: unknown) => {
      const answer = await post(`/import/${name}`, rows, headers);
      return [answer.status, ((await answer.json()) as Json).message];
    };
    expect((await said("customers", [["Name"]]))[0]).toBe(404);
    expect(await said("Customers", [["Name", "Colour"]])).toEqual([400, 'Invalid column header "Colour".']);
    expect(
      (
        await said("Customers", [
          ["Name", "State"],
          ["Acorn", "ZZ"],
        ])
      )[0],
    ).toBe(402);
    expect(
      (
        await said("Customers", [
          ["Name", "AddressName", "AddressType"],
          ["Acorn", "Yard", "10"],
        ])
      )[1],
    ).toContain("Main Office address must exist first");
    expect(
      (
        await said("Customers", [
          ["Name", "Email"],
          ["Acorn", "a@example.test"],
        ])
      )[1],
    ).toContain("AddressContact is required");
    expect((await said("Sales-Order", [["Name"]]))[0]).toBe(400);
  });

  test("keep the rows before a bad one or take them back", async () => {
    for (const [partialImports, count] of [
      ["kept", 61],
      ["undone", 60],
    ] as const) {
      const { simulator, post, logIn } = await open({ partialImports });
      await post(
        "/import/Customers",
        [
          ["Name", "State"],
          ["Acorn", ""],
          ["Birch", "ZZ"],
        ],
        await logIn(),
      );
      expect(simulator.count?.("customers")).toBe(count);
    }
  });

  test("are matched by exports in the same layout, as a table or as CSV", async () => {
    const { simulator, logIn } = await open({ sizes: { customers: 2 } });
    const headers = await logIn();
    const asked = async (accept: string) =>
      (await fetch(`${simulator.url}/api/export/Customers`, { headers: { ...headers, accept } })).text();
    const rows = JSON.parse(await asked("application/json")) as readonly (readonly string[])[];
    expect([rows.length, rows[0]?.[0], rows[1]?.[0]]).toEqual([3, "Name", simulator.holds("customers")[0]?.name]);
    expect((await asked("text/csv")).split("\r\n")[0]).toMatch(/^"Name","AddressName"/);
  });
});

describe("a company that is asked for", () => {
  test("is the same for the same seed and another for another", async () => {
    const [one, same, other] = [await open({ seed: 3 }), await open({ seed: 3 }), await open({ seed: 4 })];
    for (const stream of ["customers", "sales_orders", "sales_order_items", "inventory"]) {
      expect(same.simulator.holds(stream)).toEqual(one.simulator.holds(stream));
      expect(other.simulator.holds(stream)).not.toEqual(one.simulator.holds(stream));
    }
  });

  test("has orders over all of its years whose totals are those of their lines", async () => {
    const { simulator } = await open({ sizes: { salesOrders: 800 } });
    const orders = simulator.holds("sales_orders");
    const years = new Set(orders.map((order) => String(order.dateCreated).slice(0, 4)));
    expect([...years]).toEqual(["2022", "2023", "2024", "2025", "2026"]);
    expect(orders.map((order) => order.dateCreated)).toEqual(orders.map((order) => order.dateCreated).sort());
    const sums = new Map<unknown, number>();
    for (const item of simulator.holds("sales_order_items")) sums.set(item.soId, (sums.get(item.soId) ?? 0) + Number(item.totalPrice));
    for (const order of orders) expect(Number(order.subTotal)).toBeCloseTo(sums.get(order.id) ?? 0, 2);
  });

  test("holds the customers that it was given, and generated ones for the rest", async () => {
    const customers = [{ fields: { name: "Acorn", number: "A-1" }, custom: { Region: "North" } }, { fields: { name: "Birch" } }];
    const { simulator, logIn, query } = await open({ customers, sizes: { customers: 5 } });
    expect(
      simulator
        .holds("customers")
        .map((customer) => customer.name)
        .slice(0, 2),
    ).toEqual(["Acorn", "Birch"]);
    expect(simulator.count?.("customers")).toBe(5);
    const sql = "SELECT CustomFieldByName(t.customFields,'Region') AS region FROM customer t WHERE t.number = 'a-1'";
    expect((await query(sql, await logIn())).json).toEqual([{ region: "North" }]);
    expect((await open({ customers })).simulator.count?.("customers")).toBe(2);
  });

  test("of a million orders gives any page of them without making the others", async () => {
    const { logIn, query, simulator } = await open({ sizes: { customers: 1_000_000, salesOrders: 1_000_000 } });
    const headers = await logIn();
    const page = await query("SELECT t.id, t.num FROM so t WHERE t.id > 999000 ORDER BY t.id LIMIT 500", headers);
    expect([page.json.length, page.json[0], page.json.at(-1)]).toEqual([
      500,
      { id: 999_001, num: "S1099001" },
      { id: 999_500, num: "S1099500" },
    ]);
    expect(simulator.count?.("sales_order_items")).toBe(2_500_000);
  });
});

import type { Position } from "@fieldwright/connector-kit";
import { expect, test } from "vitest";
import { asked, connect, ids, now } from "./connect.js";

test("more than fifty fields come in several calls and are one record", async () => {
  const { simulator, stream, read } = await connect();
  const contacts = await stream("Contacts");
  expect(Object.keys(contacts.fields).length).toBeGreaterThan(51);
  const records = await read("Contacts");
  const held = simulator.holds("Contacts");
  expect(records.find((record) => record.id === held[0]?.id)).toEqual(held[0]);
  for (const path of asked(simulator, /^\/crm\/v8\/Contacts\?/)) {
    const fields = new URL(path, simulator.url).searchParams.get("fields")?.split(",") ?? [];
    expect(fields.length).toBeLessThanOrEqual(50);
  }
});

test("only the fields that the options name are asked for, and the time of the change", async () => {
  const { read } = await connect({ options: { modules: ["Contacts"], fields: { Contacts: ["Last_Name"] } } });
  expect(Object.keys((await read("Contacts"))[0] ?? {}).sort()).toEqual(["Last_Name", "Modified_Time", "id"]);
});

test("pages are numbered to 2,000 records and go by token beyond, because Zoho numbers no further", async () => {
  const { simulator, pages } = await connect({ org: { sizes: { Accounts: 2410 } } });
  const all = await pages("Accounts");
  expect(new Set(all.flatMap((page) => ids(page.records))).size).toBe(2410);
  expect(all.at(-1)?.complete).toBe(true);
  const paths = asked(simulator, /^\/crm\/v8\/Accounts\?/);
  expect(paths.filter((path) => /[?&]page=/.test(path)).length).toBe(10);
  expect(paths.filter((path) => path.includes("page_token=")).length).toBe(3);
});

test("a token that Zoho has forgotten after a day starts the listing anew, in place of ending it", async () => {
  const { simulator, stream, call } = await connect({ org: { sizes: { Accounts: 2210 } } });
  const accounts = await stream("Accounts");
  const begun = accounts.read?.({ pageSize: 200 }, call)[Symbol.asyncIterator]();
  let position: Position | undefined;
  for (let page = 0; page < 10; page += 1) position = (await begun?.next())?.value?.next;
  expect(position?.token).toBeTypeOf("string");
  simulator.clock.advance(25 * 3_600_000);
  const seen = new Set<string>();
  for await (const page of accounts.read?.({ pageSize: 200, position: position ?? {} }, call) ?? [])
    for (const id of ids(page.records)) seen.add(id);
  expect(seen.size).toBe(2210);
});

test("a listing whose place is lost every time ends with an error, not in a circle", async () => {
  const { simulator, stream, call } = await connect({ org: { sizes: { Accounts: 2210 } } });
  const accounts = await stream("Accounts");
  const walk = async () => {
    let pages = 0;
    for await (const page of accounts.read?.({ pageSize: 200 }, call) ?? []) {
      pages += 1;
      if (page.next?.token !== undefined) simulator.clock.advance(25 * 3_600_000);
    }
    return pages;
  };
  await expect(walk()).rejects.toMatchObject({ code: "zoho/page-token-gone", next: "stop-stream" });
});

test("an empty module is 204 and a read with nothing newer 304: both are no records, and no failure", async () => {
  const { pages } = await connect({ org: { sizes: { Deals: 0 } } });
  expect(await pages("Deals")).toEqual([{ records: [], complete: true }]);
  expect(await pages("Leads", { since: now })).toEqual([{ records: [], complete: false }]);
});

test("a record changed in the very second of the bound comes again, whatever its milliseconds", async () => {
  const { simulator, read } = await connect();
  const [one, two] = simulator.holds("Leads");
  simulator.clock.set("2026-03-12T10:00:05.200Z");
  simulator.change("Leads", String(one?.id), { City: "Elmstead" });
  simulator.clock.set("2026-03-12T10:00:04.900Z");
  simulator.change("Leads", String(two?.id), { City: "Elmstead" });
  expect(ids(await read("Leads", { since: "2026-03-12T10:00:05.700Z" }))).toEqual([String(one?.id)]);
});

test("what changed after the read began is left to the next one", async () => {
  const { simulator, read } = await connect();
  const [one, two] = simulator.holds("Leads");
  simulator.clock.set("2026-03-12T10:00:00Z");
  simulator.change("Leads", String(one?.id), {});
  simulator.clock.set("2026-03-12T11:00:00Z");
  simulator.change("Leads", String(two?.id), {});
  expect(ids(await read("Leads", { since: "2026-03-12T09:00:00Z", until: "2026-03-12T10:30:00+00:00" }))).toEqual([String(one?.id)]);
});

test("bounds are instants: the same time comes with another offset for another user", async () => {
  const west = await connect({ org: { offsetMinutes: -480 } });
  const [record] = await west.read("Leads");
  expect(String(record?.Modified_Time)).toMatch(/-08:00$/);
  const since = String(record?.Modified_Time);
  expect(ids(await west.read("Leads", { since, until: since }))).toContain(String(record?.id));
});

test("a record that is changed while changes are read pulls no other one over the border of a page", async () => {
  const { simulator, stream, call } = await connect({ org: { size: 30 } });
  const leads = await stream("Leads");
  const seen = new Set<string>();
  const [first] = simulator.holds("Leads");
  simulator.clock.set("2026-03-20T10:00:00Z");
  for await (const page of leads.read?.({ pageSize: 7, since: "2026-01-01T00:00:00Z", until: "2026-03-20T09:59:59Z" }, call) ?? []) {
    for (const id of ids(page.records)) seen.add(id);
    if (seen.size <= 14) simulator.change("Leads", String(first?.id), {});
  }
  const unchanged = ids(simulator.holds("Leads")).filter((id) => id !== first?.id);
  expect(unchanged.filter((id) => !seen.has(id))).toEqual([]);
});

test("records deleted while pages are read make it walk once more, so that none is passed over", async () => {
  const { simulator, stream, call } = await connect({ org: { size: 30 } });
  const leads = await stream("Leads");
  const seen = new Set<string>();
  let gone = 0;
  for await (const page of leads.read?.({ pageSize: 5 }, call) ?? []) {
    for (const id of ids(page.records)) seen.add(id);
    if (gone < 2) simulator.remove("Leads", String(simulator.holds("Leads")[0]?.id));
    gone += 1;
  }
  expect(ids(simulator.holds("Leads")).filter((id) => !seen.has(id))).toEqual([]);
});

test("a converted lead is still read, because it has not gone", async () => {
  const { simulator, read } = await connect();
  const [lead] = simulator.holds("Leads");
  simulator.change("Leads", String(lead?.id), { Converted__s: true });
  expect((await read("Leads")).find((record) => record.id === lead?.id)).toMatchObject({ Converted__s: true });
});

test("custom modules are streams like the others, with the organisation's fields, picklists and references", async () => {
  const { stream } = await connect();
  expect((await stream("Sites")).fields).toMatchObject({ Name: { required: true }, Roof_Area: { type: "number" } });
  expect((await stream("Sites")).references).toMatchObject({ "Account.id": "Accounts", "Owner.id": "users" });
  const deals = await stream("Deals");
  expect(deals.fields.Stage).toMatchObject({ type: "text", required: true });
  expect(deals.fields.Stage?.about).toContain("Closed Won");
  expect(deals.fields.Expected_Revenue).toMatchObject({ type: "number", readOnly: true });
  expect(deals.upsert).toBeDefined();
  expect((await stream("Tasks")).upsert).toBeUndefined();
});

test("a module that the user may not see is left out with a notice, and keeps no other one from being read", async () => {
  const { connection, notices, call, read } = await connect({
    org: { forbidden: ["Deals"] },
    options: { modules: ["Leads", "Deals", "deals"] },
  });
  const names = (await connection.streams(call)).map((stream) => stream.name);
  expect(names).toEqual(["Leads", "users", "Leads_deleted"]);
  expect(notices.join(" ")).toContain("Crm_Implied_View_Deals");
  expect(notices.join(" ")).toContain('no module "deals"');
  expect(await read("Leads")).toHaveLength(12);
});

test("a right that is taken away later stops that stream with the right to ask for", async () => {
  const { simulator, stream, read } = await connect();
  await stream("Deals");
  simulator.forbid("Deals");
  await expect(read("Deals")).rejects.toMatchObject({ code: "zoho/no-permission", next: "stop-stream" });
  await expect(read("Deals")).rejects.toThrow(/Crm_Implied_View_Deals/);
  expect(await read("Leads")).toHaveLength(12);
});

test("the log of deletions tells what went, since a second and inclusive", async () => {
  const { simulator, read } = await connect();
  const [one, two] = simulator.holds("Leads");
  simulator.remove("Leads", String(one?.id));
  simulator.clock.advance(60_000);
  simulator.remove("Leads", String(two?.id));
  const log = await read("Leads_deleted");
  expect(log).toMatchObject([
    { id: one?.id, display_name: one?.Full_Name, type: "recycle" },
    { id: two?.id, type: "recycle" },
  ]);
  expect(ids(await read("Leads_deleted", { since: simulator.clock.now().toISOString() }))).toEqual([String(two?.id)]);
  expect(await read("Accounts_deleted")).toEqual([]);
});

test("users are read whole in one answer, and not called complete when they came in several", async () => {
  const { pages } = await connect();
  expect(await pages("users")).toMatchObject([{ complete: true }]);
  const small = await pages("users", { pageSize: 2 });
  expect(small.flatMap((page) => page.records)).toHaveLength(3);
  expect(small.at(-1)?.complete).toBe(false);
});

test("finds by exact value, though Zoho's query ignores case, and takes quotes for what they are", async () => {
  const { simulator, stream, call } = await connect();
  simulator.add("Accounts", { Account_Name: "O'Hara ''Roofs''" });
  simulator.add("Accounts", { Account_Name: "o'hara ''roofs''" });
  const accounts = await stream("Accounts");
  const found = await accounts.find?.("Account_Name", ["O'Hara ''Roofs''"], call);
  expect(found?.map((record) => record.Account_Name)).toEqual(["O'Hara ''Roofs''"]);
});

test("finds more than one answer's worth, and by more values than one query takes", async () => {
  const { simulator, stream, call } = await connect({ org: { sizes: { Accounts: 450 } }, options: { assumptions: { coqlRows: 100 } } });
  for (const account of simulator.holds("Accounts").slice(0, 330))
    simulator.change("Accounts", String(account.id), { Account_Site: "North" });
  const accounts = await stream("Accounts");
  expect(await accounts.find?.("Account_Site", ["North"], call)).toHaveLength(330);
  const numbers = simulator.holds("Accounts").map((account) => account.Account_Number);
  expect(await accounts.find?.("Account_Number", numbers, call)).toHaveLength(450);
});

test("finds by a reference, and by nothing that is no field", async () => {
  const { simulator, stream, call } = await connect();
  const deals = await stream("Deals");
  const { id: account } = simulator.holds("Accounts")[0] ?? {};
  const found = await deals.find?.("Account_Name.id", [account], call);
  expect(found?.length).toBeGreaterThan(0);
  expect(found?.every((deal) => (deal.Account_Name as { id: string }).id === account)).toBe(true);
  await expect(deals.find?.("Acount_Name", ["x"], call)).rejects.toMatchObject({ field: "Acount_Name", next: "stop-stream" });
});

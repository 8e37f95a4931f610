import { expect, test } from "vitest";
import { bare } from "./simulator-calls.js";

const list = "/crm/v8/Leads?fields=Last_Name,Modified_Time";

test("answers tell the offset of the calling user, no milliseconds and no Z, and ids are texts beyond 2^53", async () => {
  const { call } = await bare({ offsetMinutes: -210 });
  const [row] = (await call("GET", list)).body.data as Record<string, string>[];
  expect(row?.Modified_Time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d-03:30$/);
  expect(row?.id).toMatch(/^\d{19}$/);
  expect(Number.isSafeInteger(Number(row?.id))).toBe(false);
});

test("a list needs `fields`, at most fifty of them, and passes over unknown ones", async () => {
  const { call } = await bare();
  const without = await call("GET", "/crm/v8/Leads");
  expect(without).toMatchObject({ status: 400, body: { code: "REQUIRED_PARAM_MISSING", details: { param_name: "fields" } } });
  const many = Array.from({ length: 51 }, (_, n) => `F${n}`).join(",");
  expect((await call("GET", `/crm/v8/Leads?fields=${many}`)).body).toMatchObject({ code: "LIMIT_EXCEEDED", details: { limit: 50 } });
  const [row] = (await call("GET", "/crm/v8/Leads?fields=City,Nonsense")).body.data as Record<string, string>[];
  expect(Object.keys(row ?? {}).sort()).toEqual(["City", "id"]);
});

test("the newest id comes first unless asked otherwise", async () => {
  const { call } = await bare();
  const ids = ((await call("GET", list)).body.data as { id: string }[]).map((row) => row.id);
  expect(ids).toEqual([...ids].sort().reverse());
});

test("pages are numbered to 2,000 records, and a token is there from the first page on", async () => {
  const { call } = await bare({ sizes: { Leads: 2100 } });
  const first = (await call("GET", `${list}&per_page=200`)).body.info as { next_page_token: string; more_records: boolean };
  expect(first.more_records).toBe(true);
  expect(first.next_page_token.length).toBeGreaterThan(400);
  expect((await call("GET", `${list}&per_page=200&page=11`)).body).toMatchObject({
    code: "DISCRETE_PAGINATION_LIMIT_EXCEEDED",
    details: { limit: 2000 },
  });
  const both = await call("GET", `${list}&per_page=200&page=2&page_token=${first.next_page_token}`);
  expect(both.body.code).toBe("AMBIGUITY_DURING_PROCESSING");
});

test("a token is bound to the other parameters and to the header, and ends after a day", async () => {
  const { call, simulator, refresh } = await bare({ sizes: { Leads: 300 } });
  const { next_page_token: token } = (await call("GET", `${list}&per_page=200`)).body.info as { next_page_token: string };
  expect((await call("GET", `${list},City&per_page=200&page_token=${token}`)).body.code).toBe("TOKEN_BOUND_DATA_MISMATCH");
  const headers = { "if-modified-since": "2020-01-01T00:00:00+00:00" };
  expect((await call("GET", `${list}&per_page=200&page_token=${token}`, { headers })).body.code).toBe("TOKEN_BOUND_DATA_MISMATCH");
  expect((await call("GET", `${list}&per_page=200&page_token=${token}`)).body.data).toHaveLength(100);
  simulator.clock.advance(25 * 3_600_000);
  const { access_token } = (await refresh()).body;
  const late = { authorization: `Zoho-oauthtoken ${String(access_token)}` };
  expect((await call("GET", `${list}&per_page=200&page_token=${token}`, { headers: late })).body.code).toBe("EXPIRED_VALUE");
});

test("nothing is 204 and nothing newer 304, both without a body; the bound is inclusive", async () => {
  const { call, simulator } = await bare({ sizes: { Deals: 0 } });
  expect(await call("GET", "/crm/v8/Deals?fields=Stage")).toMatchObject({ status: 204, text: "" });
  expect(await call("GET", "/crm/v8/Leads/5550001001999999999")).toMatchObject({ status: 204, text: "" });
  simulator.change("Leads", String(simulator.holds("Leads")[0]?.id), {});
  const since = (text: string) => ({ headers: { "if-modified-since": text } });
  expect((await call("GET", list, since("2026-03-10T15:00:00+00:00"))).body.data).toHaveLength(1);
  expect((await call("GET", list, since("2026-03-10T20:30:00+05:30"))).body.data).toHaveLength(1);
  expect(await call("GET", list, since("2026-03-10T15:00:01+00:00"))).toMatchObject({ status: 304, text: "" });
});

test("names of modules are case-sensitive, and other mistakes have their codes", async () => {
  const { call } = await bare();
  expect(await call("GET", "/crm/v8/leads?fields=City")).toMatchObject({ status: 400, body: { code: "INVALID_MODULE", status: "error" } });
  expect(await call("GET", "/crm/v8/a/b/c/d")).toMatchObject({ status: 404, body: { code: "INVALID_URL_PATTERN" } });
  expect((await call("GET", `${list}&per_page=201`)).body.code).toBe("INVALID_DATA");
  expect((await call("GET", "/crm/v8/Leads/deleted?type=some")).body.code).toBe("PATTERN_NOT_MATCHED");
});

test("a converted lead leaves the usual list and is still there when asked for", async () => {
  const { call, simulator } = await bare();
  const id = String(simulator.holds("Leads")[0]?.id);
  expect((await call("POST", `/crm/v8/Leads/${id}/actions/convert`, { json: { data: [{}] } })).status).toBe(200);
  expect((await call("GET", list)).body.data).toHaveLength(11);
  expect((await call("GET", `${list}&converted=both`)).body.data).toHaveLength(12);
  expect((await call("GET", `${list}&converted=true`)).body.data).toMatchObject([{ id }]);
  const again = await call("POST", `/crm/v8/Leads/${id}/actions/convert`, { json: { data: [{}] } });
  expect(again).toMatchObject({ status: 400, body: { data: [{ code: "ID_ALREADY_CONVERTED" }] } });
});

test("COQL takes two conditions at a time, doubles quotes, and says where a query breaks", async () => {
  const { call, simulator } = await bare();
  const ask = (select_query: string) => call("POST", "/crm/v8/coql", { json: { select_query } });
  const [lead] = simulator.holds("Leads");
  const name = String(lead?.Last_Name);
  expect((await ask(`select Last_Name from Leads where Last_Name = '${name.toUpperCase()}'`)).body.data).toBeDefined();
  expect((await ask("select id from Leads where City = 'a' and City = 'b' and City = 'c'")).body.code).toBe("SYNTAX_ERROR");
  expect((await ask("select id from Leads where ((City = 'a' and City = 'b') and City = 'c')")).status).toBe(204);
  expect((await ask("select id from Leads where Last_Name = 'O''Hara'")).status).toBe(204);
  expect((await ask("select id from Leads where Nothing = 'a'")).body.code).toBe("INVALID_QUERY");
  expect((await ask("select id from Leads")).body).toMatchObject({ code: "SYNTAX_ERROR", details: { line: 1 } });
  expect((await ask("select id from Leads where id is not null order by id desc limit 2, 3")).body).toMatchObject({
    info: { count: 3, more_records: true },
  });
});

test("a bulk job takes its time, and its result is a zip", async () => {
  const { call, simulator, token } = await bare();
  const query = { module: { api_name: "Leads" }, fields: ["Last_Name"] };
  const made = (await call("POST", "/crm/bulk/v8/read", { json: { query } })).body.data as { details: { id: string; state: string } }[];
  const id = made[0]?.details.id;
  const states: unknown[] = [];
  for (let n = 0; n < 3; n += 1) states.push(((await call("GET", `/crm/bulk/v8/read/${id}`)).body.data as { state: string }[])[0]?.state);
  expect(states).toEqual(["ADDED", "IN PROGRESS", "COMPLETED"]);
  const zip = await fetch(`${simulator.url}/crm/bulk/v8/read/${id}/result`, { headers: { authorization: `Zoho-oauthtoken ${token}` } });
  expect(new Uint8Array(await zip.arrayBuffer()).slice(0, 2)).toEqual(new Uint8Array([0x50, 0x4b]));
  expect((await call("GET", "/crm/bulk/v8/read/1")).status).toBe(404);
});

test("a module of 300,000 is there at once, and a page of it costs no more than of a small one", async () => {
  const { call, simulator } = await bare({ sizes: { Leads: 300_000 } });
  expect(simulator.count?.("Leads")).toBe(300_000);
  const answer = await call("GET", "/crm/v8/Accounts?fields=Account_Name&sort_by=id&sort_order=asc");
  expect(answer.body.data).toHaveLength(12);
  const info = (await call("GET", `${list}&converted=both&sort_by=id&sort_order=asc`)).body.info;
  expect(info).toMatchObject({ count: 200, more_records: true });
});

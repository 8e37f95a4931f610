import { expect, test } from "vitest";
import { bare } from "./simulator-calls.js";

const path = "/crm/v8/Leads";

test("a write is 201 or 200 when all is well, 207 when some is, 400 when nothing is, and keeps the order", async () => {
  const { call } = await bare();
  const good = { Last_Name: "Stone" };
  const bad = { City: "Elmstead" };
  const codes = async (data: unknown[]) => {
    const answer = await call("POST", path, { json: { data } });
    return [answer.status, ...(answer.body.data as { code: string }[]).map((item) => item.code)];
  };
  expect(await codes([good])).toEqual([201, "SUCCESS"]);
  expect(await codes([bad, good])).toEqual([207, "MANDATORY_NOT_FOUND", "SUCCESS"]);
  expect(await codes([bad])).toEqual([400, "MANDATORY_NOT_FOUND"]);
});

test("a hundred records are the most of a call", async () => {
  const { call } = await bare();
  const data = Array.from({ length: 101 }, () => ({ Last_Name: "Stone" }));
  expect(await call("POST", path, { json: { data } })).toMatchObject({
    status: 400,
    body: { data: [{ code: "LIMIT_EXCEEDED", details: { maximum_length: 100 } }] },
  });
});

test("what is read-only or unknown is dropped without a word", async () => {
  const { call, simulator } = await bare();
  await call("POST", path, { json: { data: [{ Last_Name: "Stone", Full_Name: "Somebody Else", Nonsense: 1 }] } });
  const made = simulator.holds("Leads").at(-1);
  expect(made).toMatchObject({ Last_Name: "Stone", Full_Name: "Stone" });
  expect(made).not.toHaveProperty("Nonsense");
});

test("a duplicate tells the record that is there, its module and owner", async () => {
  const { call, simulator } = await bare();
  const [taken] = simulator.holds("Leads");
  const answer = await call("POST", path, {
    json: { data: [{ Last_Name: "Twin", External_Ref: String(taken?.External_Ref).toLowerCase() }] },
  });
  expect(answer.body.data).toMatchObject([
    {
      code: "DUPLICATE_DATA",
      details: {
        id: taken?.id,
        api_name: "External_Ref",
        json_path: "$.data[0].External_Ref",
        duplicate_record: { module: { api_name: "Leads" } },
      },
    },
  ]);
});

test("a picklist is strict or not, as the organisation has it", async () => {
  const json = { data: [{ Deal_Name: "Roof", Stage: "Negotiation" }] };
  const strict = await bare();
  expect((await strict.call("POST", "/crm/v8/Deals", { json })).body.data).toMatchObject([
    { code: "INVALID_DATA", details: { api_name: "Stage" } },
  ]);
  const loose = await bare({ strictPicklists: false });
  expect((await loose.call("POST", "/crm/v8/Deals", { json })).status).toBe(201);
});

test("an upsert says what it did, is always 200, and is not offered for tasks", async () => {
  const { call } = await bare();
  const json = { data: [{ Last_Name: "Stone", Email: "stone@example.test" }], duplicate_check_fields: ["Email"] };
  const first = await call("POST", `${path}/upsert`, { json });
  expect(first).toMatchObject({ status: 200, body: { data: [{ action: "insert", duplicate_field: null, message: "record added" }] } });
  const second = await call("POST", `${path}/upsert`, { json });
  expect(second).toMatchObject({
    status: 200,
    body: { data: [{ action: "update", duplicate_field: "Email", message: "record updated" }] },
  });
  expect((await call("POST", "/crm/v8/Tasks/upsert", { json: { data: [{ Subject: "x" }] } })).status).toBe(400);
});

test("the optimistic lock is 412 and changes nothing", async () => {
  const { call, simulator } = await bare();
  const [lead] = simulator.holds("Leads");
  simulator.change("Leads", String(lead?.id), { City: "Dunfield" });
  const headers = { "if-unmodified-since": String(lead?.Modified_Time) };
  const answer = await call("PUT", path, { json: { data: [{ id: lead?.id, City: "Elmstead" }] }, headers });
  expect(answer).toMatchObject({ status: 412, body: { data: [{ code: "ALREADY_MODIFIED", details: { id: lead?.id } }] } });
  expect(simulator.holds("Leads")[0]?.City).toBe("Dunfield");
});

test("automation runs unless `trigger` is empty", async () => {
  const { call, simulator } = await bare();
  await call("POST", path, { json: { data: [{ Last_Name: "Stone" }], trigger: [] } });
  expect(simulator.automation).toEqual([]);
  await call("POST", path, { json: { data: [{ Last_Name: "Stone" }] } });
  expect(simulator.automation).toContain("Leads workflow");
});

test("the accounts server refuses with status 200, and the sixteenth token ends the first", async () => {
  const { call, simulator, token, refresh } = await bare();
  const wrong = await fetch(`${simulator.url}/oauth/v2/token?grant_type=refresh_token&client_id=${simulator.options.clientId}`, {
    method: "POST",
  });
  expect([wrong.status, await wrong.json()]).toEqual([200, { error: "invalid_client_secret" }]);
  for (let n = 0; n < 9; n += 1) await refresh();
  expect((await refresh()).body).toMatchObject({ error: "Access Denied", status: "failure" });
  expect((await call("GET", "/crm/v8/org")).status).toBe(200);
  simulator.clock.advance(601_000);
  for (let n = 0; n < 6; n += 1) await refresh();
  expect((await call("GET", "/crm/v8/org")).body.code).toBe("INVALID_TOKEN");
  expect((await call("GET", "/crm/v8/org", { headers: { authorization: `Bearer ${token}` } })).status).toBe(401);
  const bareAnswer = await fetch(`${simulator.url}/crm/v8/org`);
  expect(await bareAnswer.json()).toMatchObject({ code: "AUTHENTICATION_FAILURE" });
});

test("calls cost their credits, and what is left is told from half on", async () => {
  const { call } = await bare({ credits: 30 });
  const write = () => call("POST", path, { json: { data: Array.from({ length: 100 }, () => ({ Last_Name: "Stone" })) } });
  expect((await write()).headers.get("x-api-credits-remaining")).toBeNull();
  expect((await write()).headers.get("x-api-credits-remaining")).toBe("10");
  expect((await call("GET", "/crm/v8/Leads/deleted")).headers.get("x-api-credits-remaining")).toBe("8");
  expect(await write()).toMatchObject({ status: 429, body: { code: "TOO_MANY_REQUESTS" } });
});

test("an organisation's own fields are in its settings and are checked, and one with a stock field's name takes its place", async () => {
  const { call, simulator } = await bare({
    customFields: {
      Leads: [
        { name: "Portal_Lead_ID", unique: true },
        { name: "System_Size", type: "double" },
        { name: "Lead_Status", type: "picklist", picks: ["New", "Old"] },
      ],
    },
  });
  const { fields } = (await call("GET", "/crm/v8/settings/fields?module=Leads")).body as { fields: Record<string, unknown>[] };
  const named = (name: string) => fields.filter((field) => field.api_name === name);
  expect(named("System_Size")).toMatchObject([{ data_type: "double", custom_field: true }]);
  expect(named("Lead_Status")).toMatchObject([
    { custom_field: false, pick_list_values: [{ actual_value: "New" }, { actual_value: "Old" }] },
  ]);
  const data = [
    { Last_Name: "Stone", Portal_Lead_ID: "p1", System_Size: 4.5, Lead_Status: "New" },
    { Last_Name: "Fern", Portal_Lead_ID: "P1" },
    { Last_Name: "Reed", Lead_Status: "Contacted" },
  ];
  const { body } = await call("POST", path, { json: { data } });
  expect((body.data as { code: string }[]).map((item) => item.code)).toEqual(["SUCCESS", "DUPLICATE_DATA", "INVALID_DATA"]);
  expect(simulator.holds("Leads").at(-1)).toMatchObject({ Last_Name: "Stone", System_Size: 4.5, Lead_Status: "New" });
});

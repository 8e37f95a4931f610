import { describe, expect, test } from "vitest";
import { type Json, open } from "./simulator-calls.js";

const unrecognized = {
  success: false,
  status: 422,
  message: "Invalid input: Validation errors: Base: Unrecognized attributes specified: pageSize",
};

describe("the door", () => {
  test("wants all three headers, or a bearer token", async () => {
    const { send, simulator } = await open();
    const { apiKey, userEmail } = simulator.options;
    const right = { "X-PW-AccessToken": apiKey, "X-PW-Application": "developer_api", "X-PW-UserEmail": userEmail };
    expect((await send("GET", "/account", undefined, right)).json).toEqual({ id: 100_001, name: "Sample Sandbox" });
    expect((await send("GET", "/account", undefined, { Authorization: "Bearer demo-copper-token" })).status).toBe(200);
    for (const header of Object.keys(right)) {
      const answer = await send("GET", "/account", undefined, { ...right, [header]: "wrong" });
      expect([answer.status, answer.json]).toEqual([401, { success: false, status: 401, message: "Invalid API Credentials" }]);
    }
  });

  test("answers an unknown route and an unknown record with two different 404s", async () => {
    const { send } = await open();
    expect((await send("GET", "/nothing/1")).json).toEqual({ error: "not_found" });
    expect((await send("GET", "/companies/5")).json).toEqual({ success: false, status: 404, message: "Resource not found" });
  });

  test("lets 180 requests through in a minute, and hints at the wait of the next", async () => {
    const { send, simulator } = await open({ rateLimit: { requests: 2, perSeconds: 60 } });
    await send("GET", "/account");
    await send("GET", "/account");
    const refused = await send("GET", "/account");
    expect([refused.status, refused.json]).toEqual([429, { success: false, status: 429, message: "Rate limit exceeded" }]);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await open({ rateLimit: { requests: 180, perSeconds: 60 } })).simulator.limit).toEqual({ requests: 180, perSeconds: 60 });
    expect(simulator.limit).toEqual({ requests: 2, perSeconds: 60 });
  });

  test("refuses a GET with a body by a web page where it is strict, as the front did", async () => {
    const { simulator } = await open({ strictGets: true });
    const { request } = await import("node:http");
    const status = await new Promise((resolve) => {
      const sent = request(`${simulator.url}/account`, { method: "GET", headers: { "content-length": "2" } }, (answer) => {
        answer.resume();
        resolve([answer.statusCode, answer.headers["content-type"]]);
      });
      sent.end("{}");
    });
    expect(status).toEqual([400, expect.stringContaining("text/html")]);
  });
});

describe("searches", () => {
  test("are bare lists of 20 with their number in a header, and refuse a word they do not know", async () => {
    const { search } = await open();
    const answer = await search("companies");
    expect([answer.rows.length, answer.headers.get("x-pw-total")]).toEqual([20, "80"]);
    const refused = await search("companies", { pageSize: 5 });
    expect([refused.status, refused.json]).toEqual([422, unrecognized]);
  });

  test("refuse more than 200 a page, or cut it down", async () => {
    expect((await (await open()).search("people", { page_size: 201 })).status).toBe(422);
    const clamped = await open({ largePages: "clamp", sizes: { people: 250 } });
    expect((await clamped.search("people", { page_size: 500 })).rows).toHaveLength(200);
  });

  test("show nothing beyond their reach, by a refusal or an empty page", async () => {
    const refusing = await open({ reach: 40 });
    expect((await refusing.search("companies", { page_number: 2 })).rows).toHaveLength(20);
    expect((await refusing.search("companies", { page_number: 3 })).status).toBe(422);
    const empty = await open({ reach: 40, beyondReach: "empty" });
    expect((await empty.search("companies", { page_number: 3 })).rows).toEqual([]);
  });

  test("take ids as texts, and refuse what is none in the vendor's words", async () => {
    const { search } = await open();
    expect((await search("companies", { ids: ["9600001"] })).rows.map((row) => row.id)).toEqual([9_600_001]);
    expect((await search("people", { company_ids: ["test"] })).json.message).toContain("IDs must be positive integers: test");
  });

  test("ignore empty filters, and join all others with and", async () => {
    const { search, simulator } = await open();
    const all = simulator.holds("opportunities");
    expect((await search("opportunities", { name: "", tags: [], page_size: 200 })).rows).toHaveLength(all.length);
    const wanted = all.filter((one) => one.status === "Won" && Number(one.monetary_value) >= 40_000).map((one) => one.id);
    const got = (await search("opportunities", { status_ids: [1], minimum_monetary_value: 40_000, page_size: 200 })).rows.map(
      (row) => row.id,
    );
    expect([...got].sort()).toEqual([...wanted].sort());
    expect(wanted.length).toBeGreaterThan(0);
  });

  test("bound dates inclusively, with and without an order by them", async () => {
    const { search, simulator } = await open();
    const created = simulator.holds("companies").map((company) => Number(company.date_created));
    const bounds = { minimum_created_date: created[3], maximum_created_date: created[6] };
    expect((await search("companies", { ...bounds, sort_by: "date_created" })).rows.map((row) => row.date_created)).toEqual(
      created.slice(3, 7),
    );
    expect((await search("companies", { ...bounds, sort_by: "name" })).rows).toHaveLength(4);
    const down = await search("companies", { ...bounds, sort_by: "date_created", sort_direction: "desc" });
    expect(down.rows.map((row) => row.date_created)).toEqual(created.slice(3, 7).reverse());
  });

  test("show activities newest first, and converted leads only to who asks for them", async () => {
    const { search } = await open();
    const dates = (await search("activities", { page_size: 50 })).rows.map((row) => Number(row.activity_date));
    expect(dates).toEqual([...dates].sort((a, b) => b - a));
    expect((await search("leads")).headers.get("x-pw-total")).toBe("55");
    expect((await search("leads", { include_converted_leads: true })).headers.get("x-pw-total")).toBe("60");
  });

  test("find by an option of a filterable custom field, and refuse one that is not", async () => {
    const { search, simulator } = await open();
    simulator.fill("companies", "9600001", { Trade: "Solar" });
    const trade = simulator.holds("custom_field_definitions").find((one) => one.name === "Trade") as {
      id: number;
      options: { id: number; name: string }[];
    };
    const solar = trade.options.find((option) => option.name === "Solar")?.id;
    const hits = (await search("companies", { custom_fields: [{ custom_field_definition_id: trade.id, value: [solar] }], page_size: 200 }))
      .rows;
    const tradeOf = (row: Json) => (row.custom_fields as readonly Json[]).find((one) => one.custom_field_definition_id === trade.id)?.value;
    expect(new Set(hits.map(tradeOf))).toEqual(new Set([solar]));
    expect((await search("companies", { custom_fields: [{ custom_field_definition_id: 705_001, value: "x" }] })).status).toBe(422);
  });
});

describe("records", () => {
  test("carry every custom field there is, in an order that differs from record to record", async () => {
    const { send } = await open();
    const idsOf = async (id: number) =>
      ((await send("GET", `/companies/${id}`)).json.custom_fields as readonly Json[]).map((one) => one.custom_field_definition_id);
    const [one, other] = [await idsOf(9_600_001), await idsOf(9_600_002)];
    expect(one).toHaveLength(11);
    expect(one).not.toEqual(other);
    expect([...one].sort()).toEqual([...other].sort());
  });

  test("are made with 200, changed in part and merged by custom field, and gone once deleted", async () => {
    const { send } = await open();
    const made = await send("POST", "/companies", { name: "A", email_domain: "a.example.com" });
    expect([made.status, made.json.websites]).toEqual([200, [{ url: "http://a.example.com", category: "work" }]]);
    const path = `/companies/${String(made.json.id)}`;
    await send("PUT", path, { custom_fields: [{ custom_field_definition_id: 705_001, value: "one" }] });
    const { json } = await send("PUT", path, { custom_fields: [{ custom_field_definition_id: 705_009, value: 5 }] });
    const custom = new Map((json.custom_fields as readonly Json[]).map((one) => [one.custom_field_definition_id, one.value]));
    expect([json.name, custom.get(705_001), custom.get(705_009), custom.get(705_006)]).toEqual(["A", "one", 5, false]);
    expect((await send("DELETE", path)).json).toEqual({ id: made.json.id, is_deleted: true });
    expect((await send("GET", path)).status).toBe(404);
  });

  test("need a name, a free mail domain and known words", async () => {
    const { send } = await open();
    const said = async (body: Json) => (await send("POST", "/companies", body)).json.message;
    expect(await said({})).toBe("Invalid input: Validation errors: Name: can't be blank");
    expect(await said({ name: "A", email_domain: "firm-9600001.example.com" })).toContain("Email domain: has already been taken");
    expect(await said({ name: "A", colour: "red" })).toContain("Base: Unrecognized attributes specified: colour");
  });

  test("of tasks say that they belong to nothing by an object of nulls, and of projects by null", async () => {
    const { send } = await open();
    expect((await send("POST", "/tasks", { name: "T" })).json.related_resource).toEqual({ id: null, type: null });
    expect((await send("POST", "/projects", { name: "P" })).json.related_resource).toBeNull();
  });

  test("in bulk are ten at most", async () => {
    const { send } = await open();
    const eleven = Array.from({ length: 11 }, (_, n) => ({ name: `L${n}` }));
    const answer = await send("POST", "/leads/bulk_create", { leads: eleven });
    expect([answer.status, answer.json]).toEqual([422, { error: "Request size too large, limit is 10" }]);
    const { rows } = await send("POST", "/leads/bulk_create", { leads: [{ name: "L" }, {}] });
    expect(rows[1]).toEqual({ success: false, message: { name: [{ error: "can't be blank" }] } });
  });

  test("a converted lead leaves a person behind, and is gone for good where the account is an older one", async () => {
    for (const convertedLeads of ["kept", "removed"] as const) {
      const { send, simulator } = await open({ convertedLeads });
      const { json } = await send("POST", "/leads/9000001/convert", { details: { company: { name: "" } } });
      expect([(json.person as Json).name, json.company, json.opportunity]).toEqual([expect.any(String), null, null]);
      expect((await send("GET", "/leads/9000001")).status).toBe(404);
      expect(simulator.holds("leads").some((lead) => lead.id === 9_000_001)).toBe(convertedLeads === "kept");
    }
  });

  test("a person's company is not moved by a PUT, and one company is all that a person has", async () => {
    const { send } = await open();
    const made = (await send("POST", "/people", { name: "Ina", company_id: 9_600_001 })).json;
    const path = `/people/${String(made.id)}`;
    expect((await send("PUT", path, { company_id: 9_600_002 })).json.company_id).toBe(9_600_001);
    expect((await send("POST", `${path}/related`, { resource: { id: 9_600_002, type: "company" } })).status).toBe(422);
    await send("DELETE", `${path}/related`, { resource: { id: 9_600_001, type: "company" } });
    expect((await send("DELETE", `${path}/related`, { resource: { id: 9_600_001, type: "company" } })).json.message).toBe(
      "Invalid request: Resources are not related",
    );
  });

  test("a webhook goes to https only", async () => {
    const { send } = await open();
    const answer = await send("POST", "/webhooks", { target: "http://x.example.com", type: "lead", event: "new" });
    expect([answer.status, answer.json.message]).toEqual([422, expect.stringContaining("Invalid URI For External Request")]);
  });
});

describe("an account that is asked for", () => {
  test("holds a case of 1,662 companies as they were given, by name and label, in generated ones for the rest", async () => {
    const companies = Array.from({ length: 1662 }, (_, n) => ({
      fields: { name: `Case ${n + 1}` },
      custom: { Stage: n % 2 === 0 ? "Active" : "Prospect" },
    }));
    const customFields = [{ name: "Stage", data_type: "Dropdown" as const, available_on: ["company"], options: ["Prospect", "Active"] }];
    const { simulator, search } = await open({ companies, customFields });
    expect(simulator.count?.("companies")).toBe(1662);
    const last = (await search("companies", { ids: [9_601_662] })).rows[0];
    expect(last).toMatchObject({ name: "Case 1662", custom_fields: [{ custom_field_definition_id: 705_001, value: 2_082_001 }] });
    const made = await open({ sizes: { companies: 3 }, companies: (index) => ({ fields: { name: `By rule ${index}` } }) });
    expect(made.simulator.holds("companies").map((company) => company.name)).toEqual(["By rule 0", "By rule 1", "By rule 2"]);
  });

  test("refuses a seed that names a field or an option that the account lacks, since the case would silently be another one", async () => {
    const { simulator } = await open({ sizes: { companies: 1 }, companies: [{ custom: { Trade: "Plumbing" } }] });
    expect(() => simulator.holds("companies")).toThrow('The custom field "Trade" has no option "Plumbing".');
  });

  test("is the same for the same seed, byte for byte, and another one for another", async () => {
    const [one, same, other] = [await open({ seed: 4 }), await open({ seed: 4 }), await open({ seed: 5 })];
    expect(one.simulator.snapshot()).toBe(same.simulator.snapshot());
    expect(one.simulator.snapshot()).not.toBe(other.simulator.snapshot());
  });

  test("is not another one for its times alone, and is for anything else", async () => {
    const { simulator, send } = await open();
    const before = simulator.snapshot();
    simulator.clock.advance(86_400_000);
    await send("PUT", "/companies/9600001", { name: simulator.holds("companies")[0]?.name });
    expect(simulator.snapshot()).toBe(before);
    for (const change of [{ details: "x" }, { custom_fields: [{ custom_field_definition_id: 705_010, value: 0.5 }] }]) {
      const state = simulator.snapshot();
      await send("PUT", "/companies/9600001", change);
      expect(simulator.snapshot()).not.toBe(state);
    }
  });
});

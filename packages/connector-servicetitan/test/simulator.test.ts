import {
  createSimulator,
  type ServiceTitanSimulator,
  type ServiceTitanSimulatorOptions,
} from "@fieldwright/connector-servicetitan/simulator";
import { expect, onTestFinished, test } from "vitest";

type Json = Record<string, unknown> & { data: Record<string, unknown>[] };

interface Asked {
  readonly simulator: ServiceTitanSimulator;
  ask(
    path: string,
    request?: { method?: string; body?: unknown; headers?: Record<string, string> },
  ): Promise<{ status: number; headers: Headers; text: string; json: Json }>;
}

/** Plain requests, without the connector: what the sheet says is looked at as it is sent. */
async function open(options: ServiceTitanSimulatorOptions = {}): Promise<Asked> {
  const simulator = await createSimulator({ rateLimit: false, now: "2026-03-10T15:00:00Z", ...options });
  onTestFinished(() => simulator.close());
  const { tokenUrl, clientId, clientSecret, appKey, tenantId } = simulator.options as Record<string, string>;
  const form = new URLSearchParams({ grant_type: "client_credentials", client_id: clientId ?? "", client_secret: clientSecret ?? "" });
  const { access_token } = (await (await fetch(tokenUrl ?? "", { method: "POST", body: form })).json()) as { access_token: string };
  return {
    simulator,
    async ask(path, { method = "GET", body, headers } = {}) {
      const [module, ...rest] = path.split("/");
      const url = `${simulator.url}/${module}/v2/tenant/${tenantId}/${rest.join("/")}`;
      const all = { authorization: access_token, "st-app-key": appKey ?? "", ...headers };
      const response = await fetch(url, { method, headers: all, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
      const text = await response.text();
      return { status: response.status, headers: response.headers, text, json: (text.startsWith("{") ? JSON.parse(text) : {}) as Json };
    },
  };
}

test("a token lives 900 seconds, and a wrong secret is a 400 that says invalid_client", async () => {
  const { simulator, ask } = await open();
  const { tokenUrl } = simulator.options as { tokenUrl: string };
  const refused = await fetch(tokenUrl, {
    method: "POST",
    body: new URLSearchParams({ grant_type: "client_credentials", client_id: "x", client_secret: "y" }),
  });
  expect([refused.status, await refused.json()]).toEqual([400, { error: "invalid_client" }]);
  expect((await ask("crm/customers")).status).toBe(200);
  simulator.clock.advance(899_000);
  expect((await ask("crm/customers")).status).toBe(200);
  simulator.clock.advance(2000);
  expect((await ask("crm/customers")).status).toBe(401);
});

test("takes the token bare or after Bearer, the application key as header or parameter, and neither missing", async () => {
  const { simulator, ask } = await open();
  const { appKey } = simulator.options as { appKey: string };
  expect((await ask("crm/customers", { headers: { authorization: "Bearer demo-token-number-1" } })).status).toBe(200);
  expect((await ask(`crm/customers?servicetitanapplicationkey=${appKey}`)).status).toBe(200);
  expect((await ask("crm/customers", { headers: { "st-app-key": "another-key" } })).status).toBe(401);
  expect((await ask("crm/customers", { headers: { authorization: "nonsense" } })).status).toBe(401);
});

test("a list shows 50 active rows without a count, and the rest on request", async () => {
  const { ask } = await open({ size: 120 });
  const usual = (await ask("crm/customers")).json;
  expect(usual).toMatchObject({ page: 1, pageSize: 50, hasMore: true, totalCount: null });
  expect(usual.data.every((row) => row.active === true)).toBe(true);
  expect((await ask("crm/customers?active=Any&includeTotal=true&pageSize=9000")).json).toMatchObject({
    pageSize: 5000,
    hasMore: false,
    totalCount: 120,
  });
  expect((await ask("crm/customers?active=yes")).status).toBe(400);
  expect((await ask("accounting/invoices?activeState=All&includeTotal=true")).json.totalCount).toBe(120);
});

test("bounds are inclusive below and exclusive above, to the seventh digit", async () => {
  const { simulator, ask } = await open();
  const row = simulator.holds("customers").find(({ modifiedOn }) => /\.\d{6}[1-8]Z$/.test(String(modifiedOn)));
  const at = String(row?.modifiedOn);
  const ids = async (query: string) => (await ask(`crm/customers?active=Any&${query}`)).json.data.map(({ id }) => id);
  expect(await ids(`modifiedOnOrAfter=${at}`)).toContain(row?.id);
  expect(await ids(`modifiedBefore=${at}`)).not.toContain(row?.id);
  expect(await ids(`modifiedOnOrAfter=${at.replace(/(\d)Z$/, (_, digit: string) => `${Number(digit) + 1}Z`)}`)).not.toContain(row?.id);
});

test("unknown ids give an empty list, more than 50 a refusal", async () => {
  const { ask } = await open();
  expect((await ask("crm/customers?ids=987654321")).json.data).toEqual([]);
  expect((await ask(`crm/customers?ids=${Array.from({ length: 51 }, (_, n) => n + 1).join(",")}`)).status).toBe(400);
});

test("a feed starts at the very first row, ends with a token, and takes that token for this feed only", async () => {
  const { simulator, ask } = await open({ size: 12, feedPageSize: 5 });
  const ids: unknown[] = [];
  let from = "";
  for (let more = true; more; ) {
    const { json } = await ask(`crm/export/customers?from=${from}`);
    ids.push(...json.data.map(({ id }) => id));
    from = String(json.continueFrom);
    more = json.hasMore === true;
  }
  expect(ids).toEqual(simulator.holds("customers").map(({ id }) => id));
  expect((await ask(`crm/export/customers?from=${from}`)).json).toMatchObject({ hasMore: false, data: [] });
  expect((await ask(`crm/export/locations?from=${from}`)).status).toBe(400);
  expect((await ask("crm/export/customers?from=2030-01-01")).json).toMatchObject({ data: [], continueFrom: expect.any(String) });
});

test("a feed holds a change back for 15 minutes, or shows it at once and again with the next call", async () => {
  const { simulator, ask } = await open();
  const end = (await ask("crm/export/customers")).json.continueFrom;
  const { id } = simulator.add("customers", { ...simulator.holds("customers")[0], id: undefined });
  expect((await ask(`crm/export/customers?from=${end}`)).json.data).toEqual([]);
  const recent = (await ask(`crm/export/customers?from=${end}&includeRecentChanges=true`)).json;
  expect(recent.data).toMatchObject([{ id }]);
  expect((await ask(`crm/export/customers?from=${recent.continueFrom}&includeRecentChanges=true`)).json.data).toMatchObject([{ id }]);
});

test("a deleted row is gone from lists and inactive in the feed", async () => {
  const { simulator, ask } = await open();
  const id = Number(simulator.holds("services")[0]?.id);
  expect(await ask(`pricebook/services/${id}`, { method: "DELETE" })).toMatchObject({ status: 204, text: "" });
  expect((await ask(`pricebook/services?ids=${id}&active=Any`)).json.data).toEqual([]);
  expect((await ask("pricebook/export/services?from=2026-03-01&includeRecentChanges=true")).json.data).toMatchObject([
    { id, active: false },
  ]);
});

test("refuses wrong types and missing fields by name, and drops unknown ones without a word", async () => {
  const { simulator, ask } = await open();
  const id = String(simulator.holds("customers")[0]?.id);
  const patch = (body: unknown) => ask(`crm/customers/${id}`, { method: "PATCH", body });
  expect((await patch({ name: 7 })).json).toMatchObject({ status: 400, errors: { name: [expect.any(String)] } });
  expect((await patch({ address: { street: "x" } })).json).toMatchObject({
    errors: { "address.unit": [expect.stringContaining("Required property")] },
  });
  expect((await patch({ colour: "red" })).json).not.toHaveProperty("colour");
  expect((await ask("crm/customers", { method: "POST", body: { name: "x" } })).json).toMatchObject({
    errors: { address: [expect.any(String)] },
  });
  expect((await ask("crm/customers/987654321", { method: "PATCH", body: {} })).status).toBe(404);
  expect((await ask("crm/customers/987654321/notes", { method: "POST", body: { text: "x" } })).status).toBe(400);
});

test("a job without a campaign is a 422, an unknown item of an estimate a 500, as seen live", async () => {
  const { simulator, ask } = await open();
  expect((await ask("jpm/jobs", { method: "POST", body: { customerId: 1 } })).status).toBe(422);
  const jobId = simulator.holds("jobs")[0]?.id;
  const sold = await ask("sales/estimates", { method: "POST", body: { jobId, items: [{ skuId: 5 }] } });
  expect(sold.json).toMatchObject({ status: 500, title: "Sku (Name:) is not found." });
});

test("the sixty-first request of a second is refused with both hints", async () => {
  const { ask } = await open({ rateLimit: { requests: 60, perSeconds: 60 } });
  const answers = [];
  for (let n = 0; n < 61; n += 1) answers.push(await ask("settings/tag-types?pageSize=1"));
  const last = answers.at(-1);
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(1);
  const seconds = last?.headers.get("retry-after");
  expect(last?.json).toMatchObject({
    status: 429,
    traceId: expect.any(String),
    errors: {},
    data: {},
    title: `Rate limit is exceeded. Try again in ${seconds} seconds.`,
  });
});

test("the same seed gives the same tenant, another seed another one, and no times of a kind are the same", async () => {
  const [one, two, other] = [await open({ seed: 3 }), await open({ seed: 3 }), await open({ seed: 4 })];
  expect(one.simulator.holds("customers")).toEqual(two.simulator.holds("customers"));
  expect(one.simulator.holds("customers")).not.toEqual(other.simulator.holds("customers"));
  const times = one.simulator.holds("jobs").map(({ modifiedOn }) => modifiedOn);
  expect(new Set(times).size).toBe(times.length);
});

test("a million customers cost no more than the pages that are asked for", async () => {
  const { simulator, ask } = await open({ size: 5, sizes: { customers: 1_000_000 } });
  expect(simulator.count?.("customers")).toBe(1_000_000);
  const { json } = await ask("crm/export/customers?from=2025-06-01");
  expect(json.data).toHaveLength(1000);
  expect(json.hasMore).toBe(true);
});

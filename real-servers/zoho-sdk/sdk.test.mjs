import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { createSimulator } from "../../packages/connector-zoho/simulator/index.ts";

const lib = "@zohocrm/nodejs-sdk-8.0/lib";
const { Environment, FileStore, HeaderMap, InitializeBuilder, OAuthBuilder, ParameterMap, SDKConfigBuilder } = await import(
  `${lib}/index.js`
);
const ofRecords = async (file) => (await import(`${lib}/core/com/zoho/crm/api/record/${file}.js`)).MasterModel;
const operations = await import(`${lib}/core/com/zoho/crm/api/record/record_operations.js`);
const { RecordOperations, GetRecordsHeader, GetRecordsParam, DeleteRecordsParam } = operations;
const Row = await ofRecords("record");
const BodyWrapper = await ofRecords("body_wrapper");

let simulator;
let folder;

before(async () => {
  simulator = await createSimulator({ now: "2026-03-10T15:00:00Z", size: 230 });
  folder = await mkdtemp(join(tmpdir(), "zoho-sdk-"));
  const { url, options } = simulator;
  const token = new OAuthBuilder().clientId(options.clientId).clientSecret(options.clientSecret).refreshToken(options.refreshToken).build();
  const builder = await new InitializeBuilder();
  await builder
    .environment(new Environment(url, `${url}/oauth/v2/token`, url))
    .token(token)
    .store(new FileStore(join(folder, "tokens.csv")))
    .SDKConfig(new SDKConfigBuilder().autoRefreshFields(false).pickListValidation(false).build())
    .resourcePath(folder)
    .initialize();
});

after(async () => {
  await simulator.close();
  await rm(folder, { recursive: true });
});

test("reads pages of records with the values that the organisation holds, by token beyond the first", async () => {
  const first = await read({ per_page: 200, sort_by: "id", sort_order: "asc" });
  assert.equal(first.rows.length, 200);
  assert.equal(first.info.getMoreRecords(), true);
  const second = await read({ per_page: 200, sort_by: "id", sort_order: "asc", page_token: first.info.getNextPageToken() });
  assert.equal(second.rows.length, 30);
  assert.equal(second.info.getMoreRecords(), false);
  const held = new Map(simulator.holds("Leads").map((lead) => [lead.id, lead]));
  for (const row of [...first.rows, ...second.rows]) {
    const lead = held.get(String(row.getId()));
    assert.equal(row.getKeyValue("Last_Name"), lead.Last_Name);
    assert.equal(row.getKeyValue("Email"), lead.Email);
    assert.equal(row.getKeyValue("Modified_Time").getTime(), Date.parse(lead.Modified_Time));
  }
  assert.equal(held.size, 230);
});

test("takes 304 for nothing newer, and 204 for an unknown id", async () => {
  const headers = new HeaderMap();
  await headers.add(GetRecordsHeader.IF_MODIFIED_SINCE, new Date("2026-03-10T15:00:00Z"));
  const unchanged = await new RecordOperations("Accounts").getRecords(await parameters({ fields: "Account_Name" }), headers);
  assert.equal(unchanged.getStatusCode(), 304);
  const nobody = await new RecordOperations("Leads").getRecord(5550001001999999999n);
  assert.equal(nobody.getStatusCode(), 204);
});

test("creates, updates, upserts and deletes, with what became of each record", async () => {
  const created = await write("createRecords", [lead({ Last_Name: "Stone", Email: "stone@example.test", External_Ref: "SDK-1" })]);
  assert.equal(created.status, 201);
  assert.equal(created.results[0].getCode().getValue(), "SUCCESS");
  const id = created.results[0].getDetails().get("id");
  assert.equal(heldLead(id).Last_Name, "Stone");

  const updated = await write("updateRecords", [lead({ Company: "Stone Ltd" }, id)]);
  assert.equal(updated.status, 200);
  assert.equal(heldLead(id).Company, "Stone Ltd");
  assert.equal(heldLead(id).Last_Name, "Stone");

  const again = await write("upsertRecords", [lead({ Last_Name: "Stone", Email: "stone@example.test", City: "Acornville" })], ["Email"]);
  assert.equal(again.status, 200);
  assert.equal(again.results[0].getAction().getValue(), "update");
  assert.equal(again.results[0].getDuplicateField(), "Email");
  assert.equal(heldLead(id).City, "Acornville");

  const other = await write("upsertRecords", [lead({ Last_Name: "Fern", Email: "fern@example.test" })], ["Email"]);
  assert.equal(other.results[0].getAction().getValue(), "insert");

  const query = new ParameterMap();
  await query.add(DeleteRecordsParam.IDS, id);
  const deleted = await new RecordOperations("Leads").deleteRecords(query);
  assert.equal(deleted.getStatusCode(), 200);
  assert.equal(deleted.getObject().getData()[0].getCode().getValue(), "SUCCESS");
  assert.equal(heldLead(id), undefined);
});

test("tells a mixed call (207) apart by record, and knows the words for a missing field and a duplicate", async () => {
  const taken = simulator.holds("Leads")[0];
  const mixed = await write("createRecords", [
    lead({ Last_Name: "Gale" }),
    lead({ Company: "Nobody Ltd" }),
    lead({ Last_Name: "Twin", External_Ref: taken.External_Ref }),
  ]);
  assert.equal(mixed.status, 207);
  assert.deepEqual(
    mixed.results.map((result) => result.getCode().getValue()),
    ["SUCCESS", "MANDATORY_NOT_FOUND", "DUPLICATE_DATA"],
  );
  assert.equal(mixed.results[1].getDetails().get("api_name"), "Last_Name");
  assert.equal(String(mixed.results[2].getDetails().get("id")), taken.id);
});

function lead(values, id) {
  const row = new Row();
  if (id !== undefined) row.setId(BigInt(id));
  for (const [name, value] of Object.entries(values)) row.addKeyValue(name, value);
  return row;
}

async function write(method, rows, duplicateFields) {
  const body = new BodyWrapper();
  body.setData(rows);
  body.setTrigger([]);
  if (duplicateFields !== undefined) body.setDuplicateCheckFields(duplicateFields);
  const response = await new RecordOperations("Leads")[method](body);
  return { status: response.getStatusCode(), results: response.getObject().getData() };
}

async function read(query) {
  const fields = "Last_Name,Email,Modified_Time,Owner,Tag";
  const response = await new RecordOperations("Leads").getRecords(await parameters({ fields, ...query }));
  const wrapper = response.getObject();
  return { rows: wrapper.getData(), info: wrapper.getInfo() };
}

async function parameters(query) {
  const map = new ParameterMap();
  for (const [name, value] of Object.entries(query)) await map.add(GetRecordsParam[name.toUpperCase()], value);
  return map;
}

function heldLead(id) {
  return simulator.holds("Leads").find((record) => record.id === String(id));
}

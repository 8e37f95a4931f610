import type { DataRecord } from "@fieldwright/connector-kit";
import type { Context, Hono } from "hono";
import type { Org } from "../org.js";
import { complaint, refuse } from "../refusal.js";
import { createRecords, type Result, recordsOf, updateRecords, upsertRecords, type Writing } from "../write-records.js";

const mostRecords = 100;

export function addRecordWrites(app: Hono, org: Org): void {
  app.post("/crm/v8/:module{[A-Z][A-Za-z_0-9]*}", async (c) =>
    answer(c, { work: createRecords, writing: await writingOf(c, org), good: 201 }),
  );
  app.put("/crm/v8/:module{[A-Z][A-Za-z_0-9]*}", async (c) =>
    answer(c, { work: updateRecords, writing: await writingOf(c, org), good: 200 }),
  );
  app.post("/crm/v8/:module{[A-Z][A-Za-z_0-9]*}/upsert", async (c) => {
    const writing = await writingOf(c, org);
    if (!writing.table.module.upserts)
      throw refuse("NOT_SUPPORTED", "the module is not supported for this operation", { resource_path_index: 0 });
    return answer(c, { work: upsertRecords, writing, good: 200 });
  });
  app.put("/crm/v8/:module{[A-Z][A-Za-z_0-9]*}/:id{[0-9]+}", async (c) => {
    const writing = await writingOf(c, org);
    const data = recordsOf(writing.body).map((record) => ({ ...record, id: c.req.param("id") }));
    return answer(c, { work: updateRecords, writing: { ...writing, body: { ...writing.body, data } }, good: 200 });
  });
  app.delete("/crm/v8/:module{[A-Z][A-Za-z_0-9]*}", (c) => {
    const ids = c.req.query("ids");
    if (ids === undefined || ids === "") throw refuse("REQUIRED_PARAM_MISSING", "required param is missing", { param_name: "ids" });
    return remove(c, org, ids.split(","));
  });
  app.delete("/crm/v8/:module{[A-Z][A-Za-z_0-9]*}/:id{[0-9]+}", (c) => remove(c, org, [c.req.param("id")]));
  app.post("/crm/v8/Leads/:id{[0-9]+}/actions/convert", (c) => convert(c, org));
}

async function writingOf(c: Context, org: Org): Promise<Writing> {
  const table = org.table(c.req.param("module") ?? "");
  let body: DataRecord;
  try {
    body = (await c.req.json()) as DataRecord;
  } catch {
    throw refuse("INVALID_DATA", "body is not a valid JSON", {});
  }
  return { org, table, body, unmodifiedSince: c.req.header("if-unmodified-since") };
}

interface Work {
  readonly work: (writing: Writing) => readonly Result[];
  readonly writing: Writing;
  readonly good: 200 | 201;
}

function answer(c: Context, { work, writing, good }: Work): Response {
  if (recordsOf(writing.body).length > mostRecords) {
    const what = complaint("LIMIT_EXCEEDED", "count of records in your request exceeds the limit", {
      maximum_length: mostRecords,
      api_name: "data",
    });
    return c.json({ data: [what] }, 400);
  }
  return told(c, work(writing), good);
}

/** All well: 200 or 201; some: 207; none: 400, or 412 where all came too late. */
function told(c: Context, data: readonly Result[], good: 200 | 201): Response {
  const failures = data.filter((one) => one.status === "error");
  if (failures.length === 0) return c.json({ data }, good);
  if (failures.length < data.length) return c.json({ data }, 207);
  return c.json({ data }, failures.every((one) => one.code === "ALREADY_MODIFIED") ? 412 : 400);
}

function remove(c: Context, org: Org, ids: readonly string[]): Response {
  const table = org.table(c.req.param("module") ?? "");
  if (ids.some((id) => !/^\d+$/.test(id)))
    throw refuse("UNABLE_TO_PARSE_DATA_TYPE", "either the request body or parameters is in wrong format", { param_name: "ids" });
  const data = ids.map((id): Result => {
    if (!table.has(id)) return { ...complaint("INVALID_DATA", "record not deleted", { id }) };
    table.remove(id);
    if (c.req.query("wf_trigger") !== "false") org.automation.push(`${table.module.name} workflow`);
    return { code: "SUCCESS", details: { id }, message: "record deleted", status: "success" };
  });
  return told(c, data, 200);
}

/** The lead stays, out of the usual list; a contact takes its place. */
function convert(c: Context, org: Org): Response {
  const leads = org.table("Leads");
  const lead = leads.record(c.req.param("id") ?? "");
  if (lead === undefined)
    return told(c, [{ ...complaint("INVALID_DATA", "the id given seems to be invalid", { id: c.req.param("id") }) }], 200);
  if (lead.Converted__s === true) return told(c, [{ ...complaint("ID_ALREADY_CONVERTED", "id already converted", { id: lead.id }) }], 200);
  const contact = org.table("Contacts").add({ Last_Name: lead.Last_Name, First_Name: lead.First_Name, Email: lead.Email });
  leads.change(lead.id, { Converted__s: true, Converted_Date_Time: org.nowMs() });
  const details = { Contacts: { name: String(contact.Full_Name), id: contact.id }, Deals: null, Accounts: null };
  return c.json({ data: [{ code: "SUCCESS", details, message: "The record has been converted successfully", status: "success" }] });
}

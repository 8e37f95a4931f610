import type { DataRecord } from "@fieldwright/connector-kit";
import { strToU8, zipSync } from "fflate";
import type { Hono } from "hono";
import type { Field } from "../field.js";
import { idAt } from "../generated-record.js";
import { momentOf } from "../moments.js";
import type { BulkJob, Org } from "../org.js";
import { complaint, Refusal, refuse } from "../refusal.js";

/** Jobs that write a module into a zip with one CSV in it. */
export function addBulkRead(app: Hono, org: Org): void {
  app.post("/crm/bulk/v8/read", async (c) => {
    const { query } = (await c.req.json()) as { query: BulkQuery };
    const job = startJob(org, query);
    org.jobs.set(job.id, job);
    const { name, id } = org.user(undefined);
    const details = { id: job.id, operation: "read", state: "ADDED", created_by: { name, id }, created_time: org.moment(org.nowMs()) };
    return c.json({ data: [{ status: "success", code: "ADDED_SUCCESSFULLY", message: "Added successfully.", details }], info: {} }, 201);
  });
  app.get("/crm/bulk/v8/read/:id", (c) => {
    const job = jobOf(org, c.req.param("id"));
    const state = ["ADDED", "IN PROGRESS"][job.asked] ?? "COMPLETED";
    job.asked += 1;
    const result = {
      page: job.page,
      per_page: org.settings.bulkRows,
      count: job.ids.length,
      download_url: `/crm/bulk/v8/read/${job.id}/result`,
      more_records: job.moreRecords,
      next_page_token: null,
    };
    return c.json({ data: [{ id: job.id, operation: "read", state, ...(state === "COMPLETED" ? { result } : {}) }] });
  });
  app.get("/crm/bulk/v8/read/:id/result", (c) => {
    const job = jobOf(org, c.req.param("id"));
    const zip = zipSync({ [`${job.id}.csv`]: strToU8(csvOf(org, job)) }, { level: 1 });
    return c.body(new Uint8Array(zip), 200, { "content-type": "application/zip" });
  });
}

interface BulkQuery {
  readonly module: { readonly api_name: string };
  readonly fields?: readonly string[];
  readonly criteria?: Criteria;
  readonly page?: number;
}

interface Criteria {
  readonly group?: readonly Criteria[];
  readonly field?: { readonly api_name: string };
  readonly comparator?: string;
  readonly value?: unknown;
}

function startJob(org: Org, query: BulkQuery): BulkJob {
  const table = org.table(query.module.api_name);
  const { module } = table;
  const unknown = query.fields?.find((name) => name !== "id" && !module.byName.has(name));
  if (unknown !== undefined) throw refuse("FIELD_NOT_AVAILABLE", "the field is not available in the module", { api_name: unknown });
  const page = query.page ?? 1;
  if (page < 1 || page > 500) throw refuse("PAGE_RANGE_EXCEEDED", "the page is out of range", { page });
  const conditions = query.criteria === undefined ? [] : (query.criteria.group ?? [query.criteria]);
  const from = (page - 1) * org.settings.bulkRows;
  // Of a million records only one job's worth is made at a time.
  const among = conditions.length === 0 ? undefined : table.filter((record) => conditions.every((one) => meets(record, one)));
  const rows = among?.slice(from, from + org.settings.bulkRows) ?? table.slice(from, org.settings.bulkRows);
  const ids = rows.map((record) => String(record.id));
  const moreRecords = from + ids.length < (among?.length ?? table.size);
  const fields = query.fields?.filter((name) => name !== "id") ?? module.fields.map((field) => field.name);
  const id = idAt(906, org.jobs.size + 1);
  return { id, module: module.name, ids, fields, page, moreRecords, asked: 0 };
}

function meets(record: DataRecord, { field, comparator, value }: Criteria): boolean {
  if (comparator !== "greater_equal" || field === undefined) throw refuse("INVALID_CRITERIA", "the criteria is invalid", { comparator });
  const moment = momentOf(value);
  return moment === undefined ? String(record[field.api_name]) >= String(value) : Number(record[field.api_name]) >= moment;
}

function jobOf(org: Org, id: string): BulkJob {
  const job = org.jobs.get(id);
  if (job === undefined) throw new Refusal(404, complaint("RESOURCE_NOT_FOUND", "The requested resource doesn't exist.", {}));
  return job;
}

/** `Id` comes first, asked for or not. */
function csvOf(org: Org, job: BulkJob): string {
  const table = org.table(job.module);
  const fields = job.fields.flatMap((name) => table.module.byName.get(name) ?? []);
  const lines = [["Id", ...fields.map((field) => field.name)].join(",")];
  for (const id of job.ids) {
    const record = table.record(id);
    if (record !== undefined) lines.push([id, ...fields.map((field) => cell(org, field, record[field.name]))].map(quoted).join(","));
  }
  return `${lines.join("\n")}\n`;
}

function cell(org: Org, field: Field, value: unknown): string {
  if (value === null || value === undefined) return "";
  if (field.type === "datetime") return org.moment(Number(value));
  if (Array.isArray(value))
    return value.map((one) => (typeof one === "object" && one !== null && "name" in one ? one.name : one)).join(";");
  return String(value);
}

function quoted(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

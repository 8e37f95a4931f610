import type { DataRecord } from "@fieldwright/connector-kit";
import type { Context, Hono } from "hono";
import { createLister, sinceOf } from "../list-records.js";
import type { Org } from "../org.js";
import { refuse } from "../refusal.js";
import { renderRecord } from "../render.js";

const mostFields = 50;

/** Lists, single records, the log of deletions and the count. */
export function addRecordReads(app: Hono, org: Org): void {
  const list = createLister();

  app.get("/crm/v8/:module{[A-Za-z_0-9]+}", (c) => {
    const table = org.table(c.req.param("module"));
    const only = fieldsOf(c, true);
    const params = new URL(c.req.url).searchParams;
    const modifiedSince = c.req.header("if-modified-since");
    const { records, info, unchanged } = list(table, { params, modifiedSince, nowMs: org.nowMs() });
    if (unchanged) return c.body(null, 304);
    if (records.length === 0) return c.body(null, 204);
    return c.json({ data: records.map((record) => renderRecord(org, table.module, { record, only })), info });
  });

  app.get("/crm/v8/:module{[A-Za-z_0-9]+}/deleted", (c) => deletedLog(c, org));

  app.get("/crm/v8/:module{[A-Za-z_0-9]+}/actions/count", (c) => {
    const table = org.table(c.req.param("module"));
    const since = /Modified_Time:greater_equal:([^)]+)/.exec(c.req.query("criteria") ?? "")?.[1];
    if (since === undefined) return c.json({ count: table.size });
    const ms = sinceOf(since);
    return c.json({ count: table.filter((record) => Number(record.Modified_Time) >= ms).length });
  });

  app.get("/crm/v8/:module{[A-Za-z_0-9]+}/:id{[0-9]+}", (c) => {
    const table = org.table(c.req.param("module"));
    const record = table.record(c.req.param("id"));
    if (record === undefined) return c.body(null, 204);
    const since = c.req.header("if-modified-since");
    if (since !== undefined && record.Modified_Time < sinceOf(since)) return c.body(null, 304);
    const only = fieldsOf(c, false);
    const extra = only === undefined ? { $approved: true, $editable: true, $state: "save", $locked_for_me: false } : {};
    return c.json({ data: [{ ...renderRecord(org, table.module, { record, only }), ...extra }], info: { count: 1 } });
  });
}

function fieldsOf(c: Context, needed: boolean): readonly string[] | undefined {
  const text = c.req.query("fields");
  if (text === undefined || text === "") {
    if (needed) throw refuse("REQUIRED_PARAM_MISSING", "required param is missing", { param_name: "fields" });
    return undefined;
  }
  const names = text.split(",");
  if (names.length > mostFields) throw refuse("LIMIT_EXCEEDED", "limit exceeded", { limit: mostFields, param_name: "fields" });
  return names;
}

/** Numbered pages only: there is no token here. */
function deletedLog(c: Context, org: Org): Response {
  const module = c.req.param("module") ?? "";
  org.table(module);
  const type = c.req.query("type") ?? "all";
  if (!["all", "recycle", "permanent"].includes(type))
    throw refuse("PATTERN_NOT_MATCHED", "Please check whether the input values are correct", { param_name: "type" });
  const header = c.req.header("if-modified-since");
  const since = header === undefined ? Number.NEGATIVE_INFINITY : sinceOf(header);
  const perPage = Math.min(200, Number(c.req.query("per_page") ?? 200));
  const page = Number(c.req.query("page") ?? 1);
  const all = org.deleted.filter((one) => one.module === module && one.atMs >= since && (type === "all" || one.type === type));
  const shown = all.slice((page - 1) * perPage, page * perPage);
  if (shown.length === 0) return c.body(null, header === undefined ? 204 : 304);
  const data = shown.map((one): DataRecord => {
    const { name, id } = org.user(undefined);
    return {
      id: one.record.id,
      display_name: one.type === "permanent" ? null : one.name,
      type: one.type,
      deleted_time: org.moment(one.atMs),
      deleted_by: { name, id },
      created_by: one.type === "permanent" ? null : { name, id },
    };
  });
  return c.json({ data, info: { per_page: perPage, count: shown.length, page, more_records: page * perPage < all.length } });
}

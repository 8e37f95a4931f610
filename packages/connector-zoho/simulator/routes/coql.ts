import type { DataRecord } from "@fieldwright/connector-kit";
import type { Hono } from "hono";
import { type Condition, parseQuery, type Query } from "../coql-query.js";
import type { ModuleTable } from "../module-table.js";
import { momentOf } from "../moments.js";
import type { Org } from "../org.js";
import { refuse } from "../refusal.js";
import { renderValue } from "../render.js";

const mostRows = 2000;

export function addCoql(app: Hono, org: Org): void {
  app.post("/crm/v8/coql", async (c) => {
    const body = (await c.req.json()) as DataRecord;
    if (typeof body.select_query !== "string")
      throw refuse("MANDATORY_NOT_FOUND", "required field not found", { api_name: "select_query", json_path: "$.select_query" });
    const query = parseQuery(body.select_query);
    if (query.limit > mostRows) throw refuse("LIMIT_EXCEEDED", "limit exceeded", { limit: mostRows, clause: "limit" });
    const table = org.table(query.module);
    for (const column of query.columns) known(table, column);
    const found = ordered(
      table.filter((record) => holds(table, record, query.where)),
      query,
    );
    const rows = found.slice(query.offset, query.offset + query.limit);
    if (rows.length === 0) return c.body(null, 204);
    const data = rows.map((record) => rowOf(org, table, { record, columns: query.columns }));
    return c.json({ data, info: { count: rows.length, more_records: query.offset + rows.length < found.length } });
  });
}

function known(table: ModuleTable, column: string): void {
  const [first = ""] = column.split(".");
  if (first === "id" || table.module.byName.has(first)) return;
  throw refuse("INVALID_QUERY", "invalid query formed", { column_name: column, reason: "column given seems to be invalid" });
}

/** A lookup comes as its id alone; `id` always comes. */
function rowOf(org: Org, table: ModuleTable, { record, columns }: { record: DataRecord; columns: readonly string[] }): DataRecord {
  const row: Record<string, unknown> = { id: record.id };
  for (const column of columns) {
    const field = table.module.byName.get(column);
    if (field === undefined) continue;
    const value = renderValue(org, field, record[column]);
    row[column] = field.type === "lookup" || field.type === "ownerlookup" ? (value === null ? null : { id: record[column] }) : value;
  }
  return row;
}

function holds(table: ModuleTable, record: DataRecord, condition: Condition): boolean {
  if ("left" in condition) {
    const left = holds(table, record, condition.left);
    return condition.is === "and" ? left && holds(table, record, condition.right) : left || holds(table, record, condition.right);
  }
  known(table, condition.field);
  const name = condition.field.replace(/\.id$/, "");
  const value = record[name];
  const isNull = value === null || value === undefined;
  if (condition.is === "null") return isNull !== condition.not;
  if (isNull) return false;
  const compare = (other: string): number => order(table, { name, value, other });
  const [first = "", second = ""] = condition.values;
  switch (condition.sign) {
    case "=":
      return compare(first) === 0;
    case "!=":
      return compare(first) !== 0;
    case ">":
      return compare(first) > 0;
    case ">=":
      return compare(first) >= 0;
    case "<":
      return compare(first) < 0;
    case "<=":
      return compare(first) <= 0;
    case "in":
      return condition.values.some((one) => compare(one) === 0);
    case "not in":
      return condition.values.every((one) => compare(one) !== 0);
    case "between":
      return compare(first) >= 0 && compare(second) <= 0;
    case "like":
      return like(String(value), first);
    case "not like":
      return !like(String(value), first);
    default:
      throw refuse("SYNTAX_ERROR", "error occured while parsing the query", { operator: condition.sign });
  }
}

/** Texts without regard to case, numbers and moments by size. */
function order(table: ModuleTable, { name, value, other }: { name: string; value: unknown; other: string }): number {
  const type = table.module.byName.get(name)?.type;
  if (type === "datetime") return Number(value) - (momentOf(other) ?? Number.NaN);
  if (typeof value === "number") return value - Number(other);
  const [a, b] = [String(value).toLowerCase(), other.toLowerCase()];
  return a < b ? -1 : a > b ? 1 : 0;
}

function like(value: string, pattern: string): boolean {
  const source = pattern.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replaceAll("%", ".*");
  return new RegExp(`^${source}$`, "is").test(value);
}

function ordered(records: readonly DataRecord[], { orderBy }: Query): readonly DataRecord[] {
  const [first] = orderBy;
  if (first === undefined) return records;
  const key = (record: DataRecord): string | number => {
    const value = record[first.field];
    return typeof value === "number" ? value : String(value ?? "");
  };
  const direction = first.descending ? -1 : 1;
  return [...records].sort((a, b) => (key(a) < key(b) ? -direction : key(a) > key(b) ? direction : 0));
}

import type { DataRecord } from "@fieldwright/connector-kit";
import type { Hono } from "hono";
import type { FishbowlDatabase } from "../database.js";
import { Refusal } from "../refusal.js";
import { parseSelect } from "../sql/parse.js";
import { runSelect, typesOf } from "../sql/run.js";
import { SqlError } from "../sql/tokens.js";

const longestQuery = 8192;

export function addQueries(app: Hono, database: FishbowlDatabase): void {
  app.get("/data-query", (c) => {
    if (database.settings.withoutRights.includes("Data")) throw new Refusal(403, "The user does not have access to the Data module.");
    if (new URL(c.req.url).search.length > longestQuery) throw new Refusal(414, "URI Too Long");
    const sql = c.req.query("query");
    if (sql === undefined || sql === "") throw new Refusal(400, "Required parameter 'query' is not present.");
    if (!/^\s*SELECT\b/i.test(sql)) throw new Refusal(400, "Only SELECT statements can be executed.");
    return c.json(answer(database, sql));
  });
}

function answer(database: FishbowlDatabase, sql: string): readonly DataRecord[] {
  try {
    const select = parseSelect(sql);
    const world = { database, known: [] };
    const types = typesOf(select, world);
    return runSelect(select, world).map((row) => shown(database, row, types));
  } catch (error) {
    if (error instanceof SqlError) throw new Refusal(400, error.message);
    throw error;
  }
}

/** Columns in the case and the types that this server gives them. */
function shown({ settings }: FishbowlDatabase, row: DataRecord, types: Readonly<Record<string, string>>): DataRecord {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => {
      const key = settings.rowKeys === "lower" ? name.toLowerCase() : name;
      if (typeof value === "boolean" && settings.bits === "number") return [key, Number(value)];
      if (types[name] === "decimal" && typeof value === "string" && settings.decimals === "number") return [key, Number(value)];
      return [key, value];
    }),
  );
}

import { stringify } from "csv-stringify/sync";
import type { Hono } from "hono";
import { parseCsv } from "../csv.js";
import type { FishbowlDatabase } from "../database.js";
import { Refusal } from "../refusal.js";
import { customerHeader, importCustomers } from "./import-customers.js";
import { importOrders, itemHeader, orderHeader } from "./import-orders.js";

export type Rows = readonly (readonly string[])[];

/** Imports by their names, case and hyphens included; exports give the same layout. */
export function addImports(app: Hono, database: FishbowlDatabase): void {
  const { importNames, withoutRights } = database.settings;
  app.post("/import/:name", async (c) => {
    if (withoutRights.includes("Import")) throw new Refusal(403, "The user does not have access to this import.");
    const name = c.req.param("name");
    const isJson = (c.req.header("content-type") ?? "").includes("json");
    const rows = isJson ? jsonRows(await c.req.json()) : parseCsv(await c.req.text());
    if (name === importNames.customers) importCustomers(database, rows);
    else if (name === importNames.salesOrders) importOrders(database, rows);
    else throw new Refusal(404, `Import type ${name} not found.`);
    return c.body(null, 200);
  });
  app.get("/export/:name", (c) => {
    const rows = exported(database, c.req.param("name"));
    if ((c.req.header("accept") ?? "").includes("csv"))
      return c.text(stringify([...rows.map((row) => [...row])], { quoted: true, record_delimiter: "\r\n" }));
    return c.json(rows);
  });
}

function jsonRows(body: unknown): Rows {
  const isTable = Array.isArray(body) && body.every((row) => Array.isArray(row) && row.every((cell) => typeof cell === "string"));
  if (!isTable) throw new Refusal(400, "The body must be a two-dimensional array of strings.");
  return body as Rows;
}

function exported(database: FishbowlDatabase, name: string): Rows {
  const { importNames } = database.settings;
  if (name === importNames.salesOrders) return [orderHeader, itemHeader];
  if (name !== importNames.customers) throw new Refusal(404, `Export type ${name} not found.`);
  const rows = Array.from(database.table("customer"), (customer) =>
    customerHeader.map((column) => (column === "Name" ? String(customer.name) : column === "Number" ? String(customer.number) : "")),
  );
  return [customerHeader, ...rows];
}

import type { DataRecord } from "@fieldwright/connector-kit";
import type { Hono } from "hono";
import type { FishbowlDatabase } from "../database.js";
import { Refusal } from "../refusal.js";
import type { Store } from "../store.js";

type Shown = (row: DataRecord) => DataRecord;

/** Searches of the REST interface, by page from 1 and 100 at a time. */
export function addSearches(app: Hono, database: FishbowlDatabase): void {
  const add = (path: string, store: Store, shown: Shown = (row) => row): void => {
    app.get(path, (c) => {
      if (path.startsWith("/parts") && database.settings.withoutRights.includes("Inventory"))
        throw new Refusal(403, "No access to this module.");
      const [pageNumber, pageSize] = [numberOf(c.req.query("pageNumber"), 1), numberOf(c.req.query("pageSize"), 100)];
      const number = c.req.query("number");
      const name = c.req.query("name");
      const rows = number === undefined && name === undefined ? undefined : store.filter((row) => fits(shown(row), { number, name }));
      const totalCount = rows?.length ?? store.size;
      const start = (pageNumber - 1) * pageSize;
      const results = (rows?.slice(start, start + pageSize) ?? store.slice(start, pageSize)).map(shown);
      return c.json({ totalCount, totalPages: Math.ceil(totalCount / pageSize), pageNumber, pageSize, results });
    });
  };
  add("/parts/inventory", database.inventory);
  add("/parts", database.table("part"), ({ id, num, description, upc, activeFlag }) => ({
    ...{ id, number: num, description, upc, type: "Inventory", abc: null, details: null, hasBom: false },
    ...{ active: activeFlag, productNumber: num, productDescription: description },
  }));
  add("/vendors", database.table("vendor"), ({ id, name, accountNum, activeFlag }) => ({
    id,
    name,
    accountNumber: accountNum,
    active: activeFlag,
  }));
  add("/users", database.table("sysuser"), ({ id, userName, firstName, lastName, initials, email, activeFlag }) => ({
    ...{ id, username: userName, firstName, lastName, initials },
    ...{ active: activeFlag, email, phone: null },
  }));
}

function fits(row: DataRecord, asked: Readonly<Record<string, string | undefined>>): boolean {
  return Object.entries(asked).every(([name, part]) => part === undefined || String(row[name] ?? row.partNumber ?? "").includes(part));
}

function numberOf(text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new Refusal(400, `'${text}' is not a valid number.`);
  return number;
}

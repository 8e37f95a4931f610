import type { DataRecord } from "@fieldwright/connector-kit";
import type { Check } from "../spec/model.js";
import { CannotBeAsked, type Checking } from "./checking.js";
import type { CheckResult } from "./report.js";
import { failed, namedAtMost, passed } from "./result.js";
import { askedOf, nameOf, shown, some } from "./words.js";

/** A query in the target's own database, which can only read: every row that it gives is an issue. */
export async function checkSql(c: Checking, check: Check & { readonly is: "sql" }): Promise<CheckResult> {
  const asked = askedOf(check, c.sync.spec.to.stream);
  const query = (text: string) => {
    if (!c.target.query) throw new CannotBeAsked(`${c.sync.spec.to.connection} is not a database that takes SQL.`);
    return c.target.query({ text, timeoutMs: c.sqlTimeoutMs }, c.call);
  };
  // The line ends keep a comment at the end of the query to itself.
  const [row] = await query(`select count(*)::int as n from (\n${check.sql}\n) found`);
  const count = Number(row?.n ?? 0);
  if (count === 0) return passed(asked, "The query found nothing.");
  const rows = await query(`select * from (\n${check.sql}\n) found limit ${namedAtMost}`);
  const { key } = c.sync.target;
  const records = rows.map((found) => ({
    sourceId: null,
    targetId: found[key] === undefined || found[key] === null ? null : String(found[key]),
    name: nameOf(found),
    says: rowText(found),
  }));
  return failed(asked, `The query found ${some(count, "row")}.`, { count, records });
}

function rowText(row: DataRecord): string {
  return Object.entries(row)
    .slice(0, 6)
    .map(([name, value]) => `${name} ${shown(value)}`)
    .join(", ");
}

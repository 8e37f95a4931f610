import type { SqlSession } from "@fieldwright/connector-kit/sql";
import type { Table } from "./table.js";

/** Constraints that wait for the commit would take the whole transaction with them, and no record could be named. */
export async function checkDeferred(session: SqlSession, { deferred }: Table): Promise<void> {
  if (deferred.length === 0) return;
  const names = deferred.join(", ");
  await session.run(`set constraints ${names} immediate; set constraints ${names} deferred`);
}

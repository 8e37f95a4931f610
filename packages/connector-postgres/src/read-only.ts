import type { Call, DataRecord, SqlQuery } from "@fieldwright/connector-kit";
import { quoteName } from "@fieldwright/connector-kit/sql";
import type { Door } from "./door.js";
import { troubleOf } from "./trouble.js";

/** A query of somebody else's making: in a transaction of its own that can change nothing and ends in time. */
export async function readOnly(
  door: Door,
  asked: { readonly query: SqlQuery; readonly schemas: readonly string[] },
  call: Call,
): Promise<readonly DataRecord[]> {
  call.signal.throwIfAborted();
  const { text, values = [], timeoutMs } = asked.query;
  const path = [...new Set([...asked.schemas, "public"])].map(quoteName).join(", ");
  try {
    return await door.database.transaction(async (session) => {
      await session.run("set transaction read only");
      await session.run(`set local statement_timeout = ${Math.ceil(timeoutMs)}`);
      await session.run(`set local search_path = ${path}`);
      // With values, even none, several statements at once are refused.
      return session.query(text, values);
    });
  } catch (error) {
    throw troubleOf(error);
  }
}

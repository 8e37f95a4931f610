import type { Call, DataRecord } from "@fieldwright/connector-kit";
import type { SqlSession } from "@fieldwright/connector-kit/sql";
import type { ReadySync } from "./ready-sync.js";
import type { Run } from "./run.js";

/** The target records with these ids, as they are now. */
export async function targetsOf(
  run: Run,
  session: SqlSession,
  query: { sync: ReadySync; ids: readonly string[] },
): Promise<ReadonlyMap<string, DataRecord>> {
  const { sync, ids } = query;
  if (ids.length === 0) return new Map();
  const { stream } = sync.target;
  const call = targetCall(run, session, sync);
  const records = stream.get ? await stream.get(ids, call) : ((await stream.find?.(stream.key, ids, call)) ?? []);
  return new Map(records.map((record) => [targetId(sync, record), record]));
}

export function targetId(sync: ReadySync, record: DataRecord): string {
  return String(record[sync.target.key]);
}

/** A page in hand is finished even when the run is asked to stop. */
const unbroken = new AbortController().signal;

/** A call that joins the open transaction where the target lies in the store's own database. */
export function targetCall(run: Run, session: SqlSession, sync: ReadySync): Call {
  const call = { ...run.call, signal: unbroken };
  return sync.target.inStore ? { ...call, transaction: session } : call;
}

import { arrayLiteral, copyLine, type SqlSession } from "@fieldwright/connector-kit/sql";
import type { Store } from "./open-store.js";

/** One write at a target, for ever: only its state is ever changed. */
export interface TrailRow {
  readonly sourceId: string;
  readonly targetId: string | null;
  readonly operation: "create" | "update" | "delete";
  /** Values of the changed fields; `null` for a create. */
  readonly before: Readonly<Record<string, unknown>> | null;
  /** `null` for a delete. */
  readonly after: Readonly<Record<string, unknown>> | null;
}

export async function writeTrail(
  store: Store,
  session: SqlSession,
  trail: { sync: number; run: number; state: "intended" | "done"; rows: readonly TrailRow[] },
): Promise<void> {
  if (trail.rows.length === 0) return;
  let lines = "";
  for (const row of trail.rows)
    lines += copyLine([trail.sync, trail.run, row.sourceId, row.targetId, row.operation, trail.state, row.before, row.after]);
  await session.copyIn(store.table("changes"), ["sync", "run", "source_id", "target_id", "operation", "state", "before", "after"], lines);
}

/** Writes down what became of this run's intents: the target id of those done, `refused` for the others. */
export async function settleIntents(
  store: Store,
  session: SqlSession,
  settled: { sync: number; run: number; done: readonly { sourceId: string; targetId: string }[]; refused: readonly string[] },
): Promise<void> {
  const table = store.table("changes");
  await session.run(
    `update ${table} c set state = 'done', target_id = u.target from unnest($3::text[], $4::text[]) u(source, target)
     where c.sync = $1 and c.run = $2 and c.state = 'intended' and c.source_id = u.source`,
    [
      settled.sync,
      settled.run,
      arrayLiteral(settled.done.map((row) => row.sourceId)),
      arrayLiteral(settled.done.map((row) => row.targetId)),
    ],
  );
  if (settled.refused.length === 0) return;
  await session.run(
    `update ${table} set state = 'refused' where sync = $1 and run = $2 and state = 'intended' and source_id = any($3::text[])`,
    [settled.sync, settled.run, arrayLiteral(settled.refused)],
  );
}

/** Intents of earlier runs whose outcome nobody saw: their records are to be decided again, from the target as it is. */
export async function takeDoubtful(store: Store, session: SqlSession, query: { sync: number; run: number }): Promise<readonly string[]> {
  const rows = await session.query<{ source_id: string }>(
    `with doubtful as (update ${store.table("changes")} set state = 'settled' where sync = $1 and run <> $2 and state = 'intended' returning source_id)
     select distinct source_id from doubtful`,
    [query.sync, query.run],
  );
  return rows.map((row) => row.source_id);
}

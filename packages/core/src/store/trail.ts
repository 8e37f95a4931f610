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
  /** The rules behind it; `null` where there is nothing to tell but the fields' own lines. */
  readonly why: object | null;
}

export async function writeTrail(
  store: Store,
  session: SqlSession,
  trail: { sync: number; run: number; state: "intended" | "done"; rows: readonly TrailRow[] },
): Promise<void> {
  if (trail.rows.length === 0) return;
  let lines = "";
  for (const row of trail.rows)
    lines += copyLine([trail.sync, trail.run, row.sourceId, row.targetId, row.operation, trail.state, row.before, row.after, row.why]);
  await session.copyIn(
    store.table("changes"),
    ["sync", "run", "source_id", "target_id", "operation", "state", "before", "after", "why"],
    lines,
  );
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

/** A write whose outcome nobody saw. */
export interface Doubt extends Omit<TrailRow, "why"> {
  /** Of the row in the trail. */
  readonly id: number;
  /** Since it was intended. */
  readonly ageMs: number;
}

/** The writes in doubt of these records, oldest first; those of this very run too. */
export async function readDoubts(
  store: Store,
  session: SqlSession,
  query: { sync: number; sourceIds: readonly string[] },
): Promise<readonly Doubt[]> {
  if (query.sourceIds.length === 0) return [];
  return session.query<Doubt>(
    `select id, source_id as "sourceId", target_id as "targetId", operation, before, after, (extract(epoch from clock_timestamp() - at) * 1000)::float8 as "ageMs"
     from ${store.table("changes")} where sync = $1 and state = 'intended' and source_id = any($2::text[]) order by id`,
    [query.sync, arrayLiteral(query.sourceIds)],
  );
}

/** Records with writes in doubt that nobody has been asked about yet. */
export async function doubtfulSources(store: Store, session: SqlSession, query: { sync: number }): Promise<readonly string[]> {
  const rows = await session.query<{ source_id: string }>(
    `select distinct c.source_id from ${store.table("changes")} c where c.sync = $1 and c.state = 'intended'
     and not exists (select from ${store.table("pending")} p where p.sync = c.sync and p.source_id = c.source_id and p.state = 'held')`,
    [query.sync],
  );
  return rows.map((row) => row.source_id);
}

/** `done`: the target shows it. `refused`: it did not happen. `settled`: nobody can tell any more, and the record is decided again. */
export interface ClosedDoubt {
  readonly id: number;
  readonly state: "done" | "refused" | "settled";
  readonly targetId: string | null;
}

export async function closeDoubts(store: Store, session: SqlSession, closed: readonly ClosedDoubt[]): Promise<void> {
  if (closed.length === 0) return;
  await session.run(
    `update ${store.table("changes")} c set state = u.state, target_id = coalesce(u.target, c.target_id) from unnest($1::bigint[], $2::text[], $3::text[]) u(id, state, target)
     where c.id = u.id and c.state = 'intended'`,
    [
      arrayLiteral(closed.map((one) => one.id)),
      arrayLiteral(closed.map((one) => one.state)),
      arrayLiteral(closed.map((one) => one.targetId)),
    ],
  );
}

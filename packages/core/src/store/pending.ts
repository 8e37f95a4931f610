import { arrayLiteral, type SqlSession } from "@fieldwright/connector-kit/sql";
import type { LandedRecord } from "./landing.js";
import type { Store } from "./open-store.js";

/** A record that a sync still owes a decision, and why. */
export interface PendingRow {
  readonly sourceId: string;
  /** `waiting` for data, `held` for a person, `failed` to be tried again by the next run, `changed` to be decided once more. */
  readonly state: "waiting" | "held" | "failed" | "changed";
  readonly code: string;
  readonly reason: string;
  readonly field: string | null;
  readonly waitsFor: { readonly sync: number; readonly id: string } | null;
}

export type UndecidedRow = Omit<PendingRow, "waitsFor" | "state"> & { readonly state: Exclude<PendingRow["state"], "changed"> };

/** Puts landed records in line: all of the stream, those above a version, or those with these ids. */
export async function enqueue(
  store: Store,
  session: SqlSession,
  line: { sync: number; stream: string; which: "all" | { above: number } | { ids: readonly string[] } },
): Promise<number> {
  const { which } = line;
  const condition = which === "all" ? "l.deleted_at is null" : "above" in which ? "l.version > $3" : "l.id = any($3::text[])";
  const value = which === "all" ? [] : ["above" in which ? which.above : arrayLiteral(which.ids)];
  return session.run(
    `insert into ${store.table("pending")} as p (sync, source_id, state) select $1::int, l.id, 'changed' from ${store.landing(line.stream)} l where l.tenant = $2 and ${condition}
     on conflict (sync, source_id) do update set state = 'changed', waits_for_sync = null, waits_for_id = null`,
    [line.sync, store.tenant, ...value],
  );
}

/** The next records in line, by id. `new` leaves out those that failed; so does `all` with those that failed in this very run: they have had their turn. */
export async function nextPending(
  store: Store,
  session: SqlSession,
  query: { sync: number; stream: string; after: string; limit: number; only: "all" | "new"; run: number },
): Promise<readonly LandedRecord[]> {
  const ready = `(p.state = 'waiting' and exists (select from ${store.table("links")} k where k.sync = p.waits_for_sync and k.source_id = p.waits_for_id))`;
  return session.query<LandedRecord>(
    `select l.id, l.data, l.deleted_at is not null as deleted from ${store.table("pending")} p join ${store.landing(query.stream)} l on l.tenant = $2 and l.id = p.source_id
     where p.sync = $1 and p.source_id > $3 and (p.state = 'changed' or (p.state = 'failed' and $5::bigint is not null and p.run is distinct from $5) or ${ready}) order by p.source_id limit $4`,
    [query.sync, store.tenant, query.after, query.limit, query.only === "all" ? query.run : null],
  );
}

export async function writePending(
  store: Store,
  session: SqlSession,
  pending: { sync: number; run: number; rows: readonly PendingRow[] },
): Promise<void> {
  const { rows } = pending;
  if (rows.length === 0) return;
  const column = (value: (row: PendingRow) => unknown) => arrayLiteral(rows.map(value));
  await session.run(
    `insert into ${store.table("pending")} as p (sync, run, source_id, state, code, reason, field, waits_for_sync, waits_for_id)
     select $1::int, $2::bigint, * from unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::int[], $9::text[])
     on conflict (sync, source_id) do update set run = excluded.run, state = excluded.state, code = excluded.code, reason = excluded.reason, field = excluded.field,
       waits_for_sync = excluded.waits_for_sync, waits_for_id = excluded.waits_for_id, since = case when p.state = excluded.state then p.since else now() end`,
    [
      pending.sync,
      pending.run,
      column((row) => row.sourceId),
      column((row) => row.state),
      column((row) => row.code),
      column((row) => row.reason),
      column((row) => row.field),
      column((row) => row.waitsFor?.sync ?? null),
      column((row) => row.waitsFor?.id ?? null),
    ],
  );
}

export function removePending(store: Store, session: SqlSession, pending: { sync: number; sourceIds: readonly string[] }): void {
  if (pending.sourceIds.length === 0) return;
  session.later(`delete from ${store.table("pending")} where sync = $1 and source_id = any($2::text[])`, [
    pending.sync,
    arrayLiteral(pending.sourceIds),
  ]);
}

/** A record that waits, with the name of its sync. */
export interface HeldRow {
  readonly sync: string;
  readonly sourceId: string;
  readonly state: "waiting" | "held" | "failed";
  readonly code: string;
  readonly reason: string;
  readonly field: string | null;
  readonly since: string;
  readonly run: number | null;
}

/** Records that wait in one of these states, the oldest first. */
export function readHeld(
  store: Store,
  session: SqlSession,
  query: { states: readonly HeldRow["state"][]; limit: number; sync?: string; sourceId?: string },
): Promise<readonly HeldRow[]> {
  return session.query<HeldRow>(
    `select s.name as sync, p.source_id as "sourceId", p.state, coalesce(p.code, '') as code, coalesce(p.reason, '') as reason, p.field, p.since, p.run
     from ${store.table("pending")} p join ${store.table("syncs")} s on s.id = p.sync
     where s.tenant = $1 and p.state = any($2::text[]) and ($3::text is null or s.name = $3) and ($4::text is null or p.source_id = $4)
     order by p.since, s.name, p.source_id limit $5`,
    [store.tenant, arrayLiteral(query.states), query.sync ?? null, query.sourceId ?? null, query.limit],
  );
}

/** Those of these records that wait, are held or were refused, with the reason. */
export async function readUndecided(
  store: Store,
  session: SqlSession,
  query: { sync: number; sourceIds: readonly string[] },
): Promise<ReadonlyMap<string, UndecidedRow>> {
  const rows = await session.query<UndecidedRow>(
    `select source_id as "sourceId", state, coalesce(code, '') as code, coalesce(reason, '') as reason, field from ${store.table("pending")}
     where sync = $1 and source_id = any($2::text[]) and state in ('waiting', 'held', 'failed')`,
    [query.sync, arrayLiteral(query.sourceIds)],
  );
  return new Map(rows.map((row) => [row.sourceId, row]));
}

/** How many of these ids are in line. */
export async function countPendingAmong(
  store: Store,
  session: SqlSession,
  query: { sync: number; sourceIds: readonly string[] },
): Promise<number> {
  const [row] = await session.query<{ n: number }>(
    `select count(*) as n from ${store.table("pending")} where sync = $1 and source_id = any($2::text[])`,
    [query.sync, arrayLiteral(query.sourceIds)],
  );
  return row?.n ?? 0;
}

/** How many records are in line for a decision now, and how many of them are gone at the source. */
export async function countInLine(
  store: Store,
  session: SqlSession,
  query: { sync: number; stream: string },
): Promise<{ readonly all: number; readonly gone: number }> {
  const [row] = await session.query<{ all: number; gone: number }>(
    `select count(*)::int as all, (count(*) filter (where l.deleted_at is not null))::int as gone from ${store.table("pending")} p
     join ${store.landing(query.stream)} l on l.tenant = $2 and l.id = p.source_id where p.sync = $1 and p.state in ('changed', 'failed', 'waiting')`,
    [query.sync, store.tenant],
  );
  return row ?? { all: 0, gone: 0 };
}

export interface PendingCounts {
  readonly changed: number;
  readonly waiting: number;
  readonly held: number;
  readonly failed: number;
}

/** What is in line; without what `exceptRun` itself has put there. */
export async function countPending(store: Store, session: SqlSession, query: { sync: number; exceptRun?: number }): Promise<PendingCounts> {
  const rows = await session.query<{ state: keyof PendingCounts; n: number }>(
    `select state, count(*) as n from ${store.table("pending")} where sync = $1 and ($2::bigint is null or run is distinct from $2) group by state`,
    [query.sync, query.exceptRun ?? null],
  );
  const counts = { changed: 0, waiting: 0, held: 0, failed: 0 };
  for (const row of rows) counts[row.state] = row.n;
  return counts;
}

import type { DataRecord } from "@fieldwright/connector-kit";
import { arrayLiteral, type SqlSession } from "@fieldwright/connector-kit/sql";
import type { Store } from "./open-store.js";

export interface KeptChecks {
  readonly run: number | null;
  readonly at: string;
  readonly verified: boolean;
  readonly report: unknown;
}

/** Keeps a report of checks, and tells its number. */
export async function keepChecks(store: Store, session: SqlSession, kept: KeptChecks): Promise<number> {
  const [row] = await session.query<{ id: number }>(
    `insert into ${store.table("checks")} (tenant, run, at, verified, report) values ($1, $2, $3::timestamptz, $4, $5::jsonb) returning id`,
    [store.tenant, kept.run, kept.at, kept.verified, JSON.stringify(kept.report)],
  );
  return row?.id ?? 0;
}

/** A landed record with what the sync knows of it. */
export interface SourceRow {
  readonly id: string;
  readonly data: DataRecord;
  readonly targetId: string | null;
  /** Why it is not decided, where it is not. */
  readonly state: "changed" | "waiting" | "held" | "failed" | null;
  readonly reason: string | null;
  /** A person has said that it is left alone. */
  readonly ignored: boolean;
}

interface SourceQuery {
  readonly sync: number;
  readonly stream: string;
}

const sourceRows = (store: Store, stream: string) => `from ${store.landing(stream)} l
  left join ${store.table("links")} k on k.sync = $2 and k.source_id = l.id
  left join ${store.table("pending")} p on p.sync = $2 and p.source_id = l.id
  left join ${store.table("rulings")} r on r.sync = $2 and r.source_id = l.id and r.ruling = 'ignore'
  where l.tenant = $1 and l.deleted_at is null`;

const sourceColumns = `l.id, l.data, k.target_id as "targetId", p.state, p.reason, r.ruling is not null as ignored`;

/** The source's records by id, at most `limit` after `after`. */
export function readSourceRows(
  store: Store,
  session: SqlSession,
  query: SourceQuery & { after: string; limit: number },
): Promise<readonly SourceRow[]> {
  // Every join keeps to the span of the page: a join of whole tables, cut at the end, would walk them anew for each page.
  return session.query<SourceRow>(
    `with l as materialized (select id, data from ${store.landing(query.stream)} where tenant = $1 and deleted_at is null and id > $3 order by id limit $4)
     select ${sourceColumns} from l left join ${store.table("links")} k on k.sync = $2 and k.source_id = l.id and k.source_id > $3 and k.source_id <= (select max(id) from l)
     left join ${store.table("pending")} p on p.sync = $2 and p.source_id = l.id and p.source_id > $3 and p.source_id <= (select max(id) from l)
     left join ${store.table("rulings")} r on r.sync = $2 and r.source_id = l.id and r.ruling = 'ignore' order by l.id`,
    [store.tenant, query.sync, query.after, query.limit],
  );
}

/** The first of those without a target, or of them those that are in line. */
export function firstUnlinkedRows(
  store: Store,
  session: SqlSession,
  query: SourceQuery & { which: "all" | "in line"; limit: number },
): Promise<readonly SourceRow[]> {
  const inLine = query.which === "in line" ? "and p.state is not null" : "";
  return session.query<SourceRow>(
    `select ${sourceColumns} ${sourceRows(store, query.stream)} and k.target_id is null and r.ruling is null ${inLine} order by l.id limit $3`,
    [store.tenant, query.sync, query.limit],
  );
}

/** The same of these records. */
export function readSourceRowsOf(
  store: Store,
  session: SqlSession,
  query: SourceQuery & { ids: readonly string[] },
): Promise<readonly SourceRow[]> {
  return session.query<SourceRow>(`select ${sourceColumns} ${sourceRows(store, query.stream)} and l.id = any($3::text[])`, [
    store.tenant,
    query.sync,
    arrayLiteral(query.ids),
  ]);
}

export interface SourceCounts {
  /** Records that the source has. */
  readonly all: number;
  readonly ignored: number;
  /** Neither ignored nor linked, and in line or held. */
  readonly inLine: number;
  /** Neither ignored nor linked, and yet decided. */
  readonly passedOver: number;
}

export async function countSourceRows(store: Store, session: SqlSession, query: SourceQuery): Promise<SourceCounts> {
  const open = "r.ruling is null and k.target_id is null";
  const [row] = await session.query<SourceCounts>(
    `select count(*)::int as all, count(r.ruling)::int as ignored, (count(*) filter (where ${open} and p.state is not null))::int as "inLine",
       (count(*) filter (where ${open} and p.state is null))::int as "passedOver" ${sourceRows(store, query.stream)}`,
    [store.tenant, query.sync],
  );
  return row ?? { all: 0, ignored: 0, inLine: 0, passedOver: 0 };
}

/** How many records the source has, and how many are linked; `gone` are linked to a source record that is no more. */
export async function countSides(
  store: Store,
  session: SqlSession,
  query: SourceQuery,
): Promise<{ readonly source: number; readonly linked: number; readonly gone: number }> {
  const [row] = await session.query<{ source: number; linked: number; alive: number }>(
    `select (select count(*)::int from ${store.landing(query.stream)} where tenant = $1 and deleted_at is null) as source,
       count(*)::int as linked, count(l.id)::int as alive from ${store.table("links")} k
       left join ${store.landing(query.stream)} l on l.tenant = $1 and l.id = k.source_id and l.deleted_at is null where k.sync = $2`,
    [store.tenant, query.sync],
  );
  return { source: row?.source ?? 0, linked: row?.linked ?? 0, gone: (row?.linked ?? 0) - (row?.alive ?? 0) };
}

/** A link, and whether its source record is gone. */
export interface CheckedLink {
  readonly sourceId: string;
  readonly targetId: string;
  readonly gone: boolean;
}

/** All links by source id, a page at a time. */
export function readLinks(
  store: Store,
  session: SqlSession,
  query: SourceQuery & { after: string; limit: number },
): Promise<readonly CheckedLink[]> {
  return session.query<CheckedLink>(
    `with k as materialized (select source_id, target_id from ${store.table("links")} where sync = $2 and source_id > $3 order by source_id limit $4)
     select k.source_id as "sourceId", k.target_id as "targetId", l.id is null as gone from k
     left join ${store.landing(query.stream)} l on l.tenant = $1 and l.id = k.source_id and l.id > $3 and l.id <= (select max(source_id) from k) and l.deleted_at is null order by k.source_id`,
    [store.tenant, query.sync, query.after, query.limit],
  );
}

/** Some links: first those that a run wrote, then any others, another choice by each seed. */
export function sampleLinks(
  store: Store,
  session: SqlSession,
  query: SourceQuery & { run: number; seed: string; limit: number },
): Promise<readonly CheckedLink[]> {
  return session.query<CheckedLink>(
    `with k as materialized (
       select k.source_id, k.target_id from ${store.table("links")} k
       left join (select distinct source_id from ${store.table("changes")} where run = $3 and sync = $2) w on w.source_id = k.source_id
       where k.sync = $2 order by w.source_id is null, hashtext(k.source_id || $4), k.source_id limit $5)
     select k.source_id as "sourceId", k.target_id as "targetId", l.id is null as gone from k
     left join ${store.landing(query.stream)} l on l.tenant = $1 and l.id = k.source_id and l.deleted_at is null`,
    [store.tenant, query.sync, query.run, query.seed, query.limit],
  );
}

/** Target records that several source records are linked to. */
export async function doubleLinks(
  store: Store,
  session: SqlSession,
  query: { sync: number; limit: number },
): Promise<{ readonly found: number; readonly rows: readonly { readonly targetId: string; readonly sourceIds: readonly string[] }[] }> {
  const rows = await session.query<{ targetId: string; sourceIds: readonly string[]; found: number }>(
    `select target_id as "targetId", (array_agg(source_id order by source_id))[1:5] as "sourceIds", (count(*) over ())::int as found
     from ${store.table("links")} where sync = $1 group by target_id having count(*) > 1 order by target_id limit $2`,
    [query.sync, query.limit],
  );
  return { found: rows[0]?.found ?? 0, rows };
}

/** The last run that wrote for a sync, and how many records it wrote. */
export async function lastWriter(
  store: Store,
  session: SqlSession,
  query: { sync: number; run?: number },
): Promise<{ readonly run: number; readonly wrote: number } | undefined> {
  const table = store.table("changes");
  const [row] = await session.query<{ run: number | null; wrote: number }>(
    `select run, count(distinct source_id)::int as wrote from ${table} where sync = $1 and state = 'done'
     and run = coalesce($2, (select run from ${table} where sync = $1 and state = 'done' order by id desc limit 1)) group by run`,
    [query.sync, query.run ?? null],
  );
  return row?.run ? { run: row.run, wrote: row.wrote } : undefined;
}

/** Some records that a run wrote, and how long ago. */
export function sampleWritten(
  store: Store,
  session: SqlSession,
  query: { run: number; sync: number; limit: number },
): Promise<readonly { readonly sourceId: string; readonly ageMs: number }[]> {
  return session.query(
    `select source_id as "sourceId", (extract(epoch from clock_timestamp() - max(at)) * 1000)::float8 as "ageMs" from ${store.table("changes")}
     where run = $1 and sync = $2 and state = 'done' group by source_id order by hashtext(source_id), source_id limit $3`,
    [query.run, query.sync, query.limit],
  );
}

export type BalanceCounts = Readonly<
  Record<"read" | "filtered" | "unchanged" | "created" | "updated" | "deleted" | "waiting" | "held" | "failed", number>
>;

/** The counts of a sync's last run that came to its end. */
export async function lastCounts(
  store: Store,
  session: SqlSession,
  query: { sync: string },
): Promise<(BalanceCounts & { readonly run: number }) | undefined> {
  const [row] = await session.query<BalanceCounts & { readonly run: number }>(
    `select p.run, read, filtered, unchanged, created, updated, deleted, waiting, held, failed from ${store.table("run_syncs")} p
     join ${store.table("runs")} r on r.id = p.run where r.tenant = $1 and p.sync = $2 and r.kind <> 'plan' and p.status <> 'running' order by p.run desc limit 1`,
    [store.tenant, query.sync],
  );
  return row;
}

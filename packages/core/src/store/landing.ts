import { createHash, hash } from "node:crypto";
import type { DataRecord } from "@fieldwright/connector-kit";
import { arrayLiteral, copyLine, quoteName, type SqlSession } from "@fieldwright/connector-kit/sql";
import type { Path } from "../spec/model.js";
import { landingName, type Store } from "./open-store.js";

/** A record as it lies in landing. */
export interface LandedRecord {
  readonly id: string;
  readonly data: DataRecord;
  /** Gone at the source. */
  readonly deleted: boolean;
}

/** A read record on its way into landing. */
export interface ReadRecord {
  readonly id: string;
  readonly data: DataRecord;
  readonly json: string;
  readonly checksum: string;
}

export interface Landed {
  readonly inserted: readonly ReadRecord[];
  readonly updated: readonly ReadRecord[];
}

/** Creates the landing table of a stream if it is missing. */
export async function ensureLanding(store: Store, session: SqlSession, stream: string): Promise<void> {
  const table = store.landing(stream);
  await session.run(`create schema if not exists ${quoteName(store.landingSchema)}`);
  await session.run(`create table if not exists ${table} (
    tenant text not null, id text collate "C" not null, data jsonb not null, checksum text not null,
    first_seen timestamptz not null default now(), last_seen timestamptz not null default now(), changed_at timestamptz not null default now(),
    deleted_at timestamptz, run bigint not null, version bigint not null, primary key (tenant, id))`);
}

/** Lets related records be looked up by one of their fields. */
export async function ensureLandingIndex(store: Store, session: SqlSession, of: { stream: string; field: string }): Promise<void> {
  const { stream, field } = of;
  const name = `${landingName(stream).slice(0, 30)}_${createHash("sha1").update(`${stream} ${field}`).digest("hex").slice(0, 12)}`;
  await session.run(`create index if not exists ${quoteName(name)} on ${store.landing(stream)} (tenant, ${dataText(field.split("."))})`);
}

/** The text at a path of landed data, as an expression; an index made with it serves it. `alias` is the table's name in the statement. */
export function dataText(path: Path, alias = ""): string {
  const data = alias === "" ? "data" : `${alias}.data`;
  const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;
  return path.length === 1 ? `(${data}->>${literal(path[0] ?? "")})` : `(${data}#>>${literal(arrayLiteral(path))})`;
}

/** A read record with its id and checksum. `volatile` fields are landed but do not count. */
export function readRecord(
  data: DataRecord,
  options: { readonly key: string; readonly volatile: readonly string[] },
): ReadRecord | undefined {
  const key = data[options.key];
  const id = typeof key === "string" ? key.trim() : typeof key === "number" || typeof key === "bigint" ? String(key) : "";
  if (id === "") return undefined;
  const json = JSON.stringify(data);
  const counted =
    options.volatile.length === 0 ? json : JSON.stringify(data, (name, value) => (options.volatile.includes(name) ? undefined : value));
  return { id, data, json, checksum: hash("sha1", counted, "base64url").slice(0, 22) };
}

/** The next landed records that are still there, by id. */
export function nextLanded(
  store: Store,
  session: SqlSession,
  query: { stream: string; after: string; limit: number },
): Promise<readonly LandedRecord[]> {
  return session.query<LandedRecord>(
    `select id, data, false as deleted from ${store.landing(query.stream)} where tenant = $1 and deleted_at is null and id > $2 order by id limit $3`,
    [store.tenant, query.after, query.limit],
  );
}

/** Which of these records are new and which changed, by one join; the others die here. */
export async function compareLanding(
  store: Store,
  session: SqlSession,
  page: { stream: string; records: readonly ReadRecord[] },
): Promise<Landed> {
  const { records } = page;
  const rows = await session.query<{ n: number; known: boolean }>(
    `select u.n::int as n, l.id is not null as known from unnest($2::text[], $3::text[]) with ordinality u(id, checksum, n)
     left join ${store.landing(page.stream)} l on l.tenant = $1 and l.id = u.id
     where l.id is null or l.checksum <> u.checksum or l.deleted_at is not null`,
    [store.tenant, arrayLiteral(records.map((record) => record.id)), arrayLiteral(records.map((record) => record.checksum))],
  );
  const inserted: ReadRecord[] = [];
  const updated: ReadRecord[] = [];
  for (const row of rows) {
    const record = records[row.n - 1];
    if (record) (row.known ? updated : inserted).push(record);
  }
  return { inserted, updated };
}

/** Writes the new and changed records of a page under `version`. */
export async function writeLanding(
  store: Store,
  session: SqlSession,
  page: Landed & { stream: string; run: number; version: number },
): Promise<void> {
  const table = store.landing(page.stream);
  if (page.inserted.length > 0) {
    let lines = "";
    for (const record of page.inserted) lines += copyLine([store.tenant, record.id, record.json, record.checksum, page.run, page.version]);
    await session.copyIn(table, ["tenant", "id", "data", "checksum", "run", "version"], lines);
  }
  if (page.updated.length > 0) {
    await session.run(
      `update ${table} l set data = u.data::jsonb, checksum = u.checksum, last_seen = now(), changed_at = now(), deleted_at = null, run = $5, version = $6
       from unnest($2::text[], $3::text[], $4::text[]) u(id, data, checksum) where l.tenant = $1 and l.id = u.id`,
      [
        store.tenant,
        arrayLiteral(page.updated.map((r) => r.id)),
        arrayLiteral(page.updated.map((r) => r.json)),
        arrayLiteral(page.updated.map((r) => r.checksum)),
        page.run,
        page.version,
      ],
    );
  }
}

/** The landed records with these ids. */
export function landedOf(
  store: Store,
  session: SqlSession,
  query: { stream: string; ids: readonly string[] },
): Promise<readonly LandedRecord[]> {
  return session.query<LandedRecord>(
    `select id, data, deleted_at is not null as deleted from ${store.landing(query.stream)} where tenant = $1 and id = any($2::text[])`,
    [store.tenant, arrayLiteral(query.ids)],
  );
}

/** Refreshes what the planner knows of these tables. Without it a join right after a load can take minutes. */
export async function analyze(store: Store, tables: readonly string[]): Promise<void> {
  await store.database.run(`analyze ${tables.join(", ")}`);
}

/** Remembers which records a full listing has shown. */
export async function writeSeen(store: Store, session: SqlSession, page: { stream: string; ids: readonly string[] }): Promise<void> {
  if (page.ids.length === 0) return;
  let lines = "";
  for (const id of page.ids) lines += copyLine([store.tenant, page.stream, id]);
  await session.copyIn(store.table("seen"), ["tenant", "stream", "id"], lines);
}

export async function clearSeen(store: Store, session: SqlSession, stream: string): Promise<void> {
  await session.run(`delete from ${store.table("seen")} where tenant = $1 and stream = $2`, [store.tenant, stream]);
}

/** Records that a full listing did not show, at most `limit` of them. */
export async function absentIds(store: Store, session: SqlSession, query: { stream: string; limit: number }): Promise<readonly string[]> {
  const rows = await session.query<{ id: string }>(
    `select l.id from ${store.landing(query.stream)} l where l.tenant = $1 and l.deleted_at is null
     and not exists (select from ${store.table("seen")} s where s.tenant = $1 and s.stream = $2 and s.id = l.id) order by l.id limit $3`,
    [store.tenant, query.stream, query.limit],
  );
  return rows.map((row) => row.id);
}

/** Marks records as gone at the source: those named, or all that the listing did not show. */
export async function markDeleted(
  store: Store,
  session: SqlSession,
  gone: { stream: string; run: number; version: number; ids: readonly string[] | "all absent" },
): Promise<number> {
  const table = store.landing(gone.stream);
  const which =
    gone.ids === "all absent"
      ? `not exists (select from ${store.table("seen")} s where s.tenant = $1 and s.stream = $4 and s.id = l.id)`
      : "l.id = any($4::text[])";
  return session.run(
    `update ${table} l set deleted_at = now(), run = $2, version = $3 where l.tenant = $1 and l.deleted_at is null and ${which}`,
    [store.tenant, gone.run, gone.version, gone.ids === "all absent" ? gone.stream : arrayLiteral(gone.ids)],
  );
}

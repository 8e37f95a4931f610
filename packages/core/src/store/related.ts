import type { DataRecord } from "@fieldwright/connector-kit";
import { arrayLiteral, type SqlSession } from "@fieldwright/connector-kit/sql";
import type { Path } from "../spec/model.js";
import { dataText } from "./landing.js";
import type { Store } from "./open-store.js";

/** Landed records of `stream` whose key, or whose field, is among `values`. */
export async function landedWhere(
  store: Store,
  session: SqlSession,
  query: { stream: string; field: string | "key"; values: readonly string[] },
): Promise<readonly DataRecord[]> {
  if (query.values.length === 0) return [];
  const column = query.field === "key" ? "id" : dataText(query.field.split("."));
  const rows = await session.query<{ data: DataRecord }>(
    `select data from ${store.landing(query.stream)} where tenant = $1 and deleted_at is null and ${column} = any($2::text[]) order by id`,
    [store.tenant, arrayLiteral(query.values)],
  );
  return rows.map((row) => row.data);
}

/** Puts in line the records of a sync that look at one of `values` through `path`: a related record of theirs has changed. */
export async function enqueueParents(
  store: Store,
  session: SqlSession,
  change: { sync: number; stream: string; path: Path; values: readonly string[] },
): Promise<void> {
  if (change.values.length === 0) return;
  await session.run(
    `insert into ${store.table("pending")} (sync, source_id, state) select $1::int, l.id, 'changed' from ${store.landing(change.stream)} l
     where l.tenant = $2 and l.deleted_at is null and ${dataText(change.path, "l")} = any($3::text[])
     on conflict (sync, source_id) do update set state = 'changed', waits_for_sync = null, waits_for_id = null`,
    [change.sync, store.tenant, arrayLiteral(change.values)],
  );
}

/** The same for all records of `child` that were marked as gone under `version`. */
export async function enqueueParentsOfGone(
  store: Store,
  session: SqlSession,
  gone: { sync: number; stream: string; path: Path; child: string; field: string | "key"; version: number },
): Promise<void> {
  const value = gone.field === "key" ? "c.id" : dataText(gone.field.split("."), "c");
  await session.run(
    `insert into ${store.table("pending")} (sync, source_id, state) select distinct $1::int, l.id, 'changed' from ${store.landing(gone.child)} c
     join ${store.landing(gone.stream)} l on l.tenant = c.tenant and l.deleted_at is null and ${dataText(gone.path, "l")} = ${value}
     where c.tenant = $2 and c.version = $3 and c.deleted_at is not null
     on conflict (sync, source_id) do update set state = 'changed', waits_for_sync = null, waits_for_id = null`,
    [gone.sync, store.tenant, gone.version],
  );
}

/** What a field of these landed records says, as text. */
export async function landedTexts(
  store: Store,
  session: SqlSession,
  query: { stream: string; ids: readonly string[]; field: string },
): Promise<readonly string[]> {
  if (query.ids.length === 0) return [];
  const text = dataText(query.field.split("."));
  const rows = await session.query<{ value: string }>(
    `select distinct ${text} as value from ${store.landing(query.stream)} where tenant = $1 and id = any($2::text[]) and ${text} is not null`,
    [store.tenant, arrayLiteral(query.ids)],
  );
  return rows.map((row) => row.value);
}

import type { SqlSession } from "@fieldwright/connector-kit/sql";
import type { Store } from "./open-store.js";

export interface SyncState {
  /** The sync's number in the hot tables. */
  readonly id: number;
  /** Hash of the spec by which landed records were decided; null before the first run. */
  readonly hash: string | null;
  /** Landed changes of the source stream up to this version are decided or in line. */
  readonly version: number;
  /** People have decided about some of its records for good. */
  readonly ruled: boolean;
  /** It had links when the run began. */
  readonly linked: boolean;
}

/** The state of a sync; a sync that is new to the store gets its number here. */
export async function readSyncState(store: Store, session: SqlSession, name: string): Promise<SyncState> {
  const table = store.table("syncs");
  await session.run(
    `insert into ${table} (tenant, name) select $1, $2 where not exists (select from ${table} where tenant = $1 and name = $2) on conflict do nothing`,
    [store.tenant, name],
  );
  const [row] = await session.query<SyncState>(
    `select id, hash, version, exists (select from ${store.table("rulings")} r where r.sync = s.id) as ruled, exists (select from ${store.table("links")} k where k.sync = s.id) as linked from ${table} s where tenant = $1 and name = $2`,
    [store.tenant, name],
  );
  if (!row) throw new Error(`The sync ${name} has no row in the store.`);
  return row;
}

/** The names of the tenant's syncs by their number. */
export async function syncNames(store: Store, session: SqlSession): Promise<ReadonlyMap<number, string>> {
  const rows = await session.query<{ id: number; name: string }>(`select id, name from ${store.table("syncs")} where tenant = $1`, [
    store.tenant,
  ]);
  return new Map(rows.map((row) => [row.id, row.name]));
}

export function writeSyncState(store: Store, session: SqlSession, state: SyncState): void {
  session.later(`update ${store.table("syncs")} set hash = $2, version = $3 where id = $1`, [state.id, state.hash, state.version]);
}

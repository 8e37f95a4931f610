import { arrayLiteral, type SqlSession } from "@fieldwright/connector-kit/sql";
import type { Store } from "./open-store.js";

/** What a person has decided about a record for good. `ignore`: leave it alone. `create`: make a new target record, whatever seems to fit. */
export type Ruling = "ignore" | "create";

export async function readRulings(
  store: Store,
  session: SqlSession,
  query: { sync: number; sourceIds: readonly string[] },
): Promise<ReadonlyMap<string, Ruling>> {
  if (query.sourceIds.length === 0) return new Map();
  const rows = await session.query<{ source_id: string; ruling: Ruling }>(
    `select source_id, ruling from ${store.table("rulings")} where sync = $1 and source_id = any($2::text[])`,
    [query.sync, arrayLiteral(query.sourceIds)],
  );
  return new Map(rows.map((row) => [row.source_id, row.ruling]));
}

export async function writeRuling(
  store: Store,
  session: SqlSession,
  ruling: { sync: number; sourceId: string; ruling: Ruling; by: string },
): Promise<void> {
  await session.run(
    `insert into ${store.table("rulings")} (sync, source_id, ruling, by) values ($1, $2, $3, $4)
     on conflict (sync, source_id) do update set ruling = excluded.ruling, by = excluded.by, at = now()`,
    [ruling.sync, ruling.sourceId, ruling.ruling, ruling.by],
  );
}

/** A ruling that has been carried out, or was taken back. */
export function dropRulings(store: Store, session: SqlSession, of: { sync: number; sourceIds: readonly string[] }): void {
  if (of.sourceIds.length === 0) return;
  session.later(`delete from ${store.table("rulings")} where sync = $1 and source_id = any($2::text[])`, [
    of.sync,
    arrayLiteral(of.sourceIds),
  ]);
}

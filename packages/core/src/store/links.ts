import { arrayLiteral, copyLine, type SqlSession } from "@fieldwright/connector-kit/sql";
import type { Store } from "./open-store.js";

export interface Link {
  readonly sourceId: string;
  readonly targetId: string;
}

/** Source id -> target id, for those of `sourceIds` that are linked. */
export async function linksOfSources(
  store: Store,
  session: SqlSession,
  query: { sync: number; sourceIds: readonly string[] },
): Promise<ReadonlyMap<string, string>> {
  if (query.sourceIds.length === 0) return new Map();
  const rows = await session.query<{ source_id: string; target_id: string }>(
    `select source_id, target_id from ${store.table("links")} where sync = $1 and source_id = any($2::text[])`,
    [query.sync, arrayLiteral(query.sourceIds)],
  );
  return new Map(rows.map((row) => [row.source_id, row.target_id]));
}

/** Target id -> source id, for those of `targetIds` that are linked. */
export async function linksOfTargets(
  store: Store,
  session: SqlSession,
  query: { sync: number; targetIds: readonly string[] },
): Promise<ReadonlyMap<string, string>> {
  if (query.targetIds.length === 0) return new Map();
  const rows = await session.query<{ source_id: string; target_id: string }>(
    `select source_id, target_id from ${store.table("links")} where sync = $1 and target_id = any($2::text[])`,
    [query.sync, arrayLiteral(query.targetIds)],
  );
  return new Map(rows.map((row) => [row.target_id, row.source_id]));
}

export async function writeLinks(store: Store, session: SqlSession, links: { sync: number; rows: readonly Link[] }): Promise<void> {
  if (links.rows.length === 0) return;
  let lines = "";
  for (const link of links.rows) lines += copyLine([links.sync, link.sourceId, link.targetId]);
  await session.copyIn(store.table("links"), ["sync", "source_id", "target_id"], lines);
}

export function removeLinks(store: Store, session: SqlSession, links: { sync: number; sourceIds: readonly string[] }): void {
  if (links.sourceIds.length === 0) return;
  session.later(`delete from ${store.table("links")} where sync = $1 and source_id = any($2::text[])`, [
    links.sync,
    arrayLiteral(links.sourceIds),
  ]);
}

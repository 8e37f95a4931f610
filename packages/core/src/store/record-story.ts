import type { SqlSession } from "@fieldwright/connector-kit/sql";
import type { Store } from "./open-store.js";

interface Of {
  readonly sync: number;
  readonly sourceId: string;
}

export interface StoryWrite {
  readonly at: string;
  readonly run: number;
  readonly kind: string | null;
  readonly by: string | null;
  readonly operation: string;
  readonly state: string;
  readonly targetId: string | null;
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
  readonly why: unknown;
}

/** Every write of a record, the oldest first, with the run that made it and who asked for that. */
export function writesOfRecord(store: Store, session: SqlSession, of: Of): Promise<readonly StoryWrite[]> {
  return session.query<StoryWrite>(
    `select c.at, c.run, r.kind, r.by, c.operation, c.state, c.target_id as "targetId", c.before, c.after, c.why
     from ${store.table("changes")} c left join ${store.table("runs")} r on r.id = c.run where c.sync = $1 and c.source_id = $2 order by c.id`,
    [of.sync, of.sourceId],
  );
}

/** What a person decided about a record for good. */
export async function rulingOfRecord(
  store: Store,
  session: SqlSession,
  of: Of,
): Promise<{ readonly ruling: string; readonly by: string; readonly at: string } | undefined> {
  const [row] = await session.query<{ ruling: string; by: string; at: string }>(
    `select ruling, by, at from ${store.table("rulings")} where sync = $1 and source_id = $2`,
    [of.sync, of.sourceId],
  );
  return row;
}

/** By field, since when it belongs to a person. */
export async function humanSinceOf(store: Store, session: SqlSession, of: Of): Promise<Readonly<Record<string, string>>> {
  const [row] = await session.query<{ since: Readonly<Record<string, string>> | null }>(
    `select human_since as since from ${store.table("remembered")} where sync = $1 and source_id = $2`,
    [of.sync, of.sourceId],
  );
  return row?.since ?? {};
}

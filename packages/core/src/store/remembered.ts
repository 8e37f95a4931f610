import { arrayLiteral, type SqlSession } from "@fieldwright/connector-kit/sql";
import type { Store } from "./open-store.js";

type Values = Readonly<Record<string, unknown>>;

/** What a sync keeps in mind of a linked record, so that it can tell a person's work from its own. */
export interface Remembered {
  /** The furthest stage on its pipeline's line that was ever seen. */
  readonly highest?: string;
  /** By protected field, the last value that the sync wrote. */
  readonly written: Values;
  /** By protected field, what the source asked for when it was last decided. */
  readonly wanted: Values;
  /** Fields that belong to a person until released. */
  readonly human: readonly string[];
}

/** By source id, for those of `sourceIds` of which anything is known. */
export async function readRemembered(
  store: Store,
  session: SqlSession,
  query: { sync: number; sourceIds: readonly string[] },
): Promise<ReadonlyMap<string, Remembered>> {
  if (query.sourceIds.length === 0) return new Map();
  const rows = await session.query<{
    source_id: string;
    highest: string | null;
    written: Values;
    wanted: Values;
    human: readonly string[];
  }>(
    `select source_id, highest, written, wanted, human from ${store.table("remembered")} where sync = $1 and source_id = any($2::text[])`,
    [query.sync, arrayLiteral(query.sourceIds)],
  );
  return new Map(
    rows.map(({ source_id, highest, written, wanted, human }) => [
      source_id,
      { ...(highest === null ? {} : { highest }), written, wanted, human },
    ]),
  );
}

export async function writeRemembered(
  store: Store,
  session: SqlSession,
  remembered: { sync: number; rows: ReadonlyMap<string, Remembered> },
): Promise<void> {
  const rows = [...remembered.rows];
  if (rows.length === 0) return;
  await session.run(
    `insert into ${store.table("remembered")} as p (sync, source_id, highest, written, wanted, human, human_since)
     select $1::int, u.id, u.highest, u.written::json, u.wanted::json, array(select json_array_elements_text(u.human::json)),
       (select json_object_agg(field, now()) from json_array_elements_text(u.human::json) field)
     from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[]) u(id, highest, written, wanted, human)
     on conflict (sync, source_id) do update set highest = excluded.highest, written = excluded.written, wanted = excluded.wanted, human = excluded.human,
       human_since = (select json_object_agg(field, coalesce(p.human_since->>field, excluded.human_since->>field)) from unnest(excluded.human) field)`,
    [
      remembered.sync,
      arrayLiteral(rows.map(([id]) => id)),
      arrayLiteral(rows.map(([, one]) => one.highest ?? null)),
      arrayLiteral(rows.map(([, one]) => JSON.stringify(one.written))),
      arrayLiteral(rows.map(([, one]) => JSON.stringify(one.wanted))),
      arrayLiteral(rows.map(([, one]) => JSON.stringify(one.human))),
    ],
  );
}

export function forget(store: Store, session: SqlSession, of: { sync: number; sourceIds: readonly string[] }): void {
  if (of.sourceIds.length === 0) return;
  session.later(`delete from ${store.table("remembered")} where sync = $1 and source_id = any($2::text[])`, [
    of.sync,
    arrayLiteral(of.sourceIds),
  ]);
}

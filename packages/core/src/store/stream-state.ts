import type { Position } from "@fieldwright/connector-kit";
import type { SqlSession } from "@fieldwright/connector-kit/sql";
import type { RunMode } from "../events.js";
import type { Store } from "./open-store.js";

/** The read under way of a stream, as it lies in the store between two pages. */
export interface Reading {
  readonly mode: RunMode;
  /** Bounds frozen when the read began. */
  readonly since?: string;
  readonly until?: string;
  readonly window?: { readonly from: string; readonly to: string };
  readonly startedAt: string;
  /** Where it goes on; absent before the first page. */
  readonly position?: Position;
  readonly pages: number;
  /** Pages that could not be read: the cursor then stays where it was. */
  readonly failedPages: number;
  readonly fetched: number;
  /** The highest cursor value seen. */
  readonly highest?: string;
  /** The last page said that this listing provably held everything. */
  readonly complete?: boolean;
  /** The last page is landed; only the closing is left. */
  readonly ended?: boolean;
  /** Whether the ids shown are kept, to find what is gone. */
  readonly tracksSeen: boolean;
}

export interface StreamState {
  readonly version: number;
  readonly cursor: string | null;
  readonly reading: Reading | null;
  readonly lastTotal: number | null;
}

export async function readStreamState(store: Store, session: SqlSession, stream: string): Promise<StreamState> {
  const [row] = await session.query<{ version: number; cursor: string | null; reading: Reading | null; last_total: number | null }>(
    `select version, cursor, reading, last_total from ${store.table("streams")} where tenant = $1 and stream = $2`,
    [store.tenant, stream],
  );
  return row
    ? { version: row.version, cursor: row.cursor, reading: row.reading, lastTotal: row.last_total }
    : { version: 0, cursor: null, reading: null, lastTotal: null };
}

export function writeStreamState(
  store: Store,
  session: SqlSession,
  change: { stream: string; state: StreamState; listed?: boolean },
): void {
  const { state } = change;
  session.later(
    `insert into ${store.table("streams")} as s (tenant, stream, version, cursor, reading, last_total, listed) values ($1, $2, $3, $4, $5::jsonb, $6, case when $7 then now() end)
     on conflict (tenant, stream) do update set version = excluded.version, cursor = excluded.cursor, reading = excluded.reading, last_total = excluded.last_total, listed = coalesce(excluded.listed, s.listed)`,
    [
      store.tenant,
      change.stream,
      state.version,
      state.cursor,
      state.reading === null ? null : JSON.stringify(state.reading),
      state.lastTotal,
      change.listed ?? false,
    ],
  );
}

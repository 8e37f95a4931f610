import type { Call } from "@fieldwright/connector-kit";
import type { SqlDatabase, SqlSession } from "@fieldwright/connector-kit/sql";
import { troubleOf } from "./trouble.js";

/** The way into the database. */
export interface Door {
  readonly database: SqlDatabase;
  /** The database is the store's own: calls may bring its transaction, and then must be answered in it. */
  readonly inStore: boolean;
  readonly statementTimeoutMs?: number;
}

/** The transaction that the caller has open on this very database. */
export function joined(door: Door, call: Call): SqlSession | undefined {
  return door.inStore ? call.transaction : undefined;
}

/** Runs queries where the caller's transaction is, or else without one. */
export async function reading<T>(door: Door, call: Call, work: (session: SqlSession) => Promise<T>): Promise<T> {
  call.signal.throwIfAborted();
  const session = joined(door, call);
  try {
    if (session) return await work(session);
    if (door.statementTimeoutMs === undefined) return await work(door.database);
    return await door.database.transaction(async (own) => {
      await limitTime(door, own);
      return work(own);
    });
  } catch (error) {
    throw troubleOf(error);
  }
}

/** Runs statements in the caller's transaction, or in one of their own. */
export async function writing<T>(door: Door, call: Call, work: (session: SqlSession) => Promise<T>): Promise<T> {
  call.signal.throwIfAborted();
  const session = joined(door, call);
  try {
    if (session) return await work(session);
    return await door.database.transaction(async (own) => {
      await limitTime(door, own);
      return work(own);
    });
  } catch (error) {
    // With a lost connection nobody knows whether the commit was carried out.
    throw troubleOf(error, { inDoubt: session === undefined });
  }
}

/** `set local` ends with the transaction, so that a pooler's next client does not inherit it. */
export async function limitTime(door: Door, session: SqlSession): Promise<void> {
  if (door.statementTimeoutMs !== undefined) await session.run(`set local statement_timeout = ${Math.floor(door.statementTimeoutMs)}`);
}

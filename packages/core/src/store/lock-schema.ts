import type { SqlDatabase, SqlSession } from "@fieldwright/connector-kit/sql";

const lockNumber = 4_711_047; // any number, the same in every version

/** A transaction that creates tables, one at a time over all processes: even `create table if not exists` fails when two do it at once. */
export function inSchemaLock<T>(store: { readonly database: SqlDatabase }, work: (session: SqlSession) => Promise<T>): Promise<T> {
  return store.database.transaction(async (session) => {
    await session.run(`select pg_advisory_xact_lock(${lockNumber})`);
    return work(session);
  });
}

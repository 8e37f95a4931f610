import type { SqlSession } from "@fieldwright/connector-kit/sql";
import type { ReadySync } from "./ready-sync.js";
import type { Run } from "./run.js";

export function leaseScope(sync: ReadySync): string {
  return `sync:${sync.spec.name}`;
}

/** A commit for a sync; refused when another process has taken it over. */
export function fenced<T>(run: Run, sync: ReadySync, work: (session: SqlSession) => Promise<T>): Promise<T> {
  return run.transaction(async (session) => {
    run.lease.fence(session, leaseScope(sync));
    return work(session);
  });
}

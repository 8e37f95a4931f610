import type { SqlSession } from "@fieldwright/connector-kit/sql";
import type { Retention } from "../project/model.js";
import type { Store } from "./open-store.js";

/** Rows that one sweep takes of a table: what is left is for the next run, so that no run is held up by an old store. */
const rowsPerSweep = 50_000;

/**
 * Deletes what is older than the project keeps: writes from the trail, plans, and the log of runs with their checks. A write in doubt, and a
 * plan that waits for approval, stay whatever their age.
 */
export async function sweepOld(store: Store, session: SqlSession, keep: Retention): Promise<void> {
  const old = (table: string, condition: string, ms: number) =>
    session.run(
      `delete from ${store.table(table)} where ctid = any(array(select t.ctid from ${store.table(table)} t where ${condition} limit ${rowsPerSweep}))`,
      [store.tenant, ms],
    );
  const age = "now() - $2::bigint * interval '1 millisecond'";
  const ofTenant = `t.sync in (select id from ${store.table("syncs")} where tenant = $1)`;
  if (keep.trailMs !== undefined) await old("changes", `${ofTenant} and t.state <> 'intended' and t.at < ${age}`, keep.trailMs);
  if (keep.plansMs !== undefined) await old("plans", `t.tenant = $1 and t.status <> 'asks' and t.created < ${age}`, keep.plansMs);
  if (keep.runsMs !== undefined) {
    await old("checks", `t.tenant = $1 and t.at < ${age}`, keep.runsMs);
    await old("runs", `t.tenant = $1 and t.status <> 'running' and t.started < ${age}`, keep.runsMs);
  }
}

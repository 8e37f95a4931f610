import type { Outcome } from "@fieldwright/connector-kit";
import type { SqlSession } from "@fieldwright/connector-kit/sql";
import type { SyncReport } from "./events.js";
import type { PlanSheet } from "./plan-sheet.js";
import type { ReadySync } from "./ready-sync.js";
import type { Run } from "./run.js";
import type { Store } from "./store/open-store.js";
import { closeSync, openSync, syncPending } from "./sync-run.js";

/** All decisions inside one transaction that is thrown away, so that records planned by one sync are there for the next. */
export async function decideAll(run: Run, syncs: readonly ReadySync[], sheet: PlanSheet): Promise<readonly SyncReport[]> {
  const reports: SyncReport[] = [];
  const thrownAway = new Error("A plan leaves nothing behind.");
  try {
    await run.store.database.transaction(async (session) => {
      const dry = dryRun(run, session, sheet);
      for (const sync of syncs) {
        const own = await openSync(dry, { ...sync, target: { ...sync.target, stream: dryTarget(sync, sheet.made) } });
        await syncPending(dry, own, "all");
        await syncPending(dry, own, "new");
        reports.push(await closeSync(dry, own, { status: "done", log: true }));
      }
      throw thrownAway;
    });
  } catch (error) {
    if (error !== thrownAway) throw error;
  }
  return reports;
}

/** The run's listener, to whom steps that write nothing are told as planning. */
export function tellingOfPlan(run: Run): Run["emit"] {
  return (event) => run.emit("step" in event && event.step === "sync" ? { ...event, step: "plan" } : event);
}

/** The same run in a world where commits do not last. */
function dryRun(run: Run, session: SqlSession, sheet: PlanSheet): Run {
  const transaction: Run["transaction"] = async (work) => {
    await session.run("savepoint planned_page");
    try {
      const result = await work(session);
      await session.run("release savepoint planned_page");
      return result;
    } catch (error) {
      await session.run("rollback to savepoint planned_page");
      throw error;
    }
  };
  const { database } = run.store;
  const store: Store = {
    ...run.store,
    database: {
      ...database,
      query: session.query,
      run: session.run,
      copyIn: session.copyIn,
      later: session.later,
      stream: session.stream,
      transaction,
    },
  };
  return {
    ...run,
    store,
    transaction,
    emit: tellingOfPlan(run),
    review: (sync, decisions) => {
      sheet.add(sync, decisions);
      return decisions;
    },
  };
}

/** A target that takes every write and does none. */
function dryTarget(sync: ReadySync, made: Set<string>): ReadySync["target"]["stream"] {
  const { stream, key } = sync.target;
  const done = (keys: readonly string[]): readonly Outcome[] => keys.map((one) => ({ ok: true, key: one, created: false }));
  const newKey = () => {
    const id = standIn(stream.fields[key]?.type, made.size + 1);
    made.add(id);
    return id;
  };
  return {
    ...stream,
    ...(stream.create || stream.upsert
      ? {
          create: async (records) =>
            records.map((record) => ({
              ok: true,
              created: true,
              key: record[key] === undefined || record[key] === null ? newKey() : String(record[key]),
            })),
        }
      : {}),
    ...(stream.update ? { update: async (updates) => done(updates.map((one) => one.key)) } : {}),
    ...(stream.delete ? { delete: async (keys) => done(keys) } : {}),
  };
}

/** An id for a record that does not exist yet, of the type that a field pointing to it takes. */
function standIn(type: string | undefined, number: number): string {
  if (type === "integer" || type === "number" || type === "decimal") return String(-number);
  if (type === "uuid") return `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;
  return `(new ${number})`;
}

import type { Outcome } from "@fieldwright/connector-kit";
import type { SqlSession } from "@fieldwright/connector-kit/sql";
import type { Plan, PlannedChange, RunOptions } from "./engine.js";
import type { SyncReport } from "./events.js";
import type { ReadySync } from "./ready-sync.js";
import type { Decision, Run, Unit } from "./run.js";
import { openRun, type RunContext, runUnits } from "./run-syncs.js";
import { runUnit } from "./run-unit.js";
import type { Store } from "./store/open-store.js";
import { closeSync, openSync, syncPending } from "./sync-run.js";

const shownPerSync = 50;

/** What a run would do now: reads and lands as a run does, decides with the same code, and writes to no target. */
export async function planSyncs(context: RunContext, options: RunOptions): Promise<Plan> {
  const opened = await openRun(context, options, "plan");
  const changes: PlannedChange[] = [];
  const readOnly: typeof runUnit = (run, unit) => runUnit(run, { ...unit, syncs: [] });
  const report = await runUnits(opened, readOnly, (run, units) => decideAll(run, units, changes));
  return { report, changes };
}

/** All decisions inside one transaction that is thrown away, so that records planned by one sync are there for the next. */
async function decideAll(run: Run, units: readonly Unit[], changes: PlannedChange[]): Promise<readonly SyncReport[]> {
  const reports: SyncReport[] = [];
  const thrownAway = new Error("A plan leaves nothing behind.");
  try {
    await run.store.database.transaction(async (session) => {
      const dry = dryRun(run, session, changes);
      for (const unit of units) {
        for (const sync of unit.syncs) {
          const own = await openSync(dry, { ...sync, target: { ...sync.target, stream: dryTarget(sync) } });
          await syncPending(dry, own, "all");
          await syncPending(dry, own, "new");
          reports.push(await closeSync(dry, own, { status: "done", log: true }));
        }
      }
      throw thrownAway;
    });
  } catch (error) {
    if (error !== thrownAway) throw error;
  }
  return reports;
}

/** The same run in a world where commits do not last. */
function dryRun(run: Run, session: SqlSession, changes: PlannedChange[]): Run {
  const shown = new Map<string, number>();
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
    database: { ...database, query: session.query, run: session.run, copyIn: session.copyIn, stream: session.stream, transaction },
  };
  return {
    ...run,
    store,
    transaction,
    observe: (sync, decisions) => {
      for (const decision of decisions) {
        const count = shown.get(sync.spec.name) ?? 0;
        const change = count < shownPerSync ? plannedChange(sync, decision) : undefined;
        if (!change) continue;
        changes.push(change);
        shown.set(sync.spec.name, count + 1);
      }
    },
  };
}

/** A target that takes every write and does none. */
function dryTarget(sync: ReadySync): ReadySync["target"]["stream"] {
  const { stream, key } = sync.target;
  let created = 0;
  const done = (keys: readonly string[]): readonly Outcome[] => keys.map((one) => ({ ok: true, key: one, created: false }));
  return {
    ...stream,
    ...(stream.create || stream.upsert
      ? {
          create: async (records) =>
            records.map((record) => ({
              ok: true,
              created: true,
              key: record[key] === undefined || record[key] === null ? `(new ${++created})` : String(record[key]),
            })),
        }
      : {}),
    ...(stream.update ? { update: async (updates) => done(updates.map((one) => one.key)) } : {}),
    ...(stream.delete ? { delete: async (keys) => done(keys) } : {}),
  };
}

function plannedChange(sync: ReadySync, decision: Decision): PlannedChange | undefined {
  const base = { sync: sync.spec.name, sourceId: decision.id };
  const fields = (before: Readonly<Record<string, unknown>>, after: Readonly<Record<string, unknown>>) =>
    Object.keys({ ...before, ...after }).map((field) => {
      const line = sync.spec.lines[`fields.${field}`];
      return { field, before: before[field] ?? null, after: after[field] ?? null, ...(line === undefined ? {} : { line }) };
    });
  if (decision.kind === "create")
    return { ...base, targetId: null, operation: "create", reason: "nothing fits it yet", fields: fields({}, decision.values) };
  if (decision.kind === "update")
    return {
      ...base,
      targetId: decision.targetId,
      operation: "update",
      reason: decision.newLink ? "matched by a key" : "linked",
      fields: fields(decision.before, decision.after),
    };
  if (decision.kind === "delete")
    return { ...base, targetId: decision.targetId, operation: "delete", reason: "gone at the source", fields: [] };
  if (decision.kind === "held" || decision.kind === "failed")
    return { ...base, targetId: null, operation: "hold", reason: decision.reason, fields: [] };
  if (decision.kind === "waiting") return { ...base, targetId: null, operation: "wait", reason: decision.reason, fields: [] };
  return undefined;
}

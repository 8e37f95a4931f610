import type { PlannedSync } from "./engine.js";
import { type PlannedRow, plannedRow } from "./planned-row.js";
import { type ChangeWatch, compileInverse, type GuardTotals, guardReadings, tripped, watchChanges } from "./policy/index.js";
import type { ReadySync } from "./ready-sync.js";
import type { Decision, Values } from "./run.js";
import { defaultGuards } from "./spec/default-guards.js";
import { Spool } from "./spool.js";

const samplesPerSync = 3;

/** Decisions of a record that say something is wrong with its values: they count as errors for the guards. */
export function isError(decision: Decision): boolean {
  return (
    decision.kind === "failed" ||
    (decision.kind === "held" && (decision.code === "held/invalid-value" || decision.code === "held/expression"))
  );
}

interface Sums {
  creates: number;
  updates: number;
  deletes: number;
  errors: number;
}

interface Page {
  readonly sync: ReadySync;
  readonly sums: Sums;
  readonly watch: ChangeWatch;
  readonly samples: { sourceId: string; values: Values }[];
}

/** All that a plan finds, sync by sync. Rows go to disk, so that a plan of any size needs no more memory than a run. */
export class PlanSheet {
  readonly rows = new Spool<PlannedRow>();
  readonly #pages = new Map<string, Page>();
  /** Ids of records that only this plan has made. */
  readonly made = new Set<string>();

  add(sync: ReadySync, decisions: readonly Decision[]): void {
    const page = this.#pageOf(sync);
    for (const decision of decisions) {
      const row = plannedRow(sync, decision, (id) => this.made.has(id));
      if (row) this.rows.add(row);
      if (isError(decision)) page.sums.errors++;
      if (decision.kind === "create" || decision.kind === "restore") page.sums.creates++;
      if (decision.kind === "delete") page.sums.deletes++;
      if (decision.kind === "update") {
        page.sums.updates++;
        page.watch.add({ id: decision.id, before: decision.before, after: decision.after });
      }
      if (decision.kind === "create" && page.samples.length < samplesPerSync)
        page.samples.push({ sourceId: decision.id, values: decision.values });
    }
  }

  totals(sync: ReadySync): Sums {
    return this.#pageOf(sync).sums;
  }

  summary(sync: ReadySync, known: Pick<GuardTotals, "linked" | "isFirstRun" | "listed">): PlannedSync {
    const { sums, watch, samples } = this.#pageOf(sync);
    const totals: GuardTotals = { ...sums, ...known };
    const guards = sync.spec.guards ?? defaultGuards;
    const { sideEffects } = sync.target.stream;
    return {
      sync: sync.spec.name,
      specHash: sync.spec.hash,
      totals,
      guards: guardReadings(guards, totals),
      asks: tripped(guards, totals),
      suspicions: watch.suspicions(),
      undo: undoOf(sync, sums),
      samples,
      ...(sideEffects === undefined ? {} : { sideEffects }),
    };
  }

  #pageOf(sync: ReadySync): Page {
    let page = this.#pages.get(sync.spec.name);
    if (page === undefined) {
      page = {
        sync,
        sums: { creates: 0, updates: 0, deletes: 0, errors: 0 },
        watch: watchChanges(sync.target.stream.fields),
        samples: [],
      };
      this.#pages.set(sync.spec.name, page);
    }
    return page;
  }
}

/** How much of a plan could be taken back, said before anything is written. */
function undoOf(sync: ReadySync, sums: Sums): PlannedSync["undo"] {
  const { couldUndo } = inverseFor(sync);
  const parts = [
    ["create", sums.creates],
    ["update", sums.updates],
    ["delete", sums.deletes],
  ] as const;
  const says: string[] = [];
  let wholly = 0;
  for (const [operation, count] of parts) {
    if (count === 0) continue;
    const { undo, says: why } = couldUndo(operation);
    if (undo === "yes") wholly += count;
    else says.push(`${count} ${operation}${count === 1 ? "" : "s"}: ${why}`);
  }
  return { wholly, of: sums.creates + sums.updates + sums.deletes, says };
}

/** What takes writes of a sync back, by what its target can do. */
export function inverseFor(sync: ReadySync) {
  const { stream, key } = sync.target;
  return compileInverse({
    fields: stream.fields,
    key,
    can: {
      create: stream.create !== undefined || stream.upsert !== undefined,
      update: stream.update !== undefined,
      delete: stream.delete !== undefined,
      restore: stream.restore !== undefined,
      ...(stream.archive ? { archive: stream.archive } : {}),
    },
  });
}

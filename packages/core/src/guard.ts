import { isError } from "./plan-sheet.js";
import { beyond, type Ceiling, type ChangeTotals, type GuardTotals, tripped } from "./policy/index.js";
import { FieldwrightError } from "./problem.js";
import type { ReadySync } from "./ready-sync.js";
import type { Decision, Run, Unit } from "./run.js";
import { defaultGuards } from "./spec/default-guards.js";
import { countInLine } from "./store/pending.js";

/** What the guards go by beside the changes themselves. */
export async function knownBefore(
  run: Run,
  sync: ReadySync,
  unit: Pick<Unit, "listed"> = {},
): Promise<Pick<GuardTotals, "linked" | "isFirstRun" | "listed">> {
  const { store } = run;
  const [row] = await store.database.query<{ linked: number; wrote: boolean }>(
    `select (select count(*) from ${store.table("links")} where sync = $1)::int as linked,
            exists (select from ${store.table("changes")} where sync = $1 and state = 'done') as wrote`,
    [sync.state.id],
  );
  const linked = row?.linked ?? 0;
  return { linked, isFirstRun: linked === 0 && !row?.wrote, ...(unit.listed === undefined ? {} : { listed: unit.listed }) };
}

/** Whether pages may be written as they are read, because only what the whole reading shows could make a guard ask. */
export function asksAboutChanges({ spec }: ReadySync): boolean {
  const guards = spec.guards ?? defaultGuards;
  return guards.always || guards.firstRun || guards.changes !== undefined || guards.creates !== undefined;
}

/** Whether any guard could ask, if everything in line became the change that it is most likely to ask about. */
export async function mightAsk(run: Run, sync: ReadySync, known: Awaited<ReturnType<typeof knownBefore>>): Promise<boolean> {
  const { store } = run;
  const line = await countInLine(store, store.database, { sync: sync.state.id, stream: sync.source.name });
  const totals = { creates: line.all - line.gone, updates: 0, deletes: line.gone, errors: line.all };
  return tripped(sync.spec.guards ?? defaultGuards, { ...totals, ...known }).length > 0;
}

export type Review = Run["review"];

/** Counts what a run does as it goes, and stops it before the page that would pass what the spec lets it do unasked. */
export function withinGuards(sync: ReadySync, known: Awaited<ReturnType<typeof knownBefore>>, failed: () => number): Review {
  const guards = { ...(sync.spec.guards ?? defaultGuards), firstRun: false, always: false };
  return counting((totals) => {
    // Of a first load, the records made so far are what its errors are compared with.
    const linked = known.linked + totals.creates;
    const trips = tripped(guards, { ...totals, errors: totals.errors + failed(), ...known, linked });
    return trips.map((trip) => trip.says);
  });
}

/** The same for an approval that names numbers: it is a ceiling. */
export function withinCeiling(ceiling: Ceiling): Review {
  const bySync = new Map<string, Review>();
  return (sync, decisions) => {
    const review = bySync.get(sync.spec.name) ?? counting((totals) => beyond(ceiling, totals));
    bySync.set(sync.spec.name, review);
    return review(sync, decisions);
  };
}

function counting(ask: (totals: ChangeTotals) => readonly string[]): Review {
  const totals = { creates: 0, updates: 0, deletes: 0, errors: 0 };
  return (_sync, decisions) => {
    for (const decision of decisions) count(totals, decision);
    const says = ask(totals);
    if (says.length === 0) return decisions;
    throw new FieldwrightError("guard/tripped", `It stopped before it went too far: ${says.join("; ")}.`, {
      hint: "What it had not done yet stays in line: `fieldwright plan` shows it.",
    });
  };
}

function count(totals: { creates: number; updates: number; deletes: number; errors: number }, decision: Decision): void {
  if (decision.kind === "create") totals.creates++;
  else if (decision.kind === "update") totals.updates++;
  else if (decision.kind === "delete") totals.deletes++;
  else if (isError(decision)) totals.errors++;
}

import type { Guards, Limit } from "../spec/model.js";

/** What a plan, or a run so far, does: planned and done together, so that a run stops before it passes a limit. */
export interface ChangeTotals {
  readonly creates: number;
  readonly updates: number;
  readonly deletes: number;
  /** Records that cannot be carried out: failed, and held because of a value. */
  readonly errors: number;
}

export interface GuardTotals extends ChangeTotals {
  /** Linked records before the run. */
  readonly linked: number;
  /** No run of this sync has ever written. */
  readonly isFirstRun: boolean;
  /** Records that a full listing of the source held; absent where the source was not listed in full. */
  readonly listed?: number;
}

/** A guard that asks for a person. */
export interface Trip {
  readonly guard:
    | "always"
    | "first_run"
    | "source_is_empty"
    | "more_changes_than"
    | "more_creates_than"
    | "more_deletes_than"
    | "more_errors_than";
  /** A whole sentence with the numbers. */
  readonly says: string;
}

/** How near a plan comes to a limit: "changes 3.9 % of 25 %". */
export interface GuardReading {
  readonly guard: Trip["guard"];
  readonly says: string;
}

const limits = [
  ["more_changes_than", "changes", "changes", "change"],
  ["more_creates_than", "creates", "new records", "new record"],
  ["more_deletes_than", "deletes", "deletions", "deletion"],
  ["more_errors_than", "errors", "errors", "error"],
] as const;

/** The guards that a plan or a run so far trips; none: it may go on. */
export function tripped(guards: Guards, totals: GuardTotals): readonly Trip[] {
  const trips: Trip[] = [];
  const isIdle = changesOf(totals) === 0;
  if (guards.always && !isIdle) trips.push({ guard: "always", says: `This sync asks before every write: ${kinds(totals)}.` });
  if (guards.firstRun && totals.isFirstRun && !isIdle)
    trips.push({ guard: "first_run", says: `This is the first run of this sync: ${kinds(totals)}.` });
  if (guards.sourceIsEmpty && totals.listed === 0 && totals.linked > 0)
    trips.push({
      guard: "source_is_empty",
      says: `The source is empty all of a sudden, though ${counted(totals.linked, "records are", "record is")} linked to it. Is its filter right, and does the account still see everything?`,
    });
  for (const [guard, name, many, one] of limits) {
    const limit = guards[name];
    const count = countOf(name, totals);
    if (limit === undefined || !passes(limit, count, totals.linked)) continue;
    trips.push({ guard, says: `${counted(count, many, one)}${ofLinked(count, totals.linked)}: more than ${limitText(limit)}.` });
  }
  return trips;
}

/** Every limit with where the plan stands, for showing. */
export function guardReadings(guards: Guards, totals: GuardTotals): readonly GuardReading[] {
  return limits.flatMap(([guard, name]) => {
    const limit = guards[name];
    const count = countOf(name, totals);
    if (limit === undefined) return [];
    return [{ guard, says: `${name} ${readingText(limit, count, totals.linked)}` }];
  });
}

/** What a person has approved: up to these numbers, and nothing beyond. */
export type Ceiling = ChangeTotals;

export function ceilingOf({ creates, updates, deletes, errors }: ChangeTotals): Ceiling {
  return { creates, updates, deletes, errors };
}

/** What goes beyond an approval, in words; nothing: it is within. */
export function beyond(ceiling: Ceiling, totals: ChangeTotals): readonly string[] {
  return (["creates", "updates", "deletes", "errors"] as const)
    .filter((kind) => totals[kind] > ceiling[kind])
    .map((kind) => `${kind} ${number(totals[kind])}, approved ${number(ceiling[kind])}`);
}

export function within(ceiling: Ceiling, totals: ChangeTotals): boolean {
  return beyond(ceiling, totals).length === 0;
}

function changesOf({ creates, updates, deletes }: ChangeTotals): number {
  return creates + updates + deletes;
}

function countOf(name: "changes" | keyof ChangeTotals, totals: ChangeTotals): number {
  return name === "changes" ? changesOf(totals) : totals[name];
}

/** Every bound that is given is passed. Without linked records any number is more than any share of them. */
function passes({ count, percent }: Limit, number: number, linked: number): boolean {
  if (number === 0 || (count === undefined && percent === undefined)) return false;
  return (count === undefined || number > count) && (percent === undefined || number * 100 > percent * linked);
}

function limitText({ count, percent }: Limit): string {
  const parts = [...(count === undefined ? [] : [number(count)]), ...(percent === undefined ? [] : [`${number(percent)} %`])];
  return parts.join(" and ");
}

function ofLinked(count: number, linked: number): string {
  return linked === 0
    ? ", and no record is linked yet"
    : `, ${percentText(count, linked)} of the ${counted(linked, "linked records", "linked record")}`;
}

/** "3.9 % of 25 %"; "12 of 50" where only the count is still kept, and where no record is linked yet to take a share of. */
function readingText({ count: most, percent }: Limit, count: number, linked: number): string {
  if (percent === undefined) return `${number(count)} of ${number(most ?? 0)}`;
  if (most !== undefined && (linked === 0 || (count <= most && count * 100 > percent * linked)))
    return `${number(count)} of ${number(most)}`;
  return `${percentText(count, linked)} of ${number(percent)} %`;
}

function percentText(count: number, linked: number): string {
  if (linked === 0) return count === 0 ? "0 %" : "all";
  return `${number(Math.round((count / linked) * 1000) / 10)} %`;
}

function kinds(totals: ChangeTotals): string {
  return `${number(totals.creates)} to create, ${number(totals.updates)} to update, ${number(totals.deletes)} to delete`;
}

function counted(count: number, many: string, one: string): string {
  return `${number(count)} ${count === 1 ? one : many}`;
}

function number(value: number): string {
  return value.toLocaleString("en-US");
}

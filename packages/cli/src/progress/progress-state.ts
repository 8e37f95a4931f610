import type { PartStatus, Progress, RunEvent, Step } from "@fieldwright/core";

/** One step of a run as a person follows it. */
export interface StepState {
  readonly step: Step;
  readonly name: string;
  readonly status: "running" | PartStatus;
  readonly startedMs: number;
  readonly endedMs?: number;
  /** Goes on where an earlier run stopped. */
  readonly resumed: boolean;
  readonly progress?: Progress;
  readonly error?: string;
}

/** A run so far, from its events alone. Times are milliseconds since 1970. */
export interface ProgressState {
  readonly steps: readonly StepState[];
  /** How many steps the run has in all. */
  readonly planned: number;
  /** Of the longest name, so that the columns behind it stand still. */
  readonly nameWidth: number;
  readonly waiting?: { readonly connection: string; readonly untilMs: number };
}

export const nothingYet: ProgressState = { steps: [], planned: 0, nameWidth: 20 };

/** The state after one more event. */
export function progressState(state: ProgressState, event: RunEvent, nowMs: number): ProgressState {
  switch (event.type) {
    case "run-started":
      return {
        steps: [],
        planned: event.streams.length + event.syncs.length,
        nameWidth: Math.max(nothingYet.nameWidth, ...[...event.streams, ...event.syncs].map((name) => name.length)),
      };
    case "step-started":
      return { ...state, steps: [...without(state.steps, event), { ...begun(event, nowMs), resumed: event.resumed }] };
    case "progress": {
      const { type: _type, run: _run, ...progress } = event;
      return withStep(state, { ...found(state, event, nowMs), progress });
    }
    case "step-finished": {
      const step = found(state, event, nowMs);
      const error = event.error === undefined ? {} : { error: event.error };
      return withStep(state, { ...step, status: event.status, endedMs: nowMs, ...error });
    }
    case "waiting-for-budget":
      return { ...state, waiting: { connection: event.connection, untilMs: event.untilMs } };
    default:
      return state;
  }
}

/** Seconds a step took, by "read repcard.users". */
export function secondsByStep(state: ProgressState): ReadonlyMap<string, number> {
  return new Map(
    state.steps
      .filter((step) => step.endedMs !== undefined)
      .map((step) => [`${step.step} ${step.name}`, ((step.endedMs ?? 0) - step.startedMs) / 1000]),
  );
}

interface Named {
  readonly step: Step;
  readonly name: string;
}

function same(one: Named, other: Named): boolean {
  return one.step === other.step && one.name === other.name;
}

function without(steps: readonly StepState[], named: Named): readonly StepState[] {
  return steps.filter((step) => !same(step, named));
}

function begun(named: Named, nowMs: number): StepState {
  return { step: named.step, name: named.name, status: "running", startedMs: nowMs, resumed: false };
}

function found(state: ProgressState, named: Named, nowMs: number): StepState {
  return state.steps.find((step) => same(step, named)) ?? begun(named, nowMs);
}

/** The step in its old place, or at the end when it is new. */
function withStep(state: ProgressState, changed: StepState): ProgressState {
  const known = state.steps.some((step) => same(step, changed));
  return { ...state, steps: known ? state.steps.map((step) => (same(step, changed) ? changed : step)) : [...state.steps, changed] };
}

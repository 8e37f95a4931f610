import type { Progress, Step } from "@fieldwright/core";
import { count, duration } from "../report/words.js";
import { type Colors, line, type Piece } from "./line.js";
import type { ProgressState, StepState } from "./progress-state.js";

export interface Screen {
  readonly width: number;
  readonly height: number;
  readonly colors: Colors;
}

/** What is redrawn: one line for each running step, then the run as a whole. Never higher than the screen. */
export function progressLines(state: ProgressState, nowMs: number, screen: Screen): readonly string[] {
  const running = state.steps.filter((step) => step.status === "running");
  const lines = running.map((step) =>
    line(runningStep(step, { nowMs, width: screen.width, nameWidth: state.nameWidth }), screen.width, screen.colors),
  );
  const foot = line(footer(state, nowMs), screen.width, screen.colors);
  return [...lines.slice(0, Math.max(0, screen.height - 2)), foot];
}

/** A finished step's line, which stays on the screen. */
export function finishedLine(step: StepState, nameWidth: number, screen: Screen): string {
  return line(finishedStep(step, nameWidth), screen.width, screen.colors);
}

function title(step: StepState, nameWidth: number): string {
  return `${verb(step.step).padEnd("write".length)} ${step.name.padEnd(nameWidth)} `;
}

/** What a step does, in one word. */
export function verb(step: Step): string {
  return step === "sync" ? "write" : step;
}

function runningStep(
  step: StepState,
  at: { readonly nowMs: number; readonly width: number; readonly nameWidth: number },
): readonly Piece[] {
  const { nowMs, width, nameWidth } = at;
  const progress = step.progress;
  // What stands behind the bar takes some 60 columns.
  const bar = Math.max(6, Math.min(24, width - nameWidth - 68));
  const elapsed = (nowMs - step.startedMs) / 1000;
  if (!progress)
    return [
      { text: `  ${title(step, nameWidth)}`, paint: "bold" },
      ...movingBar(nowMs, bar),
      { text: `  starting${step.resumed ? ", goes on where it stopped" : ""}  ${duration(elapsed)}`, paint: "dim" },
    ];
  return [
    { text: `  ${title(step, nameWidth)}`, paint: "bold" },
    ...(progress.total === undefined ? movingBar(nowMs, bar) : filledBar(progress.processed / Math.max(1, progress.total), bar)),
    { text: `  ${processed(progress)}` },
    ...outcomes(progress),
    { text: `  ${count(Math.round(progress.perSecond))}/s  ${timeLeft(progress)}`, paint: "dim" },
  ];
}

export function processed(progress: Progress): string {
  return `${count(progress.processed)} of ${progress.total === undefined ? "unknown" : count(progress.total)}`;
}

export function timeLeft(progress: Progress): string {
  if (progress.secondsLeft === undefined) return "time left unknown";
  return `${duration(progress.secondsLeft)} left${progress.estimate === "counted" || progress.estimate === "unknown" ? "" : ` by ${progress.estimate}`}`;
}

/** What became of the records: always created and updated, trouble only where there is some. */
export function outcomes(progress: Progress): readonly Piece[] {
  const pieces: Piece[] = [
    { text: `  +${count(progress.created)}`, paint: "green" },
    { text: ` ~${count(progress.updated)}`, paint: "cyan" },
  ];
  if (progress.unchanged > 0) pieces.push({ text: ` =${count(progress.unchanged)}`, paint: "dim" });
  if (progress.held > 0) pieces.push({ text: `  held ${count(progress.held)}`, paint: "yellow" });
  if (progress.failed > 0) pieces.push({ text: `  failed ${count(progress.failed)}`, paint: "red" });
  return pieces;
}

function filledBar(share: number, width: number): readonly Piece[] {
  const full = Math.round(Math.min(1, Math.max(0, share)) * width);
  return [
    { text: "█".repeat(full), paint: "cyan" },
    { text: "░".repeat(width - full), paint: "dim" },
  ];
}

/** A light that walks: how far it is cannot be known. */
function movingBar(nowMs: number, width: number): readonly Piece[] {
  const at = Math.floor(nowMs / 120) % (width - 2);
  return [
    { text: "░".repeat(at), paint: "dim" },
    { text: "███", paint: "cyan" },
    { text: "░".repeat(width - 3 - at), paint: "dim" },
  ];
}

function finishedStep(step: StepState, nameWidth: number): readonly Piece[] {
  const seconds = ((step.endedMs ?? step.startedMs) - step.startedMs) / 1000;
  const mark: Piece =
    step.status === "done"
      ? { text: "✓ ", paint: "green" }
      : step.status === "skipped"
        ? { text: "- ", paint: "dim" }
        : step.status === "failed"
          ? { text: "✗ ", paint: "red" }
          : { text: "! ", paint: "yellow" };
  const result: readonly Piece[] = step.progress
    ? [{ text: `${count(step.progress.processed)} records`.padStart(16) }, ...outcomes(step.progress)]
    : [];
  const word: readonly Piece[] = step.status === "done" ? [] : [{ text: `  ${step.status}`, paint: "yellow" }];
  const error: readonly Piece[] = step.error === undefined ? [] : [{ text: `: ${step.error}` }];
  return [mark, { text: title(step, nameWidth) }, ...result, { text: `  ${duration(seconds)}`, paint: "dim" }, ...word, ...error];
}

function footer(state: ProgressState, nowMs: number): readonly Piece[] {
  const finished = state.steps.filter((step) => step.status !== "running").length;
  const elapsed = state.steps[0] === undefined ? 0 : (nowMs - state.steps[0].startedMs) / 1000;
  const wait =
    state.waiting !== undefined && state.waiting.untilMs > nowMs
      ? `  waiting ${duration((state.waiting.untilMs - nowMs) / 1000)} for ${state.waiting.connection}'s request limit`
      : "";
  return [
    { text: `  ${finished} of ${Math.max(state.planned, state.steps.length)} steps  ${duration(elapsed)}`, paint: "dim" },
    { text: wait, paint: "yellow" },
    { text: "  Ctrl-C stops after this page", paint: "dim" },
  ];
}

import type { Listener, RunEvent } from "@fieldwright/core";
import pico from "picocolors";
import { noteLine, plainLines, type Spoken } from "./plain-lines.js";
import { finishedLine, progressLines, type Screen } from "./progress-lines.js";
import { nothingYet, type ProgressState, progressState } from "./progress-state.js";

/** Where progress goes: process.stdout or process.stderr, or anything like them. */
export interface ProgressOutput {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
  write(text: string): unknown;
}

export interface ShownProgress {
  readonly listen: Listener;
  /** Takes the redrawn lines away; call it also when the run has thrown. */
  close(): ProgressState;
  /** A line above what is redrawn. */
  note(text: string): void;
}

const frameMs = 100;
const hideCursor = "\u001b[?25l";
const showCursor = "\u001b[?25h";

/** Live bars on a terminal, plain lines anywhere else. */
export function showProgress(output: ProgressOutput): ShownProgress {
  return output.isTTY === true && process.env.TERM !== "dumb" ? liveProgress(output) : plainProgress(output);
}

function screenOf(output: ProgressOutput): Screen {
  const colors = pico.createColors(output.isTTY === true && !process.env.NO_COLOR);
  // One column is left free: a full last column makes some terminals wrap.
  return { width: (output.columns ?? 121) - 1, height: output.rows ?? 40, colors };
}

function plainProgress(output: ProgressOutput): ShownProgress {
  let state = nothingYet;
  let spoken: Spoken = new Map();
  const screen = { width: 400, height: 0, colors: pico.createColors(false) };
  return {
    listen: (event) => {
      const nowMs = Date.now();
      state = progressState(state, event, nowMs);
      const said = plainLines(state, event, { spoken, nowMs, screen });
      spoken = said.spoken;
      for (const text of said.lines) output.write(`${text}\n`);
    },
    note: (text) => void output.write(`${text}\n`),
    close: () => state,
  };
}

function liveProgress(output: ProgressOutput): ShownProgress {
  let state = nothingYet;
  let drawn: readonly string[] = [];
  let above: string[] = [];
  const draw = (last = false): void => {
    const frame = last ? [] : progressLines(state, Date.now(), screenOf(output));
    output.write(frameText({ drawn, above, frame, columns: output.columns ?? 80 }));
    drawn = frame;
    above = [];
  };
  const timer = setInterval(draw, frameMs);
  timer.unref();
  // The cursor comes back even when the process is ended in mid-run.
  const restore = (): void => void output.write(showCursor);
  process.once("exit", restore);
  output.write(hideCursor);
  return {
    listen: (event) => {
      state = progressState(state, event, Date.now());
      above.push(...lastingLines(state, event, screenOf(output)));
    },
    note: (text) => void above.push(text),
    close: () => {
      clearInterval(timer);
      draw(true);
      process.removeListener("exit", restore);
      restore();
      return state;
    },
  };
}

function lastingLines(state: ProgressState, event: RunEvent, screen: Screen): readonly string[] {
  if (event.type === "step-finished") {
    const step = state.steps.find((one) => one.step === event.step && one.name === event.name);
    return step ? [finishedLine(step, state.nameWidth, screen)] : [];
  }
  // The wait is counted down in the last line instead.
  if (event.type === "waiting-for-budget") return [];
  const text = noteLine(event, 0);
  return text === undefined ? [] : [screen.colors.yellow(text)];
}

/** One write that turns what was drawn into what is wanted, whatever the width has become since. */
export function frameText(change: {
  readonly drawn: readonly string[];
  readonly above: readonly string[];
  readonly frame: readonly string[];
  readonly columns: number;
}): string {
  // A narrower terminal has wrapped the old lines: each takes as many rows as its length now needs.
  const rows = change.drawn.reduce((sum, text) => sum + Math.max(1, Math.ceil(plainLength(text) / change.columns)), 0);
  const up = rows === 0 ? "" : `\u001b[${rows}A`;
  const body = [...change.above, ...change.frame].map((text) => `${text}\u001b[K\n`).join("");
  return `${up}\r${body}\u001b[J`;
}

function plainLength(text: string): number {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control characters
  return text.replace(/\u001b\[[\d;]*m/g, "").length;
}

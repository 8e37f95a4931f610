import type { RunEvent } from "@fieldwright/core";
import { count, duration, some } from "../report/words.js";
import { finishedLine, outcomes, processed, type Screen, timeLeft, verb } from "./progress-lines.js";
import type { ProgressState } from "./progress-state.js";

/** When each step last had a line, and how far it was then. */
export type Spoken = ReadonlyMap<string, { readonly atMs: number; readonly tenth: number }>;

const everyMs = 2_000;

/** The lines that an event is worth where nothing can be redrawn: each step's start, about every two seconds or tenth part, and its end. */
export function plainLines(
  state: ProgressState,
  event: RunEvent,
  past: { readonly spoken: Spoken; readonly nowMs: number; readonly screen: Screen },
): { readonly lines: readonly string[]; readonly spoken: Spoken } {
  const { spoken, nowMs, screen } = past;
  switch (event.type) {
    case "run-started":
      return {
        spoken,
        lines: [
          `run ${event.run}: ${modeInWords(event.mode)}, ${some(event.streams.length, "stream")} to read, ${some(event.syncs.length, "sync")} to write`,
        ],
      };
    case "step-started":
      return {
        spoken: speaks(spoken, event, { atMs: nowMs, tenth: 0 }),
        lines: [`${verb(event.step)} ${event.name}: started${event.resumed ? ", goes on where it stopped" : ""}`],
      };
    case "progress": {
      const tenth = event.total === undefined || event.total === 0 ? 0 : Math.floor((10 * event.processed) / event.total);
      const last = spoken.get(keyOf(event)) ?? { atMs: nowMs, tenth: 0 };
      const due = nowMs - last.atMs >= everyMs || tenth > last.tenth;
      if (!due) return { spoken, lines: [] };
      const text = outcomes(event)
        .map((piece) => piece.text)
        .join("");
      return {
        spoken: speaks(spoken, event, { atMs: nowMs, tenth }),
        lines: [
          `${verb(event.step)} ${event.name}: ${processed(event)}${text}  ${count(Math.round(event.perSecond))}/s  ${timeLeft(event)}`,
        ],
      };
    }
    case "step-finished": {
      const step = state.steps.find((one) => keyOf(one) === keyOf(event));
      return { spoken, lines: step ? [finishedLine(step, state.nameWidth, screen)] : [] };
    }
    default: {
      const text = noteLine(event, nowMs);
      return { spoken, lines: text === undefined ? [] : [text] };
    }
  }
}

/** Events that are a line of their own on every kind of output. */
export function noteLine(event: RunEvent, nowMs: number): string | undefined {
  if (event.type === "page-failed") return `! ${event.stream} page ${event.page} could not be read: ${event.message}`;
  if (event.type === "notice") return `${event.level === "warning" ? "! " : ""}${event.text}`;
  if (event.type === "waiting-for-budget")
    return `  waiting ${duration(Math.max(0, event.untilMs - nowMs) / 1000)} for ${event.connection}'s request limit`;
  return undefined;
}

function modeInWords(mode: (RunEvent & { type: "run-started" })["mode"]): string {
  if (mode.kind === "window") return `${mode.from} to ${mode.to}`;
  return mode.kind === "full" ? "everything" : "what changed since the last run";
}

function keyOf(named: { readonly step: string; readonly name: string }): string {
  return `${named.step} ${named.name}`;
}

function speaks(
  spoken: Spoken,
  named: { readonly step: string; readonly name: string },
  now: { readonly atMs: number; readonly tenth: number },
): Spoken {
  return new Map([...spoken, [keyOf(named), now]]);
}

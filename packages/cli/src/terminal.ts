import pico from "picocolors";
import type { Colors } from "./progress/line.js";
import type { ProgressOutput } from "./progress/show-progress.js";

/** Where a command speaks: results to `out`; progress and remarks to `err` when `json` keeps `out` for the result. */
export interface Terminal {
  readonly json: boolean;
  readonly colors: Colors;
  /** Coloured only where a person reads it. */
  readonly errorColors: Colors;
  /** Columns that a line may take. */
  readonly width: number;
  /** Progress goes here. */
  readonly progress: ProgressOutput;
  /** A line for people: nothing but the result goes to standard output with `--json`. */
  say(text: string): void;
  /** The result: with `--json` the value on one line, else the text. */
  result(value: unknown, text: () => string): void;
}

export function openTerminal(json: boolean): Terminal {
  const people = json ? process.stderr : process.stdout;
  const plain = process.env.NO_COLOR !== undefined && process.env.NO_COLOR !== "";
  return {
    json,
    colors: pico.createColors(people.isTTY === true && !plain),
    errorColors: pico.createColors(process.stderr.isTTY === true && !plain),
    width: people.isTTY === true ? (people.columns ?? 80) : 120,
    progress: people,
    say: (text) => void people.write(`${text}\n`),
    result: (value, text) => void process.stdout.write(json ? `${JSON.stringify(value)}\n` : `${text()}\n`),
  };
}

import { InvalidArgumentError } from "@commander-js/extra-typings";
import type { ProjectOptions } from "../commands/project-options.js";
import { openTerminal, type Terminal } from "../terminal.js";

export interface Globals extends ProjectOptions {
  readonly terminal: Terminal;
}

/** What every command was told besides its own options. */
export function globals(command: { optsWithGlobals(): unknown }): Globals {
  const { project, simulate, json } = command.optsWithGlobals() as { project?: string; simulate?: number | true; json?: boolean };
  return {
    terminal: openTerminal(json === true),
    ...(project === undefined ? {} : { project }),
    ...(simulate === undefined ? {} : { simulate: simulate === true ? 1 : simulate }),
  };
}

/** Without the options that were not given: `undefined` is not the same as absent. */
export function given<T extends object>(options: T): { [Key in keyof T]: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as never;
}

export function positive(text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new InvalidArgumentError("It is a number over 0.");
  return value;
}

export function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError("It is a whole number from 1 on.");
  return value;
}

export function wholeNumberOrAll(text: string): number | "all" {
  return text === "all" ? text : wholeNumber(text);
}

import { createInterface } from "node:readline/promises";
import type { Terminal } from "./terminal.js";

/** Where a person reads and types. */
export interface Desk {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly output: NodeJS.WritableStream & { readonly isTTY?: boolean };
}

const desk: Desk = { input: process.stdin, output: process.stdout };

/** Whether somebody is there to answer: a person at a terminal, who has not asked for JSON. */
export function canAsk(terminal: Pick<Terminal, "json">, { input, output }: Desk = desk): boolean {
  return !terminal.json && input.isTTY === true && output.isTTY === true;
}

/** A person's yes; `false` where nobody can be asked. */
export async function asksYes(terminal: Pick<Terminal, "json">, question: string, at: Desk = desk): Promise<boolean> {
  if (!canAsk(terminal, at)) return false;
  const ask = createInterface({ input: at.input, output: at.output });
  const stopped = new AbortController();
  // Ctrl-C and Ctrl-D are a no.
  ask.once("close", () => stopped.abort());
  try {
    return /^y(es)?$/i.test((await ask.question(`${question} [y/N] `, { signal: stopped.signal })).trim());
  } catch (error) {
    if (!stopped.signal.aborted) throw error;
    at.output.write("\n");
    return false;
  } finally {
    ask.close();
  }
}

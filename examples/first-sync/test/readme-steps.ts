import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** A block of commands of the README, and the screen that it shows for them. */
export interface Step {
  /** Where it stands: the heading, for people. */
  readonly minute: string;
  readonly commands: readonly string[];
  /** Absent where the README shows none. */
  readonly screen?: Screen;
}

export interface Screen {
  readonly text: string;
  /** Where it stands in the page. */
  readonly from: number;
  readonly to: number;
}

export const readmeFile = join(import.meta.dirname, "../README.md");

const heading = /^## (?<minute>\d+\. .+)$/;
const block = /^```sh\n(?<commands>[^`]+)\n```(?<between>\n\n```text\n)?/;
const part = new RegExp(`${heading.source}|${block.source}`, "gm");

/** The `sh` blocks below the numbered headings in order, each with the `text` block right below it. */
export async function readmeSteps(): Promise<{ readonly page: string; readonly steps: readonly Step[] }> {
  const page = await readFile(readmeFile, "utf8");
  const steps: Step[] = [];
  let minute = "";
  for (const { index, 0: whole, groups = {} } of page.matchAll(part)) {
    if (groups.minute !== undefined) minute = groups.minute;
    if (groups.commands === undefined || minute === "") continue;
    const step = { minute, commands: groups.commands.split("\n") };
    steps.push(groups.between === undefined ? step : { ...step, screen: screenAt(page, index + whole.length) });
  }
  return { page, steps };
}

function screenAt(page: string, from: number): Screen {
  const end = page.indexOf("```", from);
  if (end === -1) throw new Error("A block of the README has no end.");
  const to = Math.max(from, end - 1);
  return { text: page.slice(from, to), from, to };
}

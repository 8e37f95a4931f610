import { readFileSync } from "node:fs";
import { CommanderError } from "@commander-js/extra-typings";
import { givenProject, settledArguments } from "./arguments.js";
import { program } from "./program.js";
import { openTerminal } from "./terminal.js";

/** Runs one command line (without "node" and the script) and gives its exit code: 0 done, 1 some failed, 2 wrong, 3 stopped. */
export async function runCommandLine(given: readonly string[]): Promise<number> {
  const words = settledArguments(given);
  let code = 0;
  const done = (result: number): void => {
    code = result;
  };
  try {
    const groups = await groupsOf(words);
    const built = program({ version: version(), done, ...(groups === undefined ? {} : { groups }) });
    await built.parseAsync([...words], { from: "user" });
    return code;
  } catch (error) {
    // Commander has printed its message already; asking for help or the version is no mistake.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    return await tell(error, words.includes("--json"));
  }
}

/** The names of the project's groups where the command has options made of them; `undefined` when the project cannot be read. */
async function groupsOf(words: readonly string[]): Promise<readonly string[] | undefined> {
  if (!words.some((word) => word === "sync" || word === "plan")) return [];
  const [{ loadProject }, { projectFolder }] = await Promise.all([import("@fieldwright/core"), import("./project-folder.js")]);
  try {
    const loaded = await loadProject(projectFolder(givenProject(words)), { env: process.env });
    return loaded.ok ? Object.keys(loaded.value.groups) : undefined;
  } catch {
    return undefined;
  }
}

async function tell(error: unknown, json: boolean): Promise<number> {
  const [{ errorText, plainError }, { exitCodeOfError }] = await Promise.all([import("./error-text.js"), import("./exit-code.js")]);
  const terminal = openTerminal(json);
  process.stderr.write(`${errorText(error, terminal.errorColors)}\n`);
  if (json) process.stdout.write(`${JSON.stringify({ run: null, status: "failed", streams: [], syncs: [], error: plainError(error) })}\n`);
  return exitCodeOfError(error);
}

function version(): string {
  // Both src/ and dist/src/ have it above them.
  for (const place of ["../package.json", "../../package.json"]) {
    try {
      return (JSON.parse(readFileSync(new URL(place, import.meta.url), "utf8")) as { version: string }).version;
    } catch {}
  }
  return "unknown";
}

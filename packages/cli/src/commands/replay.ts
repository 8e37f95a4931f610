import { exitCode } from "../exit-code.js";
import { replayText } from "../report/replay-text.js";
import type { Terminal } from "../terminal.js";
import { knownSync } from "./known-sync.js";
import { type ProjectOptions, withProject } from "./project-options.js";

/** Whose decisions the edited spec changes, of all landed records. */
export async function replay(
  options: ProjectOptions & { readonly sync: string; readonly limit: number; readonly terminal: Terminal },
): Promise<number> {
  const { terminal } = options;
  return withProject({ ...options, needs: "connections", check: (project) => knownSync(options.sync, project) }, async ({ engine }) => {
    const replayed = await engine.replay(options.sync, { limit: options.limit });
    terminal.result(replayed, () => replayText(replayed, terminal.colors));
    return exitCode.done;
  });
}

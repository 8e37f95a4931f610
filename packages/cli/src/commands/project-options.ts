import type { OpenOptions, OpenProject } from "../open-project.js";
import { openProject } from "../open-project.js";
import { projectFolder } from "../project-folder.js";
import type { Terminal } from "../terminal.js";

/** The options that every command has. */
export interface ProjectOptions {
  readonly project?: string;
  readonly simulate?: number;
}

/** Runs `work` on the opened project and closes it again, whatever happens. */
export async function withProject<T>(
  options: ProjectOptions & Pick<OpenOptions, "needs" | "check"> & { readonly terminal: Terminal },
  work: (open: OpenProject) => Promise<T>,
): Promise<T> {
  const open = await openProject({
    folder: projectFolder(options.project),
    needs: options.needs,
    ...(options.simulate === undefined ? {} : { simulate: options.simulate }),
    ...(options.check === undefined ? {} : { check: options.check }),
  });
  try {
    if (options.simulate !== undefined && options.needs === "connections")
      options.terminal.say(options.terminal.colors.yellow(simulatedText(open.simulated)));
    return await work(open);
  } finally {
    await open.close();
  }
}

function simulatedText(connections: readonly string[]): string {
  if (connections.length === 0) return "--simulate: no connection of this project has a simulator, so all of them are the real ones.";
  return `Simulated: ${connections.join(", ")} ${connections.length === 1 ? "is" : "are"} a local server with generated data; no account is used.`;
}

/** The command as it was called, for messages that say what to type next. */
export function commandText(options: ProjectOptions): string {
  const project = options.project === undefined ? "" : ` --project ${options.project}`;
  const simulate = options.simulate === undefined ? "" : options.simulate === 1 ? " --simulate" : ` --simulate ${options.simulate}`;
  return `fieldwright${project}${simulate}`;
}

import { createEngine, type Engine, FieldwrightError, loadProject, type Project } from "@fieldwright/core";
import { loadConnectors } from "./load-connectors.js";
import { simulate, simulatorOf } from "./simulate.js";

export interface OpenOptions {
  readonly folder: string;
  /** Times the usual amount of generated data; the real systems without it. */
  readonly simulate?: number;
  /** `schemas`: connections say what they have, but none is called for records. `store`: no connection is used. So credentials may be missing. */
  readonly needs: "connections" | "schemas" | "store";
  /** Throws when what was asked for does not fit the project: before anything is opened. */
  readonly check?: (project: Project) => void;
}

export interface OpenProject {
  readonly project: Project;
  readonly engine: Engine;
  /** Connections that talk to generated data. */
  readonly simulated: readonly string[];
  close(): Promise<void>;
}

/** The project in a folder with its connectors, ready to run. */
export async function openProject(options: OpenOptions): Promise<OpenProject> {
  const project = await projectFor(options);
  options.check?.(project);
  const simulated =
    options.simulate === undefined || options.needs !== "connections" ? undefined : await simulate(project, options.simulate);
  try {
    const ready = simulated?.project ?? project;
    if (options.needs === "connections") await refuseMissing(ready, simulated !== undefined);
    const engine = await createEngine({ project: ready, connectors: await loadConnectors(ready) });
    return {
      project: ready,
      engine,
      simulated: simulated?.connections ?? [],
      close: async () => {
        await engine.close();
        await simulated?.close();
      },
    };
  } catch (error) {
    await simulated?.close();
    throw error;
  }
}

async function projectFor({ folder, needs }: OpenOptions): Promise<Project> {
  const project = await readProject(folder);
  if (needs === "connections") return project;
  if (needs === "store") return { ...project, connections: {} };
  const missing = Object.values(project.connections).flatMap((settings) => settings.missing);
  return missing.length === 0
    ? project
    : readProject(folder, { ...process.env, ...Object.fromEntries(missing.map((name) => [name, "not-set"])) });
}

/** The checked project, or an error that carries everything wrong with its files. */
async function readProject(folder: string, env: Readonly<Record<string, string | undefined>> = process.env): Promise<Project> {
  const loaded = await loadProject(folder, { env });
  if (loaded.ok) return loaded.value;
  throw new FieldwrightError("project/invalid", "The project's files are not right yet:", { problems: loaded.problems });
}

async function refuseMissing(project: Project, simulating: boolean): Promise<void> {
  const missing = Object.values(project.connections).filter((settings) => settings.missing.length > 0);
  if (missing.length === 0) return;
  const names = [...new Set(missing.flatMap((settings) => settings.missing))];
  const canSimulate =
    !simulating &&
    (await Promise.all(missing.map((settings) => simulatorOf(settings.package, project.folder)))).every((create) => create !== undefined);
  const set = `Set ${names.join(" and ")}`;
  throw new FieldwrightError(
    "project/missing-env",
    `${names.join(" and ")} ${names.length === 1 ? "is" : "are"} not set, and fieldwright.yaml asks for ${names.length === 1 ? "it" : "them"}.`,
    {
      hint: canSimulate ? `${set}, or add --simulate to try it with generated data.` : `${set}.`,
    },
  );
}

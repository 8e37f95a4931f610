import type { Simulator } from "@fieldwright/connector-kit/testing";
import type { Project } from "@fieldwright/core";
import { loadPackage } from "./load-package.js";

type CreateSimulator = (options?: { readonly factor?: number; readonly port?: number }) => Promise<Simulator>;

/** Addresses in generated records name the simulator's port: the same one each time, or every run would find them changed. */
const firstPort = 27_110; // below the ports that systems hand out by themselves

export interface Simulated {
  /** The project with the simulated connections' options replaced. */
  readonly project: Project;
  /** Names of the connections that talk to generated data. */
  readonly connections: readonly string[];
  /** Their addresses. */
  readonly urls: readonly string[];
  close(): Promise<void>;
}

/** Starts the bundled simulator of every connection that has one. `factor` times the usual amount of data. */
export async function simulate(project: Project, factor: number): Promise<Simulated> {
  const simulators = new Map<string, Simulator>();
  for (const [name, settings] of Object.entries(project.connections)) {
    const create = await simulatorOf(settings.package, project.folder);
    if (create !== undefined) simulators.set(name, await start(create, { factor, port: firstPort + 10 * simulators.size }));
  }
  const connections = Object.entries(project.connections).map(([name, settings]) => {
    const simulator = simulators.get(name);
    return [
      name,
      simulator === undefined ? settings : { ...settings, options: { ...settings.options, ...simulator.options }, missing: [] },
    ] as const;
  });
  return {
    project: { ...project, connections: Object.fromEntries(connections) },
    connections: [...simulators.keys()],
    urls: [...simulators.values()].map((simulator) => simulator.url),
    close: async () => {
      await Promise.all([...simulators.values()].map((simulator) => simulator.close()));
    },
  };
}

/** On the wished port, or on any where another process has that one. */
async function start(create: CreateSimulator, options: { readonly factor: number; readonly port: number }): Promise<Simulator> {
  try {
    return await create(options);
  } catch (error) {
    if ((error as { code?: unknown }).code !== "EADDRINUSE") throw error;
    return create({ factor: options.factor });
  }
}

/** How to start the simulator of a connector package; `undefined` where it has none. */
export async function simulatorOf(packageName: string, folder: string): Promise<CreateSimulator | undefined> {
  const module = await loadPackage(`${packageName}/simulator`, folder);
  const create = module?.createSimulator;
  return typeof create === "function" ? (create as CreateSimulator) : undefined;
}

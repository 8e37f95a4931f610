import { type Connection, type Connector, createRedactor, type Stream, type World } from "@fieldwright/connector-kit";
import { streamName } from "./order.js";
import { FieldwrightError, type Problem } from "./problem.js";
import type { ConnectionSettings, Project } from "./project/model.js";
import type { Store } from "./store/open-store.js";
import type { Voices } from "./voices.js";

/** The open connections of a project, and their streams by "connection.stream". */
export interface Connections {
  get(name: string): Connection;
  readonly names: readonly string[];
  /** Asks the systems again: fields may have changed since the last run. */
  streams(names: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, Stream>>;
  /** The text without any secret of these connections. */
  redact(text: string): string;
  close(): Promise<void>;
}

export interface OpenConnectionsOptions {
  readonly project: Project;
  readonly connectors: Readonly<Record<string, Connector>>;
  readonly store: Store;
  readonly now: () => Date;
  /** Hears what connectors have to say outside of their answers. */
  readonly voices: Voices;
}

export async function openConnections(options: OpenConnectionsOptions): Promise<Connections> {
  const open = new Map<string, Connection>();
  const redactor = createRedactor();
  const openOne = async (name: string): Promise<Connection> => {
    const settings = options.project.connections[name];
    const connector = options.connectors[name];
    if (!settings || !connector)
      throw new FieldwrightError("project/no-connector", `There is no connector for the connection ${name}.`, {
        hint: "Pass it in `connectors`, by the name of the connection.",
      });
    return connector.open(
      checkOptions({ name, settings, connector }) as never,
      worldFor(options, { name, settings, connector, secret: redactor.add }),
    );
  };
  const get = (name: string): Connection => {
    const connection = open.get(name);
    if (!connection) throw new FieldwrightError("project/not-open", `The connection ${name} is not open.`);
    return connection;
  };
  const close = async () => {
    for (const connection of open.values()) await connection.close();
    open.clear();
  };
  try {
    for (const name of Object.keys(options.project.connections)) open.set(name, await openOne(name));
  } catch (error) {
    await close();
    throw error;
  }
  return {
    get,
    names: [...open.keys()],
    streams: async (names, signal) => {
      const streams = new Map<string, Stream>();
      for (const connection of names) {
        for (const stream of await get(connection).streams({ signal }))
          streams.set(streamName({ connection, stream: stream.name }), stream);
      }
      return streams;
    },
    redact: redactor.redact,
    close,
  };
}

function checkOptions(of: { name: string; settings: ConnectionSettings; connector: Connector }): unknown {
  const { name, settings, connector } = of;
  if (settings.missing.length > 0) {
    throw new FieldwrightError(
      "project/missing-environment",
      `The connection ${name} needs ${settings.missing.join(" and ")}, which ${settings.missing.length > 1 ? "are" : "is"} not set.`,
      {
        hint: `Set ${settings.missing.join(" and ")} in the environment, or add --simulate to try it with generated data.`,
      },
    );
  }
  const parsed = connector.options.safeParse(settings.options);
  if (parsed.success) return parsed.data;
  const problems: Problem[] = parsed.error.issues.map((issue) => ({
    code: "project/bad-option",
    severity: "error",
    message: `connections.${name}.options${issue.path.map((part) => `.${String(part)}`).join("")}: ${issue.message}`,
    file: "fieldwright.yaml",
    ...(settings.line === undefined ? {} : { line: settings.line }),
  }));
  throw new FieldwrightError(
    "project/bad-option",
    `The options of the connection ${name} are not right: ${problems.map((one) => one.message).join("; ")}.`,
    { hint: `See the README of ${settings.package} for its options.`, problems },
  );
}

function worldFor(
  options: OpenConnectionsOptions,
  of: { name: string; settings: ConnectionSettings; connector: Connector; secret(value: string): void },
): World {
  for (const name of of.connector.secrets) {
    const value = of.settings.options[name];
    if (typeof value === "string") of.secret(value);
  }
  return {
    store: options.store.database,
    folder: options.project.folder,
    now: options.now,
    notice: (text) => options.voices.say({ type: "notice", level: "warning", text }),
    waiting: (untilMs) => options.voices.say({ type: "waiting-for-budget", connection: of.name, untilMs }),
    secret: of.secret,
    ...(of.settings.limits ? { limits: of.settings.limits } : {}),
  };
}

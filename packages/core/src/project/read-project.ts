import { resolve } from "node:path";
import type { Problem } from "../problem.js";
import { checkShape } from "../spec/check-shape.js";
import { parseDuration } from "../spec/duration.js";
import { isMap } from "../spec/read-condition.js";
import { type Finding, inReadingOrder, problemAt, type SourceText } from "../spec/source-text.js";
import { type Environment, fillEnv } from "./fill-env.js";
import type { ConnectionSettings, Project, Retention, StoreSettings } from "./model.js";
import { type ProjectInput, projectShape } from "./shape.js";

export interface ReadOptions {
  readonly folder: string;
  readonly env: Environment;
  /** Options by connection, used instead of those in the file: a simulator's address. */
  readonly simulate?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export interface ProjectRead {
  readonly project?: Omit<Project, "syncs">;
  /** Folders and files of the syncs, as written. */
  readonly syncs: readonly string[];
  /** Known even where other parts are wrong, so that syncs can be checked against them. */
  readonly connectionNames: readonly string[] | undefined;
  readonly problems: readonly Problem[];
}

/** The project in a plain value, or everything that is wrong with it. */
export function readProject(value: unknown, source: SourceText, options: ReadOptions): ProjectRead {
  const findings = checkShape(value, { area: "project", shape: projectShape, thing: "a project file" });
  const input = isMap(value) ? (value as unknown as ProjectInput) : undefined;
  const connections = isMap(input?.connections) ? readConnections(input.connections, source, options, findings) : {};
  const store = isMap(input?.store) ? readStore(input.store, options, findings) : defaultStore(options.folder);
  const project =
    input === undefined || findings.length > 0
      ? undefined
      : { name: input.project, folder: options.folder, store, connections, groups: input.groups ?? {} };
  return {
    ...(project === undefined ? {} : { project }),
    syncs: syncPlaces(input?.syncs),
    connectionNames: isMap(input?.connections) ? Object.keys(input.connections) : undefined,
    problems: inReadingOrder(findings.map((finding) => problemAt(source, finding))),
  };
}

function syncPlaces(input: unknown): readonly string[] {
  if (input === undefined) return ["syncs"];
  if (typeof input === "string") return [input];
  return Array.isArray(input) ? input.filter((each) => typeof each === "string") : [];
}

function readConnections(
  input: ProjectInput["connections"],
  source: SourceText,
  options: ReadOptions,
  findings: Finding[],
): Record<string, ConnectionSettings> {
  const entries = Object.entries(input).flatMap(([name, each]): [string, ConnectionSettings][] => {
    if (!/^[A-Za-z][A-Za-z0-9_-]*$/.test(name)) {
      findings.push({
        code: "project/bad-value",
        path: ["connections", name],
        on: "key",
        message: `\`${name}\` cannot be a connection's name, which is made of letters, digits, \`_\` and \`-\`.`,
        hint: "Landing tables and syncs use the name.",
      });
    }
    return isMap(each) ? [[name, readConnection(name, each, { source, options, findings })]] : [];
  });
  return Object.fromEntries(entries);
}

function readConnection(
  name: string,
  input: ProjectInput["connections"][string],
  at: { source: SourceText; options: ReadOptions; findings: Finding[] },
): ConnectionSettings {
  const simulated = at.options.simulate?.[name];
  const asked = { ...(isMap(input.options) ? input.options : {}), ...simulated };
  const { value, missing, wrong } = fillEnv(asked, at.options.env);
  at.findings.push(...wrong.map((path) => badVariable(["connections", name, "options", ...path])));
  const { limits } = input;
  const position = at.source.positions?.[`connections.${name}`]?.key;
  return {
    package: input.package,
    options: value as Readonly<Record<string, unknown>>,
    missing,
    ...(limits === undefined || !isMap(limits) ? {} : { limits: readLimits(limits) }),
    ...(position === undefined || at.source.text === undefined ? {} : { line: at.source.text.slice(0, position[0]).split("\n").length }),
  };
}

function readLimits(input: NonNullable<ProjectInput["connections"][string]["limits"]>): NonNullable<ConnectionSettings["limits"]> {
  const { requests, per_seconds: perSeconds, parallel, reserve } = input;
  return {
    ...(requests === undefined ? {} : { requests }),
    ...(perSeconds === undefined ? {} : { perSeconds }),
    ...(parallel === undefined ? {} : { parallel }),
    ...(reserve === undefined ? {} : { reserve }),
  };
}

function defaultStore(folder: string): StoreSettings {
  return { path: resolve(folder, ".fieldwright/store"), schema: "fieldwright", landingSchema: "landing" };
}

function readStore(input: NonNullable<ProjectInput["store"]>, options: ReadOptions, findings: Finding[]): StoreSettings {
  const { value, missing, wrong } = fillEnv(input, options.env);
  findings.push(...wrong.map((path) => badVariable(["store", ...path])));
  const filled = value as NonNullable<ProjectInput["store"]>;
  for (const [word, written] of Object.entries(input)) {
    const name = typeof written === "string" && written.startsWith("env:") ? written.slice(4) : "";
    // A store that silently became the embedded one would look like lost data.
    if (missing.includes(name))
      findings.push({
        code: "project/unset-variable",
        path: ["store", word],
        message: `The environment variable ${name} is not set.`,
        hint: `Set ${name}; or write \`env:${name}?\` if the project can do without it.`,
      });
  }
  for (const word of ["schema", "landing_schema"] as const) {
    const name = filled[word];
    if (typeof name === "string" && !/^[a-z_][a-z0-9_]{0,62}$/.test(name)) {
      findings.push({
        code: "project/bad-value",
        path: ["store", word],
        message: `\`${name}\` cannot be a schema's name, which is made of lower-case letters, digits and \`_\`.`,
        hint: "Leave it out to use the default.",
      });
    }
  }
  const usual = defaultStore(options.folder);
  const keep = isMap(input.keep) ? readRetention(input.keep, findings) : {};
  return {
    ...(Object.keys(keep).length === 0 ? {} : { keep }),
    ...(filled.url === undefined ? {} : { url: filled.url }),
    path: typeof filled.path === "string" ? resolve(options.folder, filled.path) : usual.path,
    schema: filled.schema ?? usual.schema,
    landingSchema: filled.landing_schema ?? usual.landingSchema,
  };
}

function readRetention(input: NonNullable<NonNullable<ProjectInput["store"]>["keep"]>, findings: Finding[]): Retention {
  const keep: Record<string, number> = {};
  for (const word of ["trail", "plans", "runs"] as const) {
    const said = input[word];
    if (typeof said !== "string") continue;
    const ms = parseDuration(said);
    if (ms !== undefined && ms > 0) keep[`${word}Ms`] = ms;
    else
      findings.push({
        code: "project/bad-value",
        path: ["store", "keep", word],
        message: `\`${said}\` is not a span of time.`,
        hint: "Write e.g. `90 days` or `52 weeks`.",
      });
  }
  return keep;
}

function badVariable(path: Finding["path"]): Finding {
  return {
    code: "project/bad-value",
    path,
    message: "After `env:` must stand the name of an environment variable, and nothing else.",
    hint: "Write e.g. `env:CRM_API_KEY`, or `env:CRM_API_KEY?` if it may be unset.",
  };
}

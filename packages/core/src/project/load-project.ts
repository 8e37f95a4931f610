import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { Checked, Problem } from "../problem.js";
import { checkTogether } from "../spec/check-together.js";
import type { Spec } from "../spec/model.js";
import { parseSpec } from "../spec/parse-spec.js";
import { readYaml } from "../spec/read-yaml.js";
import { inReadingOrder, problemAt, type SourceText } from "../spec/source-text.js";
import { type GivenTransforms, transformTable } from "../spec/transform-table.js";
import { checkConnections } from "./check-connections.js";
import type { Environment } from "./fill-env.js";
import { findSyncs, whyNot } from "./find-syncs.js";
import { loadAreas } from "./load-areas.js";
import { maskSecrets } from "./mask-secrets.js";
import type { Project } from "./model.js";
import { type ProjectRead, type ReadOptions, readProject } from "./read-project.js";

export interface LoadOptions {
  /** `process.env` if not given. */
  readonly env?: Environment;
  /** Options by connection, used instead of those in the file: a simulator's address. */
  readonly simulate?: ReadOptions["simulate"];
  /** An app's own steps, which `do` may name beside the built-in ones; the engine is given the same. */
  readonly transforms?: GivenTransforms;
  /** Takes words as well that the engine does not carry out yet: for editors, not for runs. */
  readonly preview?: boolean;
}

const projectFile = "fieldwright.yaml";

/** The project in a folder with all its syncs, or everything that is wrong in its files. An unset variable is no problem yet. */
export async function loadProject(folder: string, options: LoadOptions = {}): Promise<Checked<Project>> {
  const absolute = resolve(folder);
  const text = await readFile(resolve(absolute, projectFile), "utf8").catch((error: unknown) => ({ error }));
  if (typeof text !== "string") return { ok: false, problems: [notFound(absolute, text.error)] };
  const yaml = readYaml(text, { area: "project", file: projectFile, mask: maskSecrets });
  if (yaml.value === undefined) return { ok: false, problems: yaml.problems };
  const read = readProject(yaml.value, yaml.source, {
    folder: absolute,
    env: options.env ?? process.env,
    ...(options.simulate === undefined ? {} : { simulate: options.simulate }),
  });
  const syncs = await loadSyncs(absolute, read, { ...options, source: yaml.source });
  const problems = [...inReadingOrder([...yaml.problems, ...read.problems, ...syncs.own]), ...syncs.problems];
  if (read.project === undefined || problems.some((problem) => problem.severity === "error")) return { ok: false, problems };
  return { ok: true, value: { ...read.project, syncs: syncs.specs }, warnings: problems };
}

interface LoadedSyncs {
  readonly specs: readonly Spec[];
  /** In fieldwright.yaml. */
  readonly own: readonly Problem[];
  /** In the sync files. */
  readonly problems: readonly Problem[];
}

async function loadSyncs(folder: string, read: ProjectRead, options: LoadOptions & { readonly source: SourceText }): Promise<LoadedSyncs> {
  const found = await findSyncs(folder, read.syncs);
  const own = found.unreadable.map(({ place, why }) =>
    problemAt(options.source, {
      code: "project/no-syncs",
      path: placePath(options.source, place),
      message: `The syncs in \`${place}\` cannot be read: ${why}.`,
      hint: "`syncs` names a folder, or a list of folders and files, beside fieldwright.yaml.",
    }),
  );
  if (found.files.length === 0 && own.length === 0) {
    own.push(
      problemAt(options.source, {
        code: "project/no-syncs",
        severity: "warning",
        path: ["syncs"],
        message: `There is no sync in \`${read.syncs.join("`, `")}\`, so that nothing would run.`,
        hint: "Put files that end in `.yaml` there.",
      }),
    );
  }
  const table = transformTable(options.transforms);
  const parsed = found.files.map(({ file, text }) => parseSpec(text, { file, transforms: table, preview: options.preview ?? false }));
  const loaded = await Promise.all(parsed.flatMap((each) => (each.ok ? [loadAreas(folder, each.value)] : [])));
  const specs = loaded.map((each) => each.spec);
  // A ref to a sync whose own file is broken is not wrong for that.
  const complete = specs.length === parsed.length;
  const together = checkTogether(specs).filter((problem) => complete || problem.code !== "spec/unknown-sync");
  const strange = read.connectionNames === undefined ? [] : checkConnections(specs, read.connectionNames);
  const across = [...together, ...strange, ...loaded.flatMap((each) => each.problems)];
  const problems = found.files.flatMap(({ file }, index) => {
    const each = parsed[index];
    return inReadingOrder([...(each?.ok === false ? each.problems : []), ...across.filter((problem) => problem.file === file)]);
  });
  return { specs, own, problems };
}

function placePath(source: SourceText, place: string): (string | number)[] {
  const [key] = Object.entries(source.positions ?? {}).find(
    ([path, { value }]) => path.startsWith("syncs") && source.text?.slice(...value).replace(/^["']|["']$/g, "") === place,
  ) ?? ["syncs"];
  return key.split(".");
}

function notFound(folder: string, error: unknown): Problem {
  return {
    code: "project/not-found",
    severity: "error",
    file: projectFile,
    message: `There is no project in ${folder}: ${projectFile} cannot be read, for ${whyNot(error)}.`,
    hint: "Start it in the project's folder, or name the folder with `--project DIR`.",
  };
}

import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** The module that `specifier` names for the project, else for this command line; `undefined` when neither has it. */
export async function loadPackage(specifier: string, projectFolder: string): Promise<Readonly<Record<string, unknown>> | undefined> {
  const places = [projectFolder, dirname(fileURLToPath(import.meta.url))];
  for (const place of places) {
    const file = fileOf(specifier, place);
    if (file !== undefined) return (await import(pathToFileURL(file).href)) as Readonly<Record<string, unknown>>;
  }
  return undefined;
}

function fileOf(specifier: string, folder: string): string | undefined {
  try {
    return createRequire(join(resolve(folder), "package.json")).resolve(specifier);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "MODULE_NOT_FOUND") return undefined;
    if (code === "ERR_PACKAGE_PATH_NOT_EXPORTED") return importOnlyFile(specifier, folder);
    throw error;
  }
}

/** `require` does not see a package's `import` condition, and Node 20 offers nothing else that resolves from a given folder. */
function importOnlyFile(specifier: string, from: string): string | undefined {
  const [name, rest] = splitSpecifier(specifier);
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    const home = join(folder, "node_modules", name);
    if (existsSync(join(home, "package.json"))) {
      const { exports } = JSON.parse(readFileSync(join(home, "package.json"), "utf8")) as { exports?: Record<string, unknown> };
      const target = importTarget(exports?.[rest] ?? (rest === "." ? exports : undefined));
      return target === undefined ? undefined : join(home, target);
    }
    if (folder === dirname(folder)) return undefined;
  }
}

function importTarget(entry: unknown): string | undefined {
  if (typeof entry === "string") return entry;
  if (typeof entry !== "object" || entry === null) return undefined;
  const conditions = entry as Record<string, unknown>;
  return importTarget(conditions.import ?? conditions.node ?? conditions.default);
}

/** "@a/b/c" as "@a/b" and "./c". */
function splitSpecifier(specifier: string): readonly [string, string] {
  const parts = specifier.split("/");
  const length = specifier.startsWith("@") ? 2 : 1;
  const rest = parts.slice(length).join("/");
  return [parts.slice(0, length).join("/"), rest === "" ? "." : `./${rest}`];
}

import { readdir, stat } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, relative } from "node:path";
import { onFile } from "./file-error.js";
import type { StreamOptions } from "./options.js";
import { type SourceFile, sourceFile } from "./source-file.js";

const tables = /\.(csv|tsv|tab|txt|xlsx|xlsm)$/i;
// Excel's own lock files, hidden ones, and what programs leave while they download or write.
const unfinished = /^[.~]|\.(part|tmp|crdownload|filepart)$/i;

/** Where a stream's rows are. */
export interface Place {
  readonly path: string;
  readonly kind: "file" | "files";
}

export async function placeOf(folder: string, file: string): Promise<Place> {
  const path = isAbsolute(file) ? file : join(folder, file);
  if (/[*?]/.test(basename(file))) return { path, kind: "files" };
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  return isFolder ? { path: join(path, "*"), kind: "files" } : { path, kind: "file" };
}

/** The files of a stream, the newest first. */
export async function findFiles(folder: string, options: Pick<StreamOptions, "file" | "order">): Promise<readonly SourceFile[]> {
  const place = await placeOf(folder, options.file);
  const paths = place.kind === "file" ? [place.path] : await matching(folder, place.path);
  const files = await Promise.all(paths.map((path) => onFile(shortName(folder, path), () => statOf(folder, path))));
  const byName = (a: SourceFile, b: SourceFile): number => b.name.localeCompare(a.name, "en", { numeric: true });
  return files.sort(options.order === "modified" ? (a, b) => b.changedMs - a.changedMs || byName(a, b) : byName);
}

/** The same; but a target that is yet to be made, in a folder that is there, is no mistake. */
export async function targetFiles(of: { readonly folder: string; readonly options: StreamOptions }): Promise<readonly SourceFile[]> {
  const { folder, options } = of;
  if (options.write !== "none") {
    const { path } = await placeOf(folder, options.file);
    const names = await onFile(dirname(path), () => readdir(dirname(path)));
    if (!names.includes(basename(path))) return [];
  }
  return findFiles(folder, options);
}

/** The tables in a folder, by name. */
export async function tablesIn(folder: string): Promise<readonly string[]> {
  const names = await onFile(folder, () => readdir(folder));
  return names.filter((name) => tables.test(name) && !unfinished.test(name)).sort();
}

async function matching(folder: string, pattern: string): Promise<readonly string[]> {
  const parent = dirname(pattern);
  const wanted = new RegExp(
    `^${basename(pattern)
      .replace(/[.+^${}()|[\]\\]/g, "\\$&")
      .replaceAll("*", ".*")
      .replaceAll("?", ".")}$`,
    "i",
  );
  const names = await onFile(shortName(folder, parent), () => readdir(parent));
  const all = basename(pattern) === "*";
  return names
    .filter((name) => wanted.test(name) && !unfinished.test(name) && (!all || tables.test(name)))
    .map((name) => join(parent, name));
}

async function statOf(folder: string, path: string): Promise<SourceFile> {
  return sourceFile(path, shortName(folder, path), await stat(path));
}

export function shortName(folder: string, path: string): string {
  const name = relative(folder, path);
  return name === "" || name.startsWith("..") ? path : name;
}

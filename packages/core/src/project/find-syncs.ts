import { readdir, readFile, stat } from "node:fs/promises";
import { relative, resolve, sep } from "node:path";

export interface SyncFile {
  /** Relative to the project folder, with `/`. */
  readonly file: string;
  readonly text: string;
}

export interface FoundSyncs {
  readonly files: readonly SyncFile[];
  /** Places that could not be read, and why. */
  readonly unreadable: readonly { readonly place: string; readonly why: string }[];
}

/** The sync files in these folders (all levels) and files, each once, by name. */
export async function findSyncs(folder: string, places: readonly string[]): Promise<FoundSyncs> {
  const texts = new Map<string, string>();
  const unreadable: { place: string; why: string }[] = [];
  for (const place of places) {
    try {
      for (const path of await pathsAt(resolve(folder, place))) {
        const file = relative(folder, path).split(sep).join("/");
        if (!texts.has(file)) texts.set(file, await readFile(path, "utf8"));
      }
    } catch (error) {
      unreadable.push({ place, why: whyNot(error) });
    }
  }
  const files = [...texts].map(([file, text]) => ({ file, text }));
  return { files: files.sort((a, b) => (a.file < b.file ? -1 : 1)), unreadable };
}

async function pathsAt(place: string): Promise<string[]> {
  if ((await stat(place)).isFile()) return [place];
  const entries = await readdir(place, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
    .map((entry) => resolve(entry.parentPath ?? entry.path, entry.name));
}

export function whyNot(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOENT" || code === "ENOTDIR") return "it does not exist";
  if (code === "EACCES" || code === "EPERM") return "this user may not read it";
  if (code === "EISDIR") return "it is a folder";
  return error instanceof Error ? error.message : String(error);
}

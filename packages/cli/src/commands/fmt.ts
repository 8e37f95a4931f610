import { readFile, writeFile } from "node:fs/promises";
import { relative, resolve } from "node:path";
import { FieldwrightError, formatSpec, loadProject } from "@fieldwright/core";
import { exitCode } from "../exit-code.js";
import { projectFolder } from "../project-folder.js";
import { some } from "../report/words.js";
import type { Terminal } from "../terminal.js";
import { commandText, type ProjectOptions } from "./project-options.js";

/** Puts the words of sync files in reading order; with `check` only tells which files are not. */
export async function fmt(
  options: ProjectOptions & { readonly files: readonly string[]; readonly check: boolean; readonly terminal: Terminal },
): Promise<number> {
  const { terminal, check } = options;
  const files = options.files.length > 0 ? options.files.map((file) => resolve(file)) : await syncFiles(projectFolder(options.project));
  const changed: string[] = [];
  for (const file of files) {
    const text = await textOf(file);
    const formatted = formatSpec(text);
    if (formatted === text) continue;
    changed.push(relative(process.cwd(), file) || file);
    if (!check) await writeFile(file, formatted);
  }
  terminal.result({ files: files.length, changed, written: !check }, () => {
    if (changed.length === 0) return `${some(files.length, "file")}, all in order.`;
    const list = changed.map((file) => `  ${file}`).join("\n");
    return check
      ? `Not in order:\n${list}\n\nTo put ${changed.length === 1 ? "it" : "them"} in order:  ${commandText(options)} fmt`
      : `Put in order:\n${list}`;
  });
  return check && changed.length > 0 ? exitCode.someFailed : exitCode.done;
}

/** The sync files of a project whose files can be read as specs. */
async function syncFiles(folder: string): Promise<readonly string[]> {
  const loaded = await loadProject(folder, { env: process.env });
  if (!loaded.ok)
    throw new FieldwrightError("project/invalid", "The project's files are not right yet:", {
      problems: loaded.problems,
      hint: "Name the files to put in order, or mend these first.",
    });
  return loaded.value.syncs.flatMap((spec) => (spec.file === undefined ? [] : [resolve(folder, spec.file)]));
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    throw new FieldwrightError("usage/file", `${relative(process.cwd(), file)} cannot be read.`, {
      hint: "The path counts from the folder you are in.",
      cause: error,
    });
  }
}

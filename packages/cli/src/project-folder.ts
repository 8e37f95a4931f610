import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { FieldwrightError } from "@fieldwright/core";

const projectFile = "fieldwright.yaml";

/** The folder that `--project` names, or the nearest one from here upwards that holds a fieldwright.yaml. */
export function projectFolder(given: string | undefined, from: string = process.cwd()): string {
  if (given !== undefined) {
    const folder = resolve(from, given);
    if (existsSync(join(folder, projectFile))) return folder;
    throw new FieldwrightError("project/not-found", `There is no ${projectFile} in ${folder}.`, {
      hint: `Name the folder that holds it: --project DIR.`,
    });
  }
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    if (existsSync(join(folder, projectFile))) return folder;
    if (folder === dirname(folder)) break;
  }
  throw new FieldwrightError("project/not-found", `There is no ${projectFile} in this folder or in one above it.`, {
    hint: "Go to the project's folder, or name it: --project DIR.",
  });
}

import { FieldwrightError, nearest, type Project } from "@fieldwright/core";

/** Throws where the project has no sync of this name. */
export function knownSync(name: string, project: Project): void {
  const names = project.syncs.map((spec) => spec.name);
  if (names.includes(name)) return;
  const near = nearest(name, names);
  throw new FieldwrightError("usage/unknown-name", `This project has no sync named "${name}".`, {
    hint: near === undefined ? `It has: ${names.join(", ")}.` : `Did you mean "${near}"?`,
  });
}

import type { Transform } from "../mapping/index.js";
import { specHash } from "../spec/spec-hash.js";
import { stepVersions } from "../spec/step-versions.js";
import { transformTable } from "../spec/transform-table.js";
import type { Project } from "./model.js";

/** The project with the hashes that its specs have with these very steps: what runs counts, whatever the files were read with. */
export function withTransforms(project: Project, transforms: readonly Transform[]): Project {
  if (transforms.length === 0) return project;
  const table = transformTable(transforms);
  const syncs = project.syncs.map((spec) => {
    const versioned = { ...spec, ...stepVersions(spec.fields, table) };
    return { ...versioned, hash: specHash(versioned) };
  });
  return { ...project, syncs };
}

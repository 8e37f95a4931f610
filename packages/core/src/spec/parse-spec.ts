import type { Checked } from "../problem.js";
import type { Spec } from "./model.js";
import { readSpec } from "./read-spec.js";
import { readYaml } from "./read-yaml.js";
import { inReadingOrder } from "./source-text.js";
import { type GivenTransforms, transformTable } from "./transform-table.js";

export interface ParseOptions {
  /** For messages; relative to the project folder. */
  readonly file?: string;
  /** An app's own steps, which `do` may name beside the built-in ones. */
  readonly transforms?: GivenTransforms;
  /** Takes words as well that the engine does not carry out yet. */
  readonly preview?: boolean;
}

/** The spec in a YAML text, or everything that is wrong with it. Never throws. */
export function parseSpec(text: string, options: ParseOptions = {}): Checked<Spec> {
  const yaml = readYaml(text, { area: "spec", ...(options.file === undefined ? {} : { file: options.file }) });
  if (yaml.value === undefined) return { ok: false, problems: yaml.problems };
  const read = readSpec(yaml.value, yaml.source, { transforms: transformTable(options.transforms), preview: options.preview ?? false });
  const problems = inReadingOrder([...yaml.problems, ...read.problems]);
  if (read.spec === undefined || problems.length > 0) return { ok: false, problems };
  return { ok: true, value: read.spec, warnings: [] };
}

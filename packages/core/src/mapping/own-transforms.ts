import { hash } from "node:crypto";
import { FieldwrightError } from "../problem.js";
import type { Step } from "../spec/model.js";
import type { Transform } from "./transform.js";
import { transforms } from "./transforms.js";

const builtIn: ReadonlySet<string> = new Set(transforms.map((one) => one.name));

/**
 * An app's own steps, as the engine takes them.
 * @throws FieldwrightError for a name that cannot stand in a spec, a built-in one, or one that is given twice
 */
export function ownTransforms(own: readonly Transform[] = []): readonly Transform[] {
  const seen = new Set<string>();
  for (const { name } of own) {
    if (!/^[a-z][a-z0-9_]*$/.test(name))
      throw new FieldwrightError("transform/name", `"${name}" cannot be the name of a step.`, {
        hint: "Use lower-case letters, digits and `_`, as in `shirt_size`.",
      });
    if (builtIn.has(name) || seen.has(name))
      throw new FieldwrightError(
        "transform/name-taken",
        builtIn.has(name) ? `\`${name}\` is a built-in step, which keeps its meaning.` : `Two steps are named \`${name}\`.`,
        { hint: "Give the step another name." },
      );
    seen.add(name);
  }
  return own;
}

/** What stands for a step's code in a spec's hash. */
export function transformVersion({ version, make }: Transform): string {
  return version === undefined ? `text ${hash("sha1", make.toString(), "hex").slice(0, 12)}` : `version ${version}`;
}

/** The steps of a field that are an app's own, for people. */
export function customSteps(rule: { readonly steps: readonly Step[] }): readonly string[] {
  return rule.steps.map((step) => step.name).filter((name) => !builtIn.has(name));
}

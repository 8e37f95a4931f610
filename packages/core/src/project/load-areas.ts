import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { transforms } from "../mapping/transforms.js";
import type { Problem } from "../problem.js";
import type { FieldRule, Spec, Step } from "../spec/model.js";
import { problemAt } from "../spec/source-text.js";
import { specHash } from "../spec/spec-hash.js";

const within = transforms.find((one) => one.name === "within");

/** The spec with the GeoJSON of its area files in place of their names: a changed area is then a changed spec. */
export async function loadAreas(folder: string, spec: Spec): Promise<{ readonly spec: Spec; readonly problems: readonly Problem[] }> {
  const problems: Problem[] = [];
  let changed = false;
  const withAreas = async (rule: FieldRule): Promise<FieldRule> => {
    const steps = await Promise.all(
      rule.steps.map(async (step, index) => {
        const file = areaFile(step);
        if (file === undefined) return step;
        changed = true;
        const loaded = await readArea(resolve(folder, file));
        if ("area" in loaded) return { ...step, argument: { area: loaded.area } };
        const path = ["fields", rule.target, "do", index, step.name, "area"];
        problems.push(
          problemAt(spec.source ?? {}, {
            code: "spec/bad-argument",
            path,
            message: `The area \`${file}\` cannot be used: ${loaded.why}.`,
            hint: "Name a GeoJSON file with polygons, seen from the folder of fieldwright.yaml.",
          }),
        );
        return step;
      }),
    );
    return { ...rule, steps };
  };
  const fields = await Promise.all(spec.fields.map(withAreas));
  if (!changed) return { spec, problems };
  const loaded = { ...spec, fields };
  return { spec: { ...loaded, hash: specHash(loaded) }, problems };
}

function areaFile(step: Step): string | undefined {
  if (step.name !== "within" || typeof step.argument !== "object" || step.argument === null) return undefined;
  const { area } = step.argument as { readonly area?: unknown };
  return typeof area === "string" ? area : undefined;
}

async function readArea(file: string): Promise<{ readonly area: unknown } | { readonly why: string }> {
  try {
    const area: unknown = JSON.parse(await readFile(file, "utf8"));
    if (within?.argument?.safeParse({ area }).success === false) return { why: "it is not GeoJSON with polygons" };
    return { area };
  } catch (error) {
    return { why: error instanceof SyntaxError ? "it is not JSON" : "there is no such file" };
  }
}

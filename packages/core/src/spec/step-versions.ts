import type { FieldRule } from "./model.js";
import type { TransformTable } from "./transform-table.js";

/** The versions of an app's own steps among those that these fields name; nothing for fields that name none. */
export function stepVersions(
  fields: readonly FieldRule[],
  transforms: TransformTable,
): { readonly transforms?: Readonly<Record<string, string>> } {
  const names = fields.flatMap((rule) => rule.steps.map((step) => step.name));
  const versions = names.flatMap((name) => {
    const version = Object.hasOwn(transforms, name) ? transforms[name]?.version : undefined;
    return version === undefined ? [] : [[name, version] as const];
  });
  return versions.length === 0 ? {} : { transforms: Object.fromEntries(versions) };
}

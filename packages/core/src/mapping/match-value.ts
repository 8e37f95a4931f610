import type { DataRecord, Field } from "@fieldwright/connector-kit";
import type { MatchKey, Path, Spec } from "../spec/model.js";
import { CannotConvert } from "./cannot-convert.js";
import { chain, compileSteps } from "./compile-steps.js";
import { compileFit } from "./fit.js";
import { getter } from "./getter.js";

/** The value of one half of a match key, from the source record (with its related records under their names) and its mapped values. */
export type MatchValue = (record: DataRecord, values: Readonly<Record<string, unknown>>) => unknown;

/**
 * The value to look for in a target field, cleaned as that field's own rule cleans. `undefined`, as for a blank one, where it cannot be
 * converted: nothing in the target can equal it.
 */
export function compileMatchValue(spec: Spec, pair: MatchKey["pairs"][number], fields: Readonly<Record<string, Field>>): MatchValue {
  const rule = spec.fields.find((one) => one.target === pair.target);
  if (rule !== undefined && (rule.kind === "from" || rule.kind === "map") && samePath(rule.from, pair.source))
    return (_record, values) => values[pair.target];
  const get = getter(pair.source);
  const clean = chain(compileSteps(rule?.steps ?? [], []));
  const field = Object.hasOwn(fields, pair.target) ? fields[pair.target] : undefined;
  const fit = field === undefined ? undefined : compileFit(field);
  return (record) => {
    let value = get(record);
    for (const convert of [clean, fit]) {
      if (convert === undefined) continue;
      value = convert(value);
      if (value instanceof CannotConvert) return undefined;
    }
    return value;
  };
}

function samePath(a: Path, b: Path): boolean {
  return a.length === b.length && a.every((part, at) => part === b[at]);
}

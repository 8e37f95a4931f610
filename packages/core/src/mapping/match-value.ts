import type { DataRecord, Field } from "@fieldwright/connector-kit";
import type { MatchKey, Path, Spec } from "../spec/model.js";
import { CannotConvert } from "./cannot-convert.js";
import { type CompiledStep, compileSteps } from "./compile-steps.js";
import { compileFit } from "./fit.js";
import { getter } from "./getter.js";
import { maskValue } from "./mask-value.js";
import type { Transform } from "./transform.js";

/** The value of one half of a match key, from the source record (with its related records under their names) and its mapped values. */
export type MatchValue = (record: DataRecord, values: Readonly<Record<string, unknown>>) => unknown;

export interface MatchValueOptions {
  /** Of the target. */
  readonly fields: Readonly<Record<string, Field>>;
  /** Steps of the app's own. */
  readonly transforms?: readonly Transform[];
}

/**
 * The value to look for in a target field, cleaned as that field's own rule cleans. A value that cannot be converted gives a `CannotConvert`,
 * whose reason tells the value's shape too: to pass over such a key could make a twin of a record that it would have found.
 */
export function compileMatchValue(spec: Spec, pair: MatchKey["pairs"][number], options: MatchValueOptions): MatchValue {
  const rule = spec.fields.find((one) => one.target === pair.target);
  if (rule !== undefined && (rule.kind === "from" || rule.kind === "map") && samePath(rule.from, pair.source))
    return (_record, values) => values[pair.target];
  const get = getter(pair.source);
  const field = Object.hasOwn(options.fields, pair.target) ? options.fields[pair.target] : undefined;
  const fit: readonly CompiledStep[] = field === undefined ? [] : [{ name: "", convert: compileFit(field) }];
  const steps = [...compileSteps(rule?.steps ?? [], options.transforms ?? []), ...fit];
  return (record) => {
    let value = get(record);
    for (const { name, convert } of steps) {
      const next = convert(value);
      if (next instanceof CannotConvert)
        return new CannotConvert(`${maskValue(value)}, ${next.reason}${name === "" ? "" : ` (step \`${name}\`)`}`);
      value = next;
    }
    return value;
  };
}

function samePath(a: Path, b: Path): boolean {
  return a.length === b.length && a.every((part, at) => part === b[at]);
}

import type { Field } from "@fieldwright/connector-kit";
import { canonical, isBlank } from "../mapping/index.js";
import { sortedJson } from "../mapping/sorted-json.js";

/** Whether two values of a field mean the same, whichever side wrote them. All blanks are one. */
export type SameValue = (a: unknown, b: unknown) => boolean;

/** By the field's own comparison; a field that is not declared is compared as it is. */
export function sameValueOf(field: Field | undefined): SameValue {
  if (field === undefined) return sameAsIs;
  const comparable = canonical(field);
  return (a, b) => a === b || comparable(a) === comparable(b);
}

function sameAsIs(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (isBlank(a) || isBlank(b)) return isBlank(a) && isBlank(b);
  return typeof a === typeof b && sortedJson(a) === sortedJson(b);
}

/** The comparisons of a target's fields, made when first asked for. */
export function sameValues(fields: Readonly<Record<string, Field>>): (name: string) => SameValue {
  const made = new Map<string, SameValue>();
  return (name) => {
    let same = made.get(name);
    if (same === undefined) {
      same = sameValueOf(Object.hasOwn(fields, name) ? fields[name] : undefined);
      made.set(name, same);
    }
    return same;
  };
}

import { isBlank } from "../mapping/index.js";
import { sortedJson } from "../mapping/sorted-json.js";
import type { SameValue } from "./same-value.js";

/** The list as it is with what is new in it at its end; members are compared as the field compares its own. Takes nothing away. */
export function addToList(present: unknown, wanted: unknown, same: SameValue): unknown {
  if (isBlank(wanted)) return present;
  const list = isBlank(present) ? [] : Array.isArray(present) ? present : [present];
  const added: unknown[] = [];
  for (const one of Array.isArray(wanted) ? wanted : [wanted]) {
    if (isBlank(one)) continue;
    if (![...list, ...added].some((member) => same([member], [one]) || sortedJson(member) === sortedJson(one))) added.push(one);
  }
  return added.length === 0 ? present : [...list, ...added];
}

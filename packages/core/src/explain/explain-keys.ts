import type { DataRecord } from "@fieldwright/connector-kit";
import type { Wanted } from "../map.js";
import { isBlank } from "../mapping/index.js";
import { keyTrouble } from "../match.js";
import type { ReadySync } from "../ready-sync.js";
import type { ExplainedKey } from "./explanation.js";

/** The keys by which a target is looked for, in their order, with this record's values. */
export function explainKeys(sync: ReadySync, wanted: Wanted, target: DataRecord | undefined): readonly ExplainedKey[] {
  return sync.keys.map((key) => {
    const name = key.parts.map((part) => part.target).join(" + ");
    const trouble = keyTrouble(key, wanted);
    if (trouble !== undefined) return { key: name, value: null, trouble: trouble.reason, fits: null };
    const values = key.parts.map((part) => part.value(wanted.source, wanted.values));
    if (values.some(isBlank)) return { key: name, value: null, fits: null };
    const fits = key.parts.every(
      (part, at) => sync.canonical[part.target]?.(values[at]) === sync.canonical[part.target]?.(target?.[part.target]),
    );
    return { key: name, value: values.map(String).join(" + "), fits: target === undefined ? null : fits };
  });
}

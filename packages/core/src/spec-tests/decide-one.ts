import type { DataRecord } from "@fieldwright/connector-kit";
import { diffRecord } from "../diff.js";
import { mapOne, unlessPasses } from "../map.js";
import type { MapContext } from "../mapping/index.js";
import { keyTrouble, noMatch, unlessAllowed } from "../match.js";
import { orHold } from "../or-hold.js";
import type { ReadySync } from "../ready-sync.js";
import type { Decision } from "../run.js";

/** A record with all that a decision about it needs, so that no store and no system is asked. */
export interface OneRecord {
  readonly id: string;
  readonly data: DataRecord;
  readonly related: MapContext["related"];
  readonly refs: MapContext["refs"];
  /** The target record that it matches, found just now; absent: there is none. */
  readonly target?: DataRecord;
  readonly now: Date;
}

/** What a run decides about this record, by the run's own steps: filter, map, match (which is given), create rule, diff. Pure. */
export function decideOne(sync: ReadySync, one: OneRecord): Decision {
  const { id, data, related, refs, target, now } = one;
  const whole = { ...data, ...related };
  const filtered = unlessPasses(sync, { id, whole, now });
  if (filtered !== undefined) return filtered;
  const wanted = mapOne(sync, { id, data, whole }, { related, refs, now });
  if ("kind" in wanted) return wanted;
  if (target === undefined) {
    for (const key of sync.keys) {
      const trouble = keyTrouble(key, wanted);
      if (trouble !== undefined) return trouble;
    }
    const undone = noMatch(sync, wanted) ?? unlessAllowed(sync, wanted, now);
    if (undone !== undefined) return undone;
  }
  const found = target === undefined ? {} : { target: { id: String(target[sync.target.key] ?? ""), record: target, newLink: true } };
  return orHold(id, () => diffRecord(sync, { wanted, ...found }, { remembered: undefined, now }));
}

import type { DataRecord } from "@fieldwright/connector-kit";
import type { StageDecision } from "./stage-decision.js";

type Values = Readonly<Record<string, unknown>>;

export interface PatchInput {
  readonly operation: "create" | "update";
  /** By target field; a field that the source does not mention is absent. */
  readonly wanted: Values;
  /** As it is now; absent for a create. */
  readonly target?: DataRecord | undefined;
  /** By field, the last value that this sync wrote, or that stood there when a person released it. */
  readonly lastWritten?: Values | undefined;
  /** What the source's record wanted before it changed. */
  readonly oldSource?: Values | undefined;
  /** Fields that belong to a person until released. */
  readonly humanOwned?: ReadonlySet<string> | undefined;
  readonly stage?: StageDecision | undefined;
}

/** A field whose wanted value is not written. */
export interface KeptField {
  readonly field: string;
  /** As the spec calls it: `protect.only_if_blank`, `stages`. */
  readonly rule: string;
  readonly line?: number;
  readonly why: string;
}

/** What may be written, and nothing else is. `before` holds what the patched fields hold now; of a new record nothing. */
export interface Patched {
  readonly patch: Values;
  readonly before: Values;
  readonly isEmpty: boolean;
  readonly kept: readonly KeptField[];
  /** Fields that a person was found to have changed: theirs from now on. */
  readonly becameHuman: readonly string[];
}

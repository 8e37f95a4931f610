import type { StageName } from "../spec/model.js";
import type { RuledStage } from "./wanted-stage.js";

/** Where a target record stands; blank parts are `undefined`. */
export interface CurrentStage {
  readonly pipeline?: string | undefined;
  readonly stage?: string | undefined;
  /** The furthest stage on its pipeline's line that was ever seen, as the sync remembers it. */
  readonly highest?: string | undefined;
}

export type StageDecision = SetStage | KeepStage | HoldStage;

export interface SetStage extends RuledStage {
  readonly do: "set";
  /** To be remembered with the record. */
  readonly highest?: string | undefined;
}

export interface KeepStage {
  readonly do: "keep";
  readonly why: WhyKept;
  /** "job-sold would become contacted"; absent where there is nothing to tell. */
  readonly says?: string | undefined;
  /** A person should look at the spec or the record. */
  readonly warn?: true;
  /** Of the rule that wanted another stage. */
  readonly rule?: number | undefined;
  readonly line?: number | undefined;
}

export type WhyKept =
  | "equal"
  | "held_back" // it would have gone backward
  | "protected"
  | "unknown_current" // the spec does not know the stage that it is in
  | "side_stage" // it may not be entered from here, or not be left by the sync
  | "other_pipeline" // it may not come from here
  | "no_rule";

export interface HoldStage {
  readonly do: "hold";
  readonly why: string;
  readonly rule?: number | undefined;
  readonly line?: number | undefined;
}

export const keepEqual: KeepStage = { do: "keep", why: "equal" };
export const keepNoRule: KeepStage = { do: "keep", why: "no_rule" };

/** `sales.contacted`. */
export function stageText(name: StageName): string {
  return `${name.pipeline}.${name.stage}`;
}

export * from "./guards.js";
export * from "./inverse.js";
export * from "./patch.js";
export * from "./planned-values.js";
export * from "./protect.js";
export * from "./stage-decision.js";
export * from "./stages.js";
export * from "./suspicious.js";
export type { RuledStage, WantedStage } from "./wanted-stage.js";

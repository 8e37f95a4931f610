export { checkSpecs } from "./check-specs.js";
export { defineSync } from "./define-sync.js";
export { formatSpec } from "./format-spec.js";
export { specJsonSchema } from "./json-schema.js";
export type * from "./model.js";
export { type ParseOptions, parseSpec } from "./parse-spec.js";
export { recordTypes } from "./record-types.js";
export { settleSpec } from "./settle-spec.js";
export type { Schemas } from "./spec-check.js";

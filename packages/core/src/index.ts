export * from "./create-engine.js";
export type * from "./engine.js";
export type * from "./events.js";
export * from "./problem.js";
export type { Project } from "./project/model.js";
export type { Spec } from "./spec/model.js";
export * from "./project/index.js";
export { defineSync, parseSpec } from "./spec/index.js";

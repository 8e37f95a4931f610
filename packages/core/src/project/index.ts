export { defineProject, type ProjectDefinition } from "./define-project.js";
export { projectJsonSchema } from "./json-schema.js";
export { type LoadOptions, loadProject } from "./load-project.js";
export type * from "./model.js";

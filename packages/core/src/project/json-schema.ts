import { editorSchema, type JsonSchema } from "../spec/json-schema.js";
import { projectShape } from "./shape.js";

/** The schema of `fieldwright.yaml`, for editors. */
export function projectJsonSchema(): JsonSchema {
  return editorSchema(projectShape, "A Fieldwright project", "Connections, store and sync files.");
}

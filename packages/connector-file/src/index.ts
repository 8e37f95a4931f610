import { defineConnector } from "@fieldwright/connector-kit";
import { openConnection } from "./open.js";
import { type FileOptions, optionsSchema } from "./options.js";

export { describe } from "./describe.js";
export type { FileDescription } from "./describe-file.js";
export { type Layout, saveLayout } from "./layout/saved-layouts.js";
export type { FileOptions } from "./options.js";

/** CSV, TSV and Excel files as streams, and as targets. */
export const file = defineConnector<FileOptions>({
  name: "file",
  title: "CSV and Excel files",
  options: optionsSchema,
  secrets: [],
  open: async (options, world) => openConnection(options, world),
});

export default file;

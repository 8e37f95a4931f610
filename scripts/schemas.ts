import { mkdirSync, writeFileSync } from "node:fs";
import { projectJsonSchema } from "../packages/core/src/project/json-schema.js";
import { specJsonSchema } from "../packages/core/src/spec/json-schema.js";

// Writes the editors' schemas from the validators: node --conditions=fieldwright-source --import tsx scripts/schemas.ts
const folder = new URL("../packages/core/schema/", import.meta.url);
mkdirSync(folder, { recursive: true });
writeFileSync(new URL("sync.schema.json", folder), `${JSON.stringify(specJsonSchema(), null, 2)}\n`);
writeFileSync(new URL("project.schema.json", folder), `${JSON.stringify(projectJsonSchema(), null, 2)}\n`);

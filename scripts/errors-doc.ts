import { writeFileSync } from "node:fs";
import { codesDoc } from "../packages/core/src/spec/codes-doc.js";

// Writes docs/errors.md from the table of codes: node --conditions=fieldwright-source --import tsx scripts/errors-doc.ts
writeFileSync(new URL("../docs/errors.md", import.meta.url), codesDoc());

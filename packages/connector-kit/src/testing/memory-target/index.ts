export { memoryTarget, memoryTargetIn } from "./memory-connector.js";
export type { MemoryStream } from "./memory-streams.js";
export { memorySkips, memorySubject } from "./memory-subject.js";
export type { Oddities } from "./oddities.js";
export { type MemoryTarget, type MemoryTargetOptions, startMemoryTarget } from "./start-memory-target.js";
export { createVendorWorld, type LogEntry, type VendorWorld, type VendorWorldOptions } from "./vendor-world.js";

export * from "./clock.js";
export * from "./faults.js";
export * from "./generate.js";
export * from "./simulator.js";
export * from "./table.js";
export * from "./traffic.js";

export * from "./clock.js";
export { type FaultKind, type Faults, createFaults, faultKinds } from "./faults.js";
export * from "./generate.js";
export * from "./simulator.js";
export * from "./table.js";
export * from "./tcp-proxy.js";
export { type Traffic, createTraffic } from "./traffic.js";

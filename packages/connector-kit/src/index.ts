export * from "./contract.js";
export * from "./vendor-error.js";

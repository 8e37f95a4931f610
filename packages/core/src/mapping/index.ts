export * from "./cannot-convert.js";
export * from "./getter.js";
export * from "./is-blank.js";
export * from "./transform.js";
export * from "./transforms.js";

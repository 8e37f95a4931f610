export * from "./session.js";
export * from "./quote.js";
export * from "./copy-text.js";

export * from "./session.js";
export * from "./quote.js";
export * from "./copy-text.js";
export * from "./failure.js";
export * from "./open-pg.js";
export * from "./open-pglite.js";

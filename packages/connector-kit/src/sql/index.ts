export * from "./copy-text.js";
export * from "./failure.js";
export * from "./open-pg.js";
export * from "./open-pglite.js";
export * from "./quote.js";
export * from "./session.js";

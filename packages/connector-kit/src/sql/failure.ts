/** What kind of trouble a database's error is; only `data` is about the rows that were sent. */
export type SqlTrouble = "data" | "connection" | "disk" | "conflict" | "rights" | "other";

const socketCodes = new Set(["ECONNREFUSED", "ECONNRESET", "ENOTFOUND", "ETIMEDOUT", "EPIPE", "EAI_AGAIN", "EHOSTUNREACH"]);

/** The five-character SQLSTATE, or the code of a socket error; "" when the error has neither. */
export function sqlState(error: unknown): string {
  if (typeof error !== "object" || error === null || !("code" in error)) return "";
  return typeof error.code === "string" ? error.code : "";
}

/** Sorts an error of the driver. See PostgreSQL's appendix "Error Codes" for the classes. */
export function sqlTrouble(error: unknown): SqlTrouble {
  const state = sqlState(error);
  if (
    socketCodes.has(state) ||
    state.startsWith("08") ||
    state.startsWith("57P") ||
    state.startsWith("28") ||
    state === "3D000" ||
    state === "53300"
  )
    return "connection";
  if (state.startsWith("53") || state.startsWith("58") || state === "ENOSPC") return "disk";
  if (state.startsWith("40") || state === "55P03") return "conflict";
  if (state === "42501") return "rights";
  if (state.startsWith("22") || state.startsWith("23")) return "data";
  if (
    state === "" &&
    error instanceof Error &&
    /connection terminated|connection ended|client has encountered|timeout exceeded|PGlite is closed/i.test(error.message)
  )
    return "connection";
  return "other";
}

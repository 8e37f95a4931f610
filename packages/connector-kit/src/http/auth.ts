import type { Call } from "../contract.js";

/** How requests prove who sends them. */
export interface Auth {
  /** Adds what the next request needs; what it adds is kept out of every message. */
  apply(headers: Record<string, string>, call: Call): Promise<void>;
  /**
   * After a 401, once a request; `true`: try again. `call` is the one that `apply` got for that request,
   * so that requests refused side by side need only one renewal.
   */
  renew?(call: Call): Promise<boolean>;
}

/** A key in a header, after `prefix` where there is one ("Token "). */
export function headerAuth(name: string, value: string, prefix = ""): Auth {
  // Keys come from files and clipboards, with their line breaks.
  const sent = `${prefix}${value.trim()}`;
  return {
    apply: async (headers) => {
      headers[name.toLowerCase()] = sent;
    },
  };
}

export function bearerAuth(token: string): Auth {
  return headerAuth("authorization", token, "Bearer ");
}

export function basicAuth(user: string, password: string): Auth {
  return headerAuth("authorization", Buffer.from(`${user}:${password}`, "utf8").toString("base64"), "Basic ");
}

import type { Agent } from "undici";
import type { Call } from "../contract.js";
import { createRedactor } from "../redact.js";
import { parseBase, type Query } from "./address.js";
import { restated } from "./failure.js";
import type { Http, HttpOptions } from "./http.js";
import { type Client, persist } from "./persist.js";
import { prepare } from "./prepare.js";

/** @throws VendorError `stop-run` where `baseUrl` is no address. */
export function createHttp(options: HttpOptions): Http {
  const base = parseBase(options.baseUrl);
  const redactor = createRedactor();
  const known = new Set<string>();
  let agent: Promise<Agent> | undefined;
  const client: Client = {
    options,
    // Loaded with the first request: a program that only prints its help must not wait for it.
    agent: () => {
      agent ??= import("undici").then((undici) => new undici.Agent({ headersTimeout: 0, bodyTimeout: 0 }));
      return agent;
    },
    hide(value, isSecret) {
      // Short values of harmless headers ("1") would black out half of every message.
      if (known.has(value) || (value.length < 4 && !isSecret)) return;
      known.add(value);
      redactor.add(value);
      if (isSecret) options.secret?.(value);
    },
    redact: (text) => redactor.redact(text),
    redactError(error) {
      const message = redactor.redact(error.message);
      const hint = error.hint === undefined ? undefined : redactor.redact(error.hint);
      if (message === error.message && hint === error.hint) return error;
      return restated(error, { message, ...(hint === undefined ? {} : { hint }) });
    },
  };
  return {
    async get<T>(path: string, query: Query | undefined, call: Call) {
      const answer = await persist(
        client,
        prepare({ base, options, wanted: "json" }, { path, ...(query === undefined ? {} : { query }) }),
        call,
      );
      return answer.body as T;
    },
    send: async (request, call) => persist(client, prepare({ base, options, wanted: "api" }, request), call),
    close: async () => {
      await (await agent)?.close();
    },
  };
}

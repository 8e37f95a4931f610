import { createSimulator, type RepcardSimulator, type RepcardSimulatorOptions } from "@fieldwright/connector-repcard/simulator";
import { onTestFinished } from "vitest";

export type Json = { readonly [key: string]: JsonValue };
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | Json;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Parsed; fails where the body is no JSON object. */
  readonly json: Json;
  /** `result` of envelope A. */
  readonly result: Json;
  /** The rows, whichever envelope they came in. */
  readonly rows: readonly Json[];
}

export interface Calls {
  readonly simulator: RepcardSimulator;
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  send(method: string, path: string, body?: unknown): Promise<Answer>;
  /** Every row of a listing in envelope A-list, page by page. */
  walk(path: string, perPage?: number): Promise<readonly Json[]>;
}

export const allTime = "from_date=2000-01-01&to_date=2100-01-01";

/** A company for one test, and plain calls to it. */
export async function open(options: RepcardSimulatorOptions = {}): Promise<Calls> {
  const simulator = await createSimulator({ rateLimit: false, now: "2026-03-10T15:00:00Z", ...options });
  onTestFinished(() => simulator.close());
  const call = async (method: string, path: string, init: { headers?: Record<string, string>; body?: string } = {}): Promise<Answer> => {
    const headers = { "x-api-key": simulator.options.apiKey, accept: "application/json", ...init.headers };
    return answerOf(await fetch(`${simulator.url}${path}`, { method, headers, ...(init.body === undefined ? {} : { body: init.body }) }));
  };
  const get: Calls["get"] = (path, headers) => call("GET", path, headers ? { headers } : {});
  return {
    simulator,
    get,
    send: (method, path, body) => {
      if (body === undefined) return call(method, path);
      return call(method, path, {
        headers: { "content-type": "application/json" },
        body: typeof body === "string" ? body : JSON.stringify(body),
      });
    },
    async walk(path, perPage = 100) {
      const rows: Json[] = [];
      for (let page = 1; ; page += 1) {
        const { result } = await get(`${path}${path.includes("?") ? "&" : "?"}per_page=${perPage}&page=${page}`);
        rows.push(...(result.data as readonly Json[]));
        if (page >= Number(result.totalPages)) return rows;
      }
    },
  };
}

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  const answer: Answer = {
    status: response.status,
    headers: response.headers,
    text,
    get json() {
      return JSON.parse(text) as Json;
    },
    get result() {
      return answer.json.result as Json;
    },
    get rows() {
      const { data, result } = answer.json as { readonly data?: JsonValue; readonly result?: JsonValue };
      if (Array.isArray(data)) return data as readonly Json[];
      return (Array.isArray(result) ? result : (result as Json).data) as readonly Json[];
    },
  };
  return answer;
}

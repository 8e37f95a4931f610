import { type CopperSimulator, type CopperSimulatorOptions, createSimulator } from "@fieldwright/connector-copper/simulator";
import { onTestFinished } from "vitest";

export type Json = Readonly<Record<string, unknown>>;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: Json;
  readonly rows: readonly Json[];
}

export interface Calls {
  readonly simulator: CopperSimulator;
  send(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  search(kind: string, body?: Json): Promise<Answer>;
}

/** An account for one test, and plain calls to it. */
export async function open(options: CopperSimulatorOptions = {}): Promise<Calls> {
  const simulator = await createSimulator({ rateLimit: false, now: "2026-03-10T15:00:00Z", ...options });
  onTestFinished(() => simulator.close());
  const keys = {
    "X-PW-AccessToken": simulator.options.apiKey,
    "X-PW-Application": "developer_api",
    "X-PW-UserEmail": simulator.options.userEmail,
    "Content-Type": "application/json",
  };
  const send: Calls["send"] = async (method, path, body, headers = keys) => {
    const response = await fetch(`${simulator.url}${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      text,
      get json() {
        return JSON.parse(text) as Json;
      },
      get rows() {
        return JSON.parse(text) as readonly Json[];
      },
    };
  };
  return { simulator, send, search: (kind, body = {}) => send("POST", `/${kind}/search`, body) };
}

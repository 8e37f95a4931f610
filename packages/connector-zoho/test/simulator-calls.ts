import { createSimulator, type ZohoSimulator, type ZohoSimulatorOptions } from "@fieldwright/connector-zoho/simulator";
import { onTestFinished } from "vitest";
import { now } from "./connect.js";

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A simulator with a token for it: calls as any client would make them, without the connector. */
export interface Bare {
  readonly simulator: ZohoSimulator;
  readonly token: string;
  refresh(): Promise<Answered>;
  call(method: string, path: string, more?: { json?: unknown; headers?: Readonly<Record<string, string>> }): Promise<Answered>;
}

export async function bare(options: ZohoSimulatorOptions = {}): Promise<Bare> {
  const simulator = await createSimulator({ now, credits: false, size: 12, ...options });
  onTestFinished(() => simulator.close());
  const { clientId: client_id, clientSecret: client_secret, refreshToken: refresh_token } = simulator.options;
  const refresh = async () =>
    answered(
      await fetch(`${simulator.url}/oauth/v2/token`, {
        method: "POST",
        body: new URLSearchParams({ grant_type: "refresh_token", client_id, client_secret, refresh_token }),
      }),
    );
  const token = String((await refresh()).body.access_token);
  return {
    simulator,
    token,
    refresh,
    async call(method, path, { json, headers } = {}) {
      const init: RequestInit = { method, headers: { authorization: `Zoho-oauthtoken ${token}`, ...headers } };
      if (json !== undefined) init.body = JSON.stringify(json);
      return answered(await fetch(simulator.url + path, init));
    },
  };
}

async function answered(response: Response): Promise<Answered> {
  const text = await response.text();
  const body = text.startsWith("{") ? (JSON.parse(text) as Answered["body"]) : {};
  return { status: response.status, headers: response.headers, text, body };
}

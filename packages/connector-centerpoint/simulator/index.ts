import { type Simulator, startSimulator } from "@fieldwright/connector-kit/testing";
import { createAccount } from "./account.js";
import { type ApiState, createApiFace } from "./api-face.js";
import { type FilesState, fileAnswer } from "./files-face.js";
import { type CenterpointSimulatorOptions, settingsOf } from "./options.js";
import { asRead } from "./truth.js";
import { createWebFace, type WebState } from "./web-face.js";

export { type CenterpointSimulatorOptions, millionsOfRows } from "./options.js";

export interface CenterpointSimulator extends Simulator {
  readonly options: { readonly baseUrl: string; readonly token: string };
  /** Where the web app is, and who may enter. */
  readonly web: { readonly url: string; readonly user: string; readonly password: string };
  readonly api: ApiState;
  readonly webState: WebState;
  readonly files: FilesState;
}

/** The relationships that a whole read asks for. */
const shown: Readonly<Record<string, readonly string[]>> = {
  companies: ["manager", "location"],
  properties: ["manager"],
  opportunities: ["accountManager", "managers", "workflowStage"],
  services: ["accountManager", "managers", "workflowStage"],
  productions: ["accountManager", "managers", "workflowStage"],
  model_files: ["file"],
};

/** A Centerpoint Connect account on this machine: its API, its web app and its files, over the same rows. */
export async function createSimulator(options: CenterpointSimulatorOptions = {}): Promise<CenterpointSimulator> {
  const settings = settingsOf(options);
  const account = createAccount(settings);
  const api: ApiState = { mode: "well", endsAfter: undefined };
  const files: FilesState = { guarded: false, gone: new Set(), seenTokens: [] };
  const apiFace = createApiFace(account, api);
  const web = createWebFace(account);
  const place = { filesUrl: "" };
  account.filesUrl = () => place.filesUrl;
  const connection = (url: string) => ({ baseUrl: url, token: settings.token });
  const simulator = await startSimulator({
    async handler(request) {
      const url = new URL(request.url);
      if (settings.delayMs > 0) await new Promise((resolve) => setTimeout(resolve, settings.delayMs));
      if (url.pathname.startsWith("/centerpoint")) return apiFace(request);
      if (url.pathname.startsWith("/stored/")) return fileAnswer(request, url.pathname.slice("/stored".length), files);
      return web.answer(request, url);
    },
    basePath: "/centerpoint",
    options: connection,
    secrets: [settings.token],
    clock: settings.clock,
    tables: account.tables,
    asRead: (path, record) => asRead(account, { path, filesUrl: place.filesUrl, shown: shown[path] ?? [] }, record),
    ...(settings.rateLimit ? { rateLimit: { ...settings.rateLimit, onLimit: tooMany, headers: limitHeaders } } : {}),
    answers: {
      refused: () => Response.json({ error: "Rate limit exceeded" }, { status: 429, headers: { "retry-after": "0" } }),
      broken: () => Response.json({ message: "Server Error" }, { status: 500 }),
      unauthorized: () => Response.json({ error: "Key has expired, please renew" }, { status: 401 }),
    },
    port: settings.port,
  });
  const origin = new URL(simulator.url).origin;
  place.filesUrl = `${origin}/stored`;
  return Object.assign(simulator, {
    options: connection(simulator.url),
    web: { url: origin, user: settings.user, password: settings.password },
    api,
    webState: web.state,
    files,
  });
}

export { createSimulator as createCenterpointSimulator };

function tooMany(retryAfterSeconds: number): Response {
  return Response.json({ error: "Rate limit exceeded" }, { status: 429, headers: { "retry-after": String(retryAfterSeconds) } });
}

function limitHeaders(limit: number, remaining: number): Record<string, string> {
  return { "X-RateLimit-Limit": String(limit), "X-RateLimit-Remaining": String(remaining) };
}

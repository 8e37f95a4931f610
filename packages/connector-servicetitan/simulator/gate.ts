import type { Settings } from "./options.js";
import { problemAnswer } from "./problem.js";
import type { Tokens } from "./tokens.js";

/** Who is let in; a refusal otherwise. */
export function gate({ credentials, tenantId, connected }: Settings, tokens: Tokens, request: Request): Response | undefined {
  const url = new URL(request.url);
  // Both forms are in use: with the word before it, and bare.
  const token = (request.headers.get("authorization") ?? "").replace(/^Bearer /i, "");
  const appKey = request.headers.get("st-app-key") ?? url.searchParams.get("servicetitanapplicationkey");
  if (!tokens.isGood(token)) return problemAnswer(401, "Unauthorized");
  if (appKey !== credentials.appKey) return problemAnswer(401, "The application key is missing or invalid.");
  const tenant = /^\/[^/]+\/v\d\/tenant\/([^/]+)\//.exec(url.pathname)?.[1];
  if (tenant === undefined) return new Response("404 page not found", { status: 404, headers: { "content-type": "text/plain" } });
  if (tenant !== String(tenantId)) return problemAnswer(403, "The token is not for this tenant.");
  if (!connected) return problemAnswer(403, "The application is not connected to this tenant.");
  return undefined;
}

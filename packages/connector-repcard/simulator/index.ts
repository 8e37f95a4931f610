import { type RateLimit, type Simulator, startSimulator } from "@fieldwright/connector-kit/testing";
import { createAccount } from "./account.js";
import { createApp, unauthorized } from "./app.js";
import { startFiles } from "./files.js";
import { errorPage } from "./laravel.js";
import { type RepcardSimulatorOptions, type Settings, settingsOf, usualLimit } from "./options.js";
import { createRenderedCustomers } from "./rendered-customers.js";
import { tablesOf } from "./tables.js";

export type { RepcardSimulatorOptions, Sizes } from "./options.js";

export interface RepcardSimulator extends Simulator {
  readonly options: { readonly baseUrl: string; readonly apiKey: string };
  /** Where the attachments lie: another server, which must never see the key. */
  readonly filesUrl: string;
  /** Keys that arrived at the server of the files. Must stay empty. */
  readonly leakedKeys: readonly string[];
  /** Mails and texts that calls have sent to people, in words. */
  readonly messages: readonly string[];
  /** Renders all customers now; only with `prerendered`. */
  warm(): void;
}

/** A RepCard company on this machine, with the vendor's oddities. */
export async function createSimulator(options: RepcardSimulatorOptions = {}): Promise<RepcardSimulator> {
  const settings = settingsOf(options);
  const account = createAccount(settings);
  const rendered = settings.prerendered ? createRenderedCustomers(account) : undefined;
  const files = await startFiles(account, settings.filesPort);
  account.filesUrl = files.url;
  const app = createApp(account, rendered);
  const connection = (url: string): RepcardSimulator["options"] => ({ baseUrl: url, apiKey: settings.apiKey });
  const server = await startSimulator({
    handler: (request) => app.fetch(request),
    basePath: "/api",
    options: connection,
    secrets: [settings.apiKey],
    clock: settings.clock,
    rateLimit: limitOf(settings),
    tables: tablesOf(account),
    answers: {
      refused: () => tooMany({ "Retry-After": "0" }),
      broken: () => new Response(errorPage(500, "Server Error"), { status: 500, headers: { "content-type": "text/html; charset=UTF-8" } }),
      unauthorized: () => Response.json(unauthorized, { status: 401 }),
    },
    port: settings.port,
  }).catch(async (error: unknown) => {
    await files.close();
    throw error;
  });
  if (settings.rateLimit === false) server.limitTo?.("none");
  const closeServer = server.close.bind(server);
  return Object.assign(server, {
    options: connection(server.url),
    filesUrl: files.url,
    leakedKeys: files.leakedKeys,
    messages: account.messages,
    warm: () => rendered?.warm(),
    close: async () => {
      await Promise.all([closeServer(), files.close()]);
    },
  });
}

export { createSimulator as createRepcardSimulator };

/** The framework's throttle: a count that starts anew with each window. */
function limitOf(settings: Settings): RateLimit {
  return {
    ...(settings.rateLimit || usualLimit),
    window: "fixed",
    // Without the usual envelope.
    onLimit: (retryAfterSeconds, resetUnix) =>
      tooMany({ "Retry-After": String(retryAfterSeconds), "X-RateLimit-Reset": String(resetUnix) }),
    headers: (limit, remaining) => ({ "X-RateLimit-Limit": String(limit), "X-RateLimit-Remaining": String(remaining) }),
  };
}

function tooMany(headers: Record<string, string>): Response {
  return Response.json({ message: "Too Many Attempts." }, { status: 429, headers });
}

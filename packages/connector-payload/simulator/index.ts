import { type Simulator, startSimulator } from "@fieldwright/connector-kit/testing";
import { createAccount } from "./account.js";
import { createApp } from "./app.js";
import { type PayloadSimulatorOptions, settingsOf } from "./options.js";

export { type CollectionDefinition, crmCollections, type FieldDefinition, type Rule } from "./collections.js";
export type { PayloadSimulatorOptions } from "./options.js";

export interface PayloadSimulator extends Simulator {
  readonly options: { readonly baseUrl: string; readonly apiKey: string };
  /** In place of the API key. */
  readonly login: { readonly email: string; readonly password: string };
  /** From now on another API key is the good one. */
  changeKey(apiKey: string): void;
  /** Ends all logins, as a logout or a restart with another secret does. */
  endLogins(): void;
}

/** A Payload site on this machine, with the oddities of the real one on Postgres. */
export async function createSimulator(options: PayloadSimulatorOptions = {}): Promise<PayloadSimulator> {
  const settings = settingsOf(options);
  const account = createAccount(settings);
  const app = createApp(account);
  const failed = (status: number, message: string): Response => Response.json({ errors: [{ message }] }, { status });
  const connection = (url: string): PayloadSimulator["options"] => ({ baseUrl: url, apiKey: settings.apiKey });
  const server = await startSimulator({
    handler: (request) => app.fetch(request),
    basePath: "/api",
    options: connection,
    secrets: [settings.apiKey, settings.password],
    clock: settings.clock,
    tables: Object.fromEntries([...account.collections].map(([slug, { table }]) => [slug, table])),
    answers: {
      broken: () => failed(500, "Something went wrong."),
      // What a dead key meets.
      unauthorized: () => failed(403, "You are not allowed to perform this action."),
    },
    port: settings.port,
  });
  return Object.assign(server, {
    options: connection(server.url),
    login: { email: settings.email, password: settings.password },
    changeKey: (apiKey: string) => {
      account.apiKey = apiKey;
    },
    endLogins: () => account.sessions.clear(),
  });
}

export { createSimulator as createPayloadSimulator };

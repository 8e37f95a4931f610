import { type Simulator, startSimulator } from "@fieldwright/connector-kit/testing";
import { createApp } from "./app.js";
import { createCredits } from "./credits.js";
import { type Accounts, createAccounts } from "./oauth.js";
import { settingsOf, type ZohoSimulatorOptions } from "./options.js";
import { createOrg } from "./org.js";
import { internalError, invalidToken, tooMany } from "./refusal.js";
import { renderRecord } from "./render.js";

export type { CustomField } from "./custom-fields.js";
export type { ZohoSimulatorOptions } from "./options.js";

export interface ZohoSimulator extends Simulator {
  readonly options: {
    readonly accountsUrl: string;
    readonly clientId: string;
    readonly clientSecret: string;
    readonly refreshToken: string;
  };
  readonly accounts: Pick<Accounts, "cutOff" | "dropTokens" | "refreshes">;
  /** What writes have set off, "Contacts workflow": must stay empty where `trigger` was empty. */
  readonly automation: readonly string[];
  /** From now on the user may not see this module. */
  forbid(module: string): void;
}

/** A Zoho CRM organisation and its accounts server on this machine, with the vendor's oddities. */
export async function createSimulator(options: ZohoSimulatorOptions = {}): Promise<ZohoSimulator> {
  const settings = settingsOf(options);
  const org = createOrg(settings);
  const secrets = [settings.clientSecret, settings.refreshToken];
  const accounts = createAccounts(org, secrets);
  const credits = createCredits(settings.credits);
  const app = createApp({ org, accounts, credits });
  const { clientId, clientSecret, refreshToken } = settings;
  const connection = (url: string): ZohoSimulator["options"] => ({ accountsUrl: url, clientId, clientSecret, refreshToken });
  const visible = org.modules.map((module) => module.name);
  const server = await startSimulator({
    handler: (request) => app.fetch(request),
    options: connection,
    secrets,
    clock: settings.clock,
    tables: Object.fromEntries(
      visible.flatMap((name) => {
        const table = org.tableIfAny(name);
        return table === undefined ? [] : [[name, table]];
      }),
    ),
    asRead(stream, record) {
      const module = org.tableIfAny(stream)?.module;
      return module === undefined ? record : renderRecord(org, module, { record });
    },
    answers: {
      refused: () => Response.json(tooMany, { status: 429 }),
      broken: () => Response.json(internalError, { status: 500 }),
      unauthorized: () => Response.json(invalidToken, { status: 401 }),
    },
    port: settings.port,
  });
  return Object.assign(server, {
    options: connection(server.url),
    accounts,
    automation: org.automation,
    forbid: (module: string) => void settings.forbidden.add(module),
    // Calls have prices here, so this account and not the kit's count of requests says what is allowed.
    limit: { requests: settings.credits === false ? 1_000_000 : settings.credits, perSeconds: 24 * 3600 },
    limitTo: credits.limitTo,
  });
}

export { createSimulator as createZohoSimulator };

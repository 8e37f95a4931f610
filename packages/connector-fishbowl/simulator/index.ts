import { type Simulator, startSimulator, type Table } from "@fieldwright/connector-kit/testing";
import { createApp } from "./app.js";
import { createDatabase } from "./database.js";
import { jsonStamp } from "./local-time.js";
import { type FishbowlSimulatorOptions, settingsOf } from "./options.js";
import { schema, streamNames } from "./schema.js";
import { createSessions, type Sessions } from "./sessions.js";

export type { CustomerSeed, FishbowlSimulatorOptions, Sizes } from "./options.js";
export type { Sessions } from "./sessions.js";

export interface FishbowlSimulator extends Simulator {
  readonly options: {
    readonly baseUrl: string;
    readonly username: string;
    readonly password: string;
    readonly appId: number;
    readonly timeZone: string;
  };
  /** Who is signed in, and what an administrator or a restart can do to them. */
  readonly sessions: Sessions;
}

/** A Fishbowl server on this machine: a small database behind the vendor's REST routes. */
export async function createSimulator(options: FishbowlSimulatorOptions = {}): Promise<FishbowlSimulator> {
  const settings = settingsOf(options);
  const database = createDatabase(settings);
  const secrets = [settings.password];
  const sessions = createSessions(settings, secrets);
  const app = createApp({ database, sessions });
  const tables: Record<string, Table> = { inventory: database.inventory, external_ids: database.pluginInfo };
  for (const table of Object.keys(schema)) tables[streamNames[table] ?? table] = database.table(table);
  const { username, password, appId, timeZone } = settings;
  const connection = (url: string): FishbowlSimulator["options"] => ({ baseUrl: url, username, password, appId, timeZone });
  const failure = (status: number, message: string) =>
    Response.json({ timeStamp: jsonStamp(settings.clock.now(), timeZone), status, message, path: "/api" }, { status });
  const server = await startSimulator({
    handler: (request) => app.fetch(request),
    options: connection,
    secrets,
    clock: settings.clock,
    tables,
    answers: {
      broken: () => failure(500, "Internal Server Error"),
      unauthorized: () => failure(401, "Invalid authorization token."),
    },
    port: settings.port,
  });
  return Object.assign(server, { options: connection(server.url), sessions });
}

export { createSimulator as createFishbowlSimulator };

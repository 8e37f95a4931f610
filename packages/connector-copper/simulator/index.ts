import type { DataRecord } from "@fieldwright/connector-kit";
import { type RateLimit, type Simulator, startSimulator, type Table } from "@fieldwright/connector-kit/testing";
import { createAccount, type Delivery, type Kind } from "./account.js";
import { basePath, createApp, failure } from "./app.js";
import { valuesByName } from "./data/custom-values.js";
import { type CopperSimulatorOptions, type Settings, settingsOf, usualLimit } from "./options.js";
import { relationsTable } from "./relations.js";
import { rendered } from "./render.js";
import { snapshotOf } from "./snapshot.js";

export type { Delivery } from "./account.js";
export type { CompanySeed, CopperSimulatorOptions, DefinitionSeed, Sizes } from "./options.js";

export interface CopperSimulator extends Simulator {
  readonly options: { readonly baseUrl: string; readonly apiKey: string; readonly userEmail: string; readonly timeZone: string };
  /** Everything that webhooks would have been told, in order; each once, delivered or not. */
  readonly deliveries: readonly Delivery[];
  /** The whole account as text, without the times that Copper moves itself: equal texts are equal accounts. */
  snapshot(): string;
  /** Fills custom fields of a record by name, as a person at the screen would. */
  fill(stream: "leads" | "people" | "companies" | "opportunities" | "projects" | "tasks", key: string, custom: DataRecord): void;
}

/** A Copper account on this machine, with the vendor's oddities. */
export async function createSimulator(options: CopperSimulatorOptions = {}): Promise<CopperSimulator> {
  const settings = settingsOf(options);
  const account = createAccount(settings);
  const app = createApp(account);
  const connection = (url: string): CopperSimulator["options"] => ({
    baseUrl: url,
    apiKey: settings.apiKey,
    userEmail: settings.userEmail,
    timeZone: settings.timeZone,
  });
  const { relations: _relations, links: _links, ...streams } = account.kinds;
  const tables: Readonly<Record<string, Table>> = { ...streams, related_items: relationsTable(account) };
  for (const kind of Object.values(account.kinds)) kind.useClock(() => settings.clock.now());
  const server = await startSimulator({
    handler: (request) => app.fetch(request),
    basePath,
    options: connection,
    secrets: [settings.apiKey, settings.accessToken],
    clock: settings.clock,
    rateLimit: limitOf(settings),
    tables,
    asRead: (stream, record) => rendered(account, stream, record),
    answers: {
      refused: () => tooMany(0),
      broken: () => Response.json(failure(500, "Internal server error"), { status: 500 }),
      unauthorized: () => Response.json(failure(401, "Invalid API Credentials"), { status: 401 }),
    },
    port: settings.port,
  });
  if (settings.rateLimit === false) server.limitTo?.("none");
  return Object.assign(server, {
    options: connection(server.url),
    deliveries: account.deliveries,
    snapshot: () => snapshotOf(account),
    fill(stream: Kind, key: string, custom: DataRecord) {
      const before = (account.kinds[stream].get(key)?.custom_fields ?? []) as readonly DataRecord[];
      const set = valuesByName(account.definitions(), custom, settings.timeZone);
      const kept = before.filter((one) => !set.some((other) => other.custom_field_definition_id === one.custom_field_definition_id));
      account.kinds[stream].change(key, { custom_fields: [...kept, ...set] });
    },
  });
}

export { createSimulator as createCopperSimulator };

/** No header tells the limit; only a refusal hints how long to wait. */
function limitOf(settings: Settings): RateLimit {
  return { ...(settings.rateLimit || usualLimit), window: "sliding", onLimit: tooMany };
}

function tooMany(retryAfterSeconds: number): Response {
  return Response.json(failure(429, "Rate limit exceeded"), { status: 429, headers: { "Retry-After": String(retryAfterSeconds) } });
}

import {
  type Auth,
  type Budget,
  bearerAuth,
  type Call,
  type Connection,
  createBudget,
  createHttp,
  defineConnector,
  type HttpOptions,
  type Limits,
  type Stream,
  type World,
} from "@fieldwright/connector-kit";
import { activities } from "./activities.js";
import { type Api, createApi } from "./api.js";
import { check } from "./check.js";
import type { Definition } from "./definitions.js";
import { entityStream } from "./entities.js";
import { explain } from "./errors.js";
import { files } from "./files.js";
import { companies, leads, opportunities, people, projects, tasks } from "./kinds.js";
import { lookupStreams } from "./lookups.js";
import { modelOf } from "./model.js";
import { type CopperOptions, optionsSchema } from "./options.js";
import { relatedItems } from "./related-items.js";
import { users } from "./users.js";

export type { CopperOptions } from "./options.js";
export * from "./webhooks.js";

const documentedLimits: Limits = { requests: 180, perSeconds: 60 };
const bulkLimits: Limits = { requests: 3, perSeconds: 1 };

/** Definitions are loaded when streams are asked for; asked again within this time, the same ones count. */
const definitionsKeptMs = 60_000;

/** Copper CRM: leads, people, companies, opportunities, tasks, projects and all around them. */
export const copper = defineConnector<CopperOptions>({
  name: "copper",
  title: "Copper",
  options: optionsSchema,
  secrets: ["apiKey", "accessToken"],
  open: async (options, world) => openConnection(options, world),
});

export default copper;

function openConnection(options: CopperOptions, world: World): Connection {
  const { baseUrl, timeoutMs, attempts } = options;
  for (const secret of [options.apiKey, options.accessToken]) if (secret !== undefined) world.secret(secret);
  const waiting = world.waiting ? { onWait: world.waiting } : {};
  const budget = createBudget({ ...documentedLimits, ...world.limits }, waiting);
  const common: HttpOptions = {
    baseUrl,
    auth: authOf(options),
    // Without it a key is no key; with a token it does no harm.
    headers: { "X-PW-Application": "developer_api" },
    budget,
    explain,
    timeoutMs,
    secret: world.secret,
    ...(attempts === undefined ? {} : { attempts }),
  };
  const http = createHttp(common);
  const bulk = createHttp({ ...common, budget: both(budget, createBudget(bulkLimits, waiting)) });
  const api = createApi({ http, bulk, options, notice: world.notice });
  const definitions = keptDefinitions(api, world);
  return {
    budget,
    check: (call: Call) => check({ http, baseUrl, budget, now: world.now }, call),
    streams: async (call: Call) => streamsOf(api, await definitions(call)),
    close: async () => {
      await Promise.all([http.close(), bulk.close()]);
    },
  };
}

function streamsOf(api: Api, definitions: readonly Definition[]): readonly Stream[] {
  const kinds = [leads, people, companies, opportunities, projects, tasks];
  return [
    ...kinds.map((kind) => entityStream(api, modelOf(kind, definitions, api.options))),
    activities(api),
    users(api),
    ...lookupStreams(api),
    relatedItems(api),
    files(api),
  ];
}

function keptDefinitions(api: Api, world: World): (call: Call) => Promise<readonly Definition[]> {
  let kept: { readonly atMs: number; readonly definitions: readonly Definition[] } | undefined;
  return async (call) => {
    const nowMs = world.now().getTime();
    if (kept && Math.abs(nowMs - kept.atMs) < definitionsKeptMs) return kept.definitions;
    const definitions = await api.definitions(call);
    kept = { atMs: nowMs, definitions };
    return definitions;
  };
}

function authOf({ apiKey, userEmail, accessToken }: CopperOptions): Auth {
  if (accessToken !== undefined) return bearerAuth(accessToken);
  return {
    apply: async (headers) => {
      headers["x-pw-accesstoken"] = (apiKey ?? "").trim();
      headers["x-pw-useremail"] = (userEmail ?? "").trim();
    },
  };
}

/** A bulk request counts for the account's minute and for the bulk endpoints' own second. */
function both(account: Budget, own: Budget): Budget {
  return {
    async take(call) {
      await own.take(call);
      try {
        await account.take(call);
      } catch (error) {
        own.learn({}, 0);
        throw error;
      }
    },
    learn(headers, status) {
      own.learn({}, status === 429 ? 200 : status);
      account.learn(headers, status);
    },
    get state() {
      return account.state;
    },
  };
}

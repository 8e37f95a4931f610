import { type Call, type Connection, defineConnector, type Stream, type World } from "@fieldwright/connector-kit";
import { type Api, createApi } from "./api.js";
import { check } from "./check.js";
import { createCredits } from "./credits.js";
import { deletedRecords } from "./deleted-records.js";
import { moduleStream } from "./module-stream.js";
import { loadModules } from "./modules.js";
import { optionsSchema, type ZohoOptions } from "./options.js";
import { createSignIn } from "./sign-in.js";
import { users } from "./users.js";

export { type Channel, type Notifications, type Notified, openNotifications, readNotification } from "./notifications.js";
export type { ZohoOptions } from "./options.js";
export { DuplicateRecord } from "./refusals.js";

/** Zoho CRM, each module of an organisation a stream. */
export const zoho = defineConnector<ZohoOptions>({
  name: "zoho",
  title: "Zoho CRM",
  options: optionsSchema,
  secrets: ["clientSecret", "refreshToken"],
  open: async (options, world) => openConnection(options, world),
});

export default zoho;

function openConnection(options: ZohoOptions, world: World): Connection {
  const signIn = createSignIn(options, world);
  const credits = createCredits(options.assumptions, world);
  const api = createApi({ options, signIn, credits, world });
  let streams: Promise<readonly Stream[]> | undefined;
  return {
    budget: credits.budget,
    check: (call: Call) => check(api, credits.budget, call),
    // Settings cost a credit a module, so they are asked for once a connection.
    streams(call: Call) {
      streams ??= streamsOf(api, call).catch((error: unknown) => {
        streams = undefined;
        throw error;
      });
      return streams;
    },
    close: () => api.close(),
  };
}

async function streamsOf(api: Api, call: Call): Promise<readonly Stream[]> {
  const modules = await loadModules(api, call);
  const names = new Set(modules.map((module) => module.name));
  const logs = api.options.deletions ? modules.map((module) => deletedRecords(api, module)) : [];
  return [...modules.map((module) => moduleStream(api, module, names)), users(api), ...logs];
}

import {
  type Call,
  type Connection,
  createBudget,
  createHttp,
  defineConnector,
  type Limits,
  type Stream,
  type World,
} from "@fieldwright/connector-kit";
import { createApi } from "./api.js";
import { check } from "./check.js";
import { explain } from "./errors.js";
import { type FishbowlOptions, optionsSchema } from "./options.js";
import { openSession } from "./session.js";
import { streamsOf } from "./streams.js";
import { createZone } from "./zone.js";

export type { FishbowlOptions } from "./options.js";

// No limit is documented: it is one small server that people work on at the same time.
const considerate: Limits = { requests: 20, perSeconds: 1, parallel: 2 };

/** The columns of the database are asked for again after this time. */
const streamsKeptMs = 60_000;

/** Fishbowl Advanced: inventory, sales and purchase orders on a company's own server. */
export const fishbowl = defineConnector<FishbowlOptions>({
  name: "fishbowl",
  title: "Fishbowl",
  options: optionsSchema,
  secrets: ["password"],
  open: async (options, world) => openConnection(options, world),
});

export default fishbowl;

function openConnection(options: FishbowlOptions, world: World): Connection {
  const { baseUrl, timeoutMs, attempts } = options;
  world.secret(options.password);
  const budget = createBudget({ ...considerate, ...world.limits }, world.waiting ? { onWait: world.waiting } : {});
  const session = openSession(options, world);
  const http = createHttp({
    baseUrl,
    auth: session.auth,
    budget,
    explain,
    timeoutMs,
    secret: world.secret,
    ...(attempts === undefined ? {} : { attempts }),
  });
  const api = createApi({ http, options, zone: createZone(options.timeZone), notice: world.notice });
  let closing: Promise<void> | undefined;
  let kept: { readonly atMs: number; readonly streams: readonly Stream[] } | undefined;
  return {
    budget,
    check: (call: Call) => check(api, world.now, call),
    async streams(call: Call) {
      const nowMs = world.now().getTime();
      if (kept && Math.abs(nowMs - kept.atMs) < streamsKeptMs) return kept.streams;
      const streams = await streamsOf(api, call);
      kept = { atMs: nowMs, streams };
      return streams;
    },
    close() {
      // Requests first: they still need the session.
      closing ??= http.close().then(() => session.close());
      return closing;
    },
  };
}

import {
  type Call,
  type Connection,
  createBudget,
  createHttp,
  defineConnector,
  headerAuth,
  type Limits,
  type Stream,
  type World,
} from "@fieldwright/connector-kit";
import { type Api, createApi } from "./api/api.js";
import { explain } from "./api/errors.js";
import { apiStream } from "./api/stream.js";
import { uploadFiles } from "./api/upload.js";
import { checkApi } from "./check.js";
import { absentStreams } from "./collections/absent.js";
import { collections } from "./collections/index.js";
import { type CenterpointOptions, optionsSchema } from "./options.js";

export type { CenterpointOptions } from "./options.js";

// Nobody documents a limit; this is what careful clients keep to.
const assumedLimits: Limits = { requests: 4, perSeconds: 1, parallel: 2 };

/** Centerpoint Connect: operations of roofing firms. */
export const centerpoint = defineConnector<CenterpointOptions>({
  name: "centerpoint",
  title: "Centerpoint Connect",
  options: optionsSchema,
  secrets: ["token"],
  open: async (options, world) => openConnection(options, world),
});

export default centerpoint;

function openConnection(options: CenterpointOptions, world: World): Connection {
  const { token, authPrefix, baseUrl, timeoutMs, attempts } = options;
  world.secret(token);
  const budget = createBudget({ ...assumedLimits, ...world.limits }, world.waiting ? { onWait: world.waiting } : {});
  const http = createHttp({
    baseUrl,
    auth: headerAuth("authorization", token, authPrefix),
    budget,
    explain,
    timeoutMs,
    secret: world.secret,
    ...(attempts === undefined ? {} : { attempts }),
  });
  const api = createApi({ http, options, now: world.now });
  return {
    budget,
    check: (call: Call) => checkApi(api, budget, call),
    streams: async () => streamsOf(api),
    close: () => http.close(),
  };
}

function streamsOf(api: Api): readonly Stream[] {
  const streams = collections.map((collection): Stream => {
    const stream = apiStream(api, collection);
    return collection.name === "files" ? { ...stream, create: (records, call) => uploadFiles(api, records, call) } : stream;
  });
  return [...streams, ...absentStreams];
}

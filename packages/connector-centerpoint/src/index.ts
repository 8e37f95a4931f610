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
import { type Api, createApi } from "./api/api.js";
import { apiStream } from "./api/stream.js";
import { uploadFiles } from "./api/upload.js";
import { checkApi, checkWeb } from "./check.js";
import { absentStreams } from "./collections/absent.js";
import { collections } from "./collections/index.js";
import { apiHttp, openSecondWay, type SecondWay } from "./door.js";
import { folderStore } from "./files/folder-store.js";
import { s3Store } from "./files/s3-store.js";
import { withContents } from "./files/with-contents.js";
import { type CenterpointOptions, optionsSchema } from "./options.js";

export type { CenterpointOptions } from "./options.js";

// Nobody documents a limit; this is what careful clients keep to.
const assumedLimits: Limits = { requests: 4, perSeconds: 1, parallel: 2 };

/** Centerpoint Connect: operations of roofing firms. */
export const centerpoint = defineConnector<CenterpointOptions>({
  name: "centerpoint",
  title: "Centerpoint Connect",
  options: optionsSchema,
  secrets: ["token", "webPassword", "s3SecretKey"],
  open: async (options, world) => openConnection(options, world),
});

export default centerpoint;

function openConnection(options: CenterpointOptions, world: World): Connection {
  world.secret(options.token);
  if (options.s3SecretKey !== undefined) world.secret(options.s3SecretKey);
  const budget = createBudget({ ...assumedLimits, ...world.limits }, world.waiting ? { onWait: world.waiting } : {});
  const setup = apiHttp(options, { budget, secret: world.secret });
  const http = createHttp(setup);
  const api = createApi({ http, options, now: world.now });
  const second = openSecondWay({ options, world, http: setup });
  return {
    budget,
    async check(call: Call) {
      const first = options.ways[0] === "web" ? [] : await checkApi(api, budget, call);
      return second ? [...first, ...(await checkWeb(second.door, call))] : first;
    },
    streams: async () => streamsOf({ api, second, notice: world.notice }),
    close: async () => {
      await Promise.all([http.close(), second?.close()]);
    },
  };
}

interface Parts {
  readonly api: Api;
  readonly second: SecondWay | undefined;
  readonly notice: (text: string) => void;
}

function streamsOf(parts: Parts): readonly Stream[] {
  const { api, second } = parts;
  const streams = collections.map((collection): Stream => {
    const plain = apiStream(api, collection);
    const stream = collection.name === "files" ? filesOf(parts, plain) : plain;
    return second ? second.around(stream, collection) : stream;
  });
  return [...streams, ...absentStreams];
}

function filesOf({ api, notice }: Parts, plain: Stream): Stream {
  const { files, token, authPrefix, s3SecretKey = "" } = api.options;
  const stream: Stream = { ...plain, create: (records, call) => uploadFiles(api, records, call) };
  if (files === undefined) return stream;
  const { s3, timeoutMs } = files;
  const store = s3 ? s3Store({ ...s3, timeoutMs, secretAccessKey: s3SecretKey }, api.now) : folderStore(files.folder ?? "");
  return withContents(stream, { options: files, token: `${authPrefix}${token.trim()}`, store, notice });
}

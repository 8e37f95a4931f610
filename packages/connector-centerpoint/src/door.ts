import { createHttp, type HttpOptions, headerAuth, type Stream, type World } from "@fieldwright/connector-kit";
import { explain } from "./api/errors.js";
import type { Collection } from "./collections/collection.js";
import type { CenterpointOptions } from "./options.js";
import { readWeb, type WebDoor } from "./web/read-web.js";
import { createSession } from "./web/session.js";
import { createWays, patient } from "./web/ways.js";

export interface SecondWay {
  readonly door: WebDoor;
  /** The stream as it is with the web beside or instead of the API. */
  around(stream: Stream, collection: Collection): Stream;
  close(): Promise<void>;
}

export interface Second {
  readonly options: CenterpointOptions;
  readonly world: World;
  /** Those of the API's own client. */
  readonly http: HttpOptions;
}

/** `undefined` where the connection has only the API. */
export function openSecondWay({ options, world, http }: Second): SecondWay | undefined {
  const { ways, web, webUser, webPassword, timeoutMs } = options;
  if (ways.length === 1 && ways[0] === "api") return undefined;
  if (web === undefined || webUser === undefined || webPassword === undefined) return undefined;
  const session = createSession({ web, user: webUser, password: webPassword, world, timeoutMs });
  const door: WebDoor = { session, web };
  const backOff = { firstMs: web.firstPauseMs, maxMs: 12 * web.firstPauseMs };
  const probe = createHttp({ ...http, backOff, attempts: web.patience, explain: (answer) => patient(explain(answer)) });
  const switching = createWays({ door, probe, world });
  return {
    door,
    around: (stream, collection) => {
      if (ways[0] === "web") return webOnly(door, stream, collection);
      const { read } = stream;
      return read && collection.name in web.pages
        ? { ...stream, fields: evident(stream), read: (request, call) => switching.read(collection, read.bind(stream), request)(call) }
        : stream;
    },
    close: async () => {
      await Promise.all([session.close(), probe.close()]);
    },
  };
}

function evident({ fields }: Stream): Stream["fields"] {
  return {
    ...fields,
    _evidence: { type: "text", readOnly: true, about: "The page that a record of the web came from, below the folder of evidence." },
  };
}

/** Nothing but a read is left of a stream that the API does not serve. */
function webOnly(door: WebDoor, stream: Stream, collection: Collection): Stream {
  const { name, about, fields, key, references } = { ...stream, fields: evident(stream) };
  const bare: Stream = { name, fields, key, open: true, listing: { maxPageSize: 1000, complete: "never", total: false } };
  const described: Stream = { ...bare, ...(about === undefined ? {} : { about }), ...(references === undefined ? {} : { references }) };
  if (!(name in door.web.pages)) return described;
  return { ...described, read: (request, call) => readWeb(door, { collection, request }, call) };
}

/** The API's own client, as both ways set it up. */
export function apiHttp(
  { token, authPrefix, baseUrl, timeoutMs, attempts }: CenterpointOptions,
  rest: Pick<HttpOptions, "budget" | "secret">,
): HttpOptions {
  return {
    baseUrl,
    auth: headerAuth("authorization", token, authPrefix),
    explain,
    timeoutMs,
    ...rest,
    ...(attempts === undefined ? {} : { attempts }),
  };
}

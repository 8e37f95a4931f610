import { type Call, type Http, type Page, type ReadRequest, VendorError, type World } from "@fieldwright/connector-kit";
import type { Collection } from "../collections/collection.js";
import { readWeb, type WebDoor } from "./read-web.js";

export interface WaysParts {
  readonly door: WebDoor;
  /** Asks the API again and again, with growing pauses, also where it refuses. */
  readonly probe: Http;
  readonly world: Pick<World, "now" | "notice">;
}

export interface Ways {
  /** The API's pages, or the web's while the API is away. */
  read(
    collection: Collection,
    api: (request: ReadRequest, call: Call) => AsyncIterable<Page>,
    request: ReadRequest,
  ): (call: Call) => AsyncGenerator<Page>;
}

/**
 * The second way. It is taken only at the beginning of a read: what the API has given in this read is not followed by what a page shows.
 * A path that is missing concerns one stream; all other failures the whole API.
 */
export function createWays({ door, probe, world }: WaysParts): Ways {
  const away = new Map<string, number>(); // what is away -> until when it is left in peace
  const untilOf = (path: string): number => Math.max(away.get("*") ?? 0, away.get(path) ?? 0);

  const leave = (collection: Collection, error: VendorError): void => {
    const minutes = door.web.tryApiAgainAfterMinutes;
    away.set(error.code === "centerpoint/no-such-address" ? collection.name : "*", world.now().getTime() + minutes * 60_000);
    world.notice(
      `${error.message} ${collection.name} are read off the web pages instead; their records say _way: web. The API is asked again after ${minutes} minutes.`,
    );
  };
  const back = (collection: Collection): void => {
    if (untilOf(collection.name) === 0) return;
    away.delete("*");
    away.delete(collection.name);
    world.notice(`Centerpoint's API answers again: ${collection.name} are read by it.`);
  };

  return {
    read: (collection, api, request) =>
      async function* (call) {
        const hasPages = Object.hasOwn(door.web.pages, collection.name);
        const isWeb = request.position?.way === "web" || (hasPages && world.now().getTime() < untilOf(collection.name));
        const first = isWeb
          ? undefined
          : await begin({ hasPages, probe, collection, leave }, () => api(request, call)[Symbol.asyncIterator](), call);
        if (first === undefined) return yield* readWeb(door, { collection, request }, call);
        back(collection);
        for (let step = first.step; step.done !== true; step = await first.pages.next()) yield step.value;
      },
  };
}

interface Beginning {
  readonly hasPages: boolean;
  readonly probe: Http;
  readonly collection: Collection;
  leave(collection: Collection, error: VendorError): void;
}

/** The API's first page, or `undefined` where the API has been away for long enough. */
async function begin({ hasPages, probe, collection, leave }: Beginning, open: () => AsyncIterator<Page>, call: Call) {
  const start = async () => {
    const pages = open();
    return { pages, step: await pages.next() };
  };
  try {
    return await start();
  } catch (error) {
    if (!hasPages || !isAway(error)) throw error;
    // The usual client has been patient with a failing server already, and not with one that refuses.
    const stillAway = outages.test(error.code) ? error : await askAgain(probe, collection, call);
    if (stillAway === undefined) return start();
    leave(collection, stillAway);
    return undefined;
  }
}

const outages = /^http\/(5\d\d|unreachable|timeout|cut|not-json|bad-json)$/;
const refusals: ReadonlySet<string> = new Set(["centerpoint/unauthorized", "centerpoint/no-such-address", "centerpoint/web-page"]);

/** Whether the API as such is away. A refused filter, a record that is gone or a limit are no such thing. */
function isAway(error: unknown): error is VendorError {
  return error instanceof VendorError && (outages.test(error.code) || refusals.has(error.code));
}

async function askAgain(probe: Http, collection: Collection, call: Call): Promise<VendorError | undefined> {
  try {
    await probe.get(`/${collection.name}`, { "page[number]": 1, "page[size]": 1 }, call);
    return undefined;
  } catch (error) {
    if (isAway(error)) return error;
    throw error;
  }
}

/** For the probe: what the API as such refuses may be over in a moment. */
export function patient(error: VendorError | undefined): VendorError | undefined {
  if (error === undefined || !refusals.has(error.code)) return error;
  return new VendorError(error.message, { code: error.code, next: "retry", ...(error.hint === undefined ? {} : { hint: error.hint }) });
}

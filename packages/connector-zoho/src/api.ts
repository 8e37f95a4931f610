import { type Answer, type Call, type DataRecord, type HttpRequest, type Query, VendorError } from "@fieldwright/connector-kit";
import type { Assumptions } from "./assumptions.js";
import { createDoors, type DoorParts } from "./doors.js";
import { download } from "./download.js";
import { eachRefused } from "./errors.js";
import type { ZohoOptions } from "./options.js";

export interface Asked {
  readonly path: string;
  readonly query?: Query;
  readonly headers?: Readonly<Record<string, string>>;
  /** Credits that the call costs; 1 if not given. */
  readonly credits?: number;
}

/** Zoho as its streams see it. */
export interface Api {
  readonly options: ZohoOptions;
  readonly assumptions: Assumptions;
  readonly now: () => Date;
  readonly notice: (text: string) => void;
  /** The body; `undefined` where there is nothing (204) or nothing newer (304). */
  get(asked: Asked, call: Call): Promise<DataRecord | undefined>;
  send(request: HttpRequest & { readonly credits?: number }, call: Call): Promise<Answer>;
  /** What became of each record, in their order: also of a call that Zoho refused because it refused all of them. */
  each(request: HttpRequest & { readonly credits?: number }, call: Call): Promise<readonly DataRecord[]>;
  /** Asks again and again until `isDone`, with pauses. */
  poll(asked: Asked, isDone: (body: unknown) => boolean, call: Call): Promise<DataRecord>;
  /** A file of the API's. */
  download(path: string, call: Call): Promise<Uint8Array>;
  close(): Promise<void>;
}

export function createApi(parts: DoorParts): Api {
  const { options, world, credits } = parts;
  const doors = createDoors(parts);
  const send: Api["send"] = async ({ credits: price = 1, ...request }, call) => {
    const http = await doors.usual(call);
    await credits.spend(price - 1, call);
    return http.send(request, call);
  };
  return {
    options,
    assumptions: options.assumptions,
    now: world.now,
    notice: world.notice,
    send,
    get: async (asked, call) => (await send(asked, call)).body as DataRecord | undefined,
    async each(request, call) {
      try {
        return itemsIn((await send(request, call)).body);
      } catch (error) {
        if (error instanceof VendorError && error.code === eachRefused) return itemsIn(error.cause);
        throw error;
      }
    },
    async poll(asked, isDone, call) {
      const http = await doors.patient(isDone, call);
      return (await http.send(asked, call).finally(() => http.close())).body as DataRecord;
    },
    download: (path, call) => download(parts, doors, { path, call }),
    close: () => doors.close(),
  };
}

function itemsIn(body: unknown): readonly DataRecord[] {
  const found = Object.values((body ?? {}) as DataRecord).find((value) => Array.isArray(value));
  return (found ?? []) as readonly DataRecord[];
}

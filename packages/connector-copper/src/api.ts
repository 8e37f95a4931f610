import { type Call, type DataRecord, type Http, type HttpRequest, VendorError } from "@fieldwright/connector-kit";
import type { Assumptions } from "./assumptions.js";
import { type Definition, definitionsIn } from "./definitions.js";
import type { CopperOptions } from "./options.js";

/** Copper as its streams see it. */
export interface Api {
  readonly options: CopperOptions;
  readonly assumptions: Assumptions;
  /** One page of a search, and how many matches Copper claims at most. */
  search(path: string, body: DataRecord, call: Call): Promise<{ readonly rows: readonly DataRecord[]; readonly total: number | undefined }>;
  list(path: string, call: Call): Promise<readonly DataRecord[]>;
  /** As `list`, but nothing where the record is gone that the list hangs on. */
  listIfAny(path: string, call: Call): Promise<readonly DataRecord[]>;
  /** `undefined` where there is no such record. */
  recordIfAny(path: string, call: Call): Promise<DataRecord | undefined>;
  send(request: HttpRequest, call: Call): Promise<unknown>;
  /** As `send`, within the narrower limit of the bulk endpoints. */
  sendBulk(request: HttpRequest, call: Call): Promise<unknown>;
  /** The account's custom fields as they are at this moment. */
  definitions(call: Call): Promise<readonly Definition[]>;
  /** Something that people should know, though it stops nothing; said once. */
  notice(text: string): void;
}

export interface ApiParts {
  readonly http: Http;
  readonly bulk: Http;
  readonly options: CopperOptions;
  readonly notice: (text: string) => void;
}

export function createApi({ http, bulk, options, notice }: ApiParts): Api {
  const said = new Set<string>();
  const list = async (path: string, call: Call) => rowsIn(path, await http.get<unknown>(path, undefined, call));
  return {
    options,
    assumptions: options.assumptions,
    list,
    async search(path, body, call) {
      const answer = await http.send({ method: "POST", path: `${path}/search`, json: body, safeToRepeat: true }, call);
      const total = Number(answer.headers["x-pw-total"] ?? Number.NaN);
      return { rows: rowsIn(path, answer.body), total: Number.isFinite(total) ? total : undefined };
    },
    listIfAny: async (path, call) => (await unlessGone(() => list(path, call))) ?? [],
    recordIfAny: (path, call) =>
      unlessGone(async () => {
        const body = await http.get<unknown>(path, undefined, call);
        if (!isObject(body)) throw unknownShape(path);
        // A deleted activity leaves only this behind; everything else is simply gone.
        return body.is_deleted === true && Object.keys(body).length === 2 ? undefined : body;
      }),
    send: async (request, call) => (await http.send(request, call)).body,
    sendBulk: async (request, call) => (await bulk.send(request, call)).body,
    definitions: async (call) => definitionsIn(await list("/custom_field_definitions", call)),
    notice(text) {
      if (said.has(text)) return;
      said.add(text);
      notice(text);
    },
  };
}

async function unlessGone<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof VendorError && error.code === "copper/not-found") return undefined;
    throw error;
  }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Copper's lists are bare arrays of objects with an id. */
function rowsIn(path: string, body: unknown): readonly DataRecord[] {
  if (!Array.isArray(body) || !body.every(isObject)) throw unknownShape(path);
  return body;
}

export function unknownShape(path: string): VendorError {
  return new VendorError(`Copper's answer to ${path} is not in a shape that is known.`, {
    code: "copper/unknown-shape",
    next: "stop-stream",
    hint: "Copper may have changed its API; report it to the author of the connector.",
  });
}

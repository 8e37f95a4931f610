import { type Answer, type Call, type DataRecord, type Http, type HttpRequest, type Query, VendorError } from "@fieldwright/connector-kit";
import type { Assumptions } from "./assumptions.js";
import { type Items, itemsOf, recordOf } from "./envelope.js";
import type { RepcardOptions } from "./options.js";

/** RepCard as its streams see it. */
export interface Api {
  readonly options: RepcardOptions;
  readonly assumptions: Assumptions;
  /** The rows of a list, in whichever of its shapes it comes. */
  items(path: string, query: Query, call: Call): Promise<Items>;
  record(path: string, query: Query, call: Call): Promise<DataRecord>;
  /** As `record`, but `undefined` where RepCard knows no such record. */
  recordIfAny(path: string, query: Query, call: Call): Promise<DataRecord | undefined>;
  send(request: HttpRequest, call: Call): Promise<Answer>;
  /** Something that people should know, though it stops nothing. */
  notice(text: string): void;
}

export interface ApiParts {
  readonly http: Http;
  readonly options: RepcardOptions;
  readonly notice: (text: string) => void;
}

export function createApi({ http, options, notice }: ApiParts): Api {
  const zone = options.timeZone === undefined ? undefined : { UserTimeZone: options.timeZone };
  const ask = async (path: string, query: Query, call: Call) => {
    if (zone === undefined || path !== "/appointments") return http.get<unknown>(path, query, call);
    return (await http.send({ path, query, headers: zone }, call)).body;
  };
  const record = async (path: string, query: Query, call: Call) => recordOf(await ask(path, query, call));
  return {
    options,
    assumptions: options.assumptions,
    async items(path, query, call) {
      const items = itemsOf(await ask(path, query, call));
      if (items.page !== null && typeof query.page === "number" && items.page !== query.page && items.items.length > 0)
        throw otherPage(path, query.page, items.page);
      return items;
    },
    record,
    async recordIfAny(path, query, call) {
      try {
        return await record(path, query, call);
      } catch (error) {
        if (error instanceof VendorError && error.code === "repcard/not-found") return undefined;
        throw error;
      }
    },
    send: (request, call) => http.send(request, call),
    notice,
  };
}

function otherPage(path: string, asked: number, got: number): VendorError {
  return new VendorError(`RepCard was asked for page ${asked} of ${path} and answered with page ${got}.`, {
    code: "repcard/other-page",
    next: "stop-stream",
    hint: "Going on would read the same records again and again; report it to the author of the connector.",
  });
}

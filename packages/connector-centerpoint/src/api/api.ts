import { type Answer, type Call, type Http, type HttpRequest, type Query, VendorError } from "@fieldwright/connector-kit";
import type { CenterpointOptions } from "../options.js";
import { type List, listOf, type Single, singleOf } from "./document.js";

/** Centerpoint's API as its streams see it. */
export interface Api {
  readonly options: CenterpointOptions;
  readonly now: () => Date;
  list(path: string, query: Query, call: Call): Promise<List>;
  /** `undefined` where Centerpoint knows no such record. */
  one(path: string, query: Query, call: Call): Promise<Single | undefined>;
  send(request: HttpRequest, call: Call): Promise<Answer>;
}

export interface ApiParts {
  readonly http: Http;
  readonly options: CenterpointOptions;
  readonly now: () => Date;
}

export function createApi({ http, options, now }: ApiParts): Api {
  return {
    options,
    now,
    list: async (path, query, call) => listOf(await http.get<unknown>(path, query, call), path),
    async one(path, query, call) {
      try {
        return singleOf(await http.get<unknown>(path, query, call), path);
      } catch (error) {
        if (error instanceof VendorError && error.code === "centerpoint/not-found") return undefined;
        throw error;
      }
    },
    send: (request, call) => http.send(request, call),
  };
}

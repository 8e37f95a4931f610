import { type Answer, type Call, type DataRecord, type Http, type HttpRequest, type Query, VendorError } from "@fieldwright/connector-kit";
import type { ServiceTitanOptions } from "./options.js";

/** One page of a list. */
export interface ListPage {
  readonly data: readonly DataRecord[];
  readonly hasMore: boolean;
  readonly totalCount: number | null;
}

/** One page of an export feed. */
export interface FeedPage {
  readonly data: readonly DataRecord[];
  readonly hasMore: boolean;
  readonly continueFrom: string;
}

/** ServiceTitan as its streams see it. */
export interface Api {
  readonly options: ServiceTitanOptions;
  readonly now: () => Date;
  /** "crm", "customers/7" -> the path with version and tenant. */
  path(module: string, rest: string): string;
  list(path: string, query: Query, call: Call): Promise<ListPage>;
  feed(path: string, query: Query, call: Call): Promise<FeedPage>;
  send(request: HttpRequest, call: Call): Promise<Answer>;
  /** Something that people should know, though it stops nothing. */
  notice(text: string): void;
}

export interface ApiParts {
  readonly http: Http;
  readonly options: ServiceTitanOptions;
  readonly now: () => Date;
  readonly notice: (text: string) => void;
}

export function createApi({ http, options, now, notice }: ApiParts): Api {
  return {
    options,
    now,
    notice,
    path: (module, rest) => `/${module}/v2/tenant/${options.tenantId}/${rest}`,
    async list(path, query, call) {
      const body = await http.get<Record<string, unknown>>(path, query, call);
      const { totalCount } = body ?? {};
      return { ...rowsOf(path, body), totalCount: typeof totalCount === "number" ? totalCount : null };
    },
    async feed(path, query, call) {
      const body = await http.get<Record<string, unknown>>(path, query, call);
      const rows = rowsOf(path, body);
      if (typeof body.continueFrom !== "string") throw strange(path, "continueFrom");
      return { ...rows, continueFrom: body.continueFrom };
    },
    send: (request, call) => http.send(request, call),
  };
}

function rowsOf(path: string, body: Record<string, unknown> | undefined): { data: readonly DataRecord[]; hasMore: boolean } {
  if (!Array.isArray(body?.data)) throw strange(path, "data");
  if (typeof body.hasMore !== "boolean") throw strange(path, "hasMore");
  return { data: body.data as readonly DataRecord[], hasMore: body.hasMore };
}

function strange(path: string, missing: string): VendorError {
  return new VendorError(`ServiceTitan answered ${path} without \`${missing}\`, which every page has.`, {
    code: "servicetitan/strange-page",
    next: "stop-stream",
    hint: "The API may have changed; report it to the author of the connector.",
  });
}

import { type Call, type DataRecord, type Http, type HttpRequest, type Query, VendorError } from "@fieldwright/connector-kit";
import type { Assumptions } from "./assumptions.js";
import { isObject, unknownShape } from "./errors.js";
import type { FishbowlOptions } from "./options.js";
import type { Zone } from "./zone.js";

/** A row of a query, its columns in lower case: servers give them in either. */
export type Row = ReadonlyMap<string, unknown>;

/** Fishbowl as its streams see it. */
export interface Api {
  readonly options: FishbowlOptions;
  readonly assumptions: Assumptions;
  readonly zone: Zone;
  query(sql: string, call: Call): Promise<readonly Row[]>;
  get(path: string, query: Query | undefined, call: Call): Promise<unknown>;
  send(request: HttpRequest, call: Call): Promise<unknown>;
  /** Something that people should know, though it stops nothing; said once. */
  notice(text: string): void;
}

export interface ApiParts {
  readonly http: Http;
  readonly options: FishbowlOptions;
  readonly zone: Zone;
  readonly notice: (text: string) => void;
}

export function createApi({ http, options, zone, notice }: ApiParts): Api {
  const said = new Set<string>();
  return {
    options,
    zone,
    assumptions: options.assumptions,
    async query(sql, call) {
      const length = new URLSearchParams({ query: sql }).toString().length;
      if (length > options.assumptions.maxQueryLength) throw tooLong(length, options.assumptions.maxQueryLength);
      const rows = await http.get<unknown>("/api/data-query", { query: sql }, call);
      if (!Array.isArray(rows) || !rows.every(isObject)) throw unknownShape("/api/data-query");
      return rows.map(rowOf);
    },
    get: (path, query, call) => http.get<unknown>(path, query, call),
    send: async (request, call) => (await http.send(request, call)).body,
    notice(text) {
      if (said.has(text)) return;
      said.add(text);
      notice(text);
    },
  };
}

function rowOf(row: DataRecord): Row {
  return new Map(Object.entries(row).map(([name, value]) => [name.toLowerCase(), value]));
}

function tooLong(length: number, most: number): VendorError {
  return new VendorError(`A query of ${length} characters is too long for an address: ${most} are taken to be safe.`, {
    code: "fishbowl/query-too-long",
    next: "stop-stream",
    hint: "Read fewer custom fields, or raise `assumptions.maxQueryLength` if this server takes more.",
  });
}

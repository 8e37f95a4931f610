import { z } from "zod";
import {
  type Answer,
  asVendorError,
  type Call,
  createBudget,
  createHttp,
  type DataRecord,
  defineConnector,
  type Field,
  type Http,
  headerAuth,
  type Outcome,
  pagesByNumber,
  type ReadRequest,
  type Stream,
  skipPage,
} from "../../src/index.js";

interface Listed {
  readonly items: readonly DataRecord[];
  readonly pages: number;
  readonly total: number;
}

const options = z.object({ baseUrl: z.string(), key: z.string(), attempts: z.number().default(5) });

export const acorn = defineConnector({
  name: "acorn",
  title: "Acorn",
  options,
  secrets: ["key"],
  async open({ baseUrl, key, attempts }, world) {
    const budget = createBudget({ requests: 120, perSeconds: 60, ...world.limits });
    const http = createHttp({
      baseUrl,
      auth: headerAuth("x-acorn-key", key),
      budget,
      attempts,
      secret: world.secret,
      backOff: { firstMs: 5, maxMs: 40 },
    });
    return {
      budget,
      check: async (call) => {
        try {
          await http.get("/ping", undefined, call);
          return [{ what: "credentials", ok: true, says: "The key is good." }];
        } catch (error) {
          return [
            { what: "credentials", ok: false, says: `${asVendorError(error).message} Look for the key under Settings, API in Acorn.` },
          ];
        }
      },
      streams: async () => [growers(http), trees(http)],
      close: () => http.close(),
    };
  },
});

const text: Field = { type: "text", required: true };

function growers(http: Http): Stream {
  return {
    name: "growers",
    key: "id",
    fields: {
      id: text,
      name: text,
      email: text,
      city: text,
      state: { type: "text", maxLength: 2 },
      zip: text,
      latitude: { type: "number" },
      longitude: { type: "number" },
    },
    listing: { maxPageSize: 10, complete: "by-page", total: true, skip: skipPage },
    read: (request, call) => list({ http, path: "/growers" }, request, call),
  };
}

function trees(http: Http): Stream {
  const ask = async (query: Record<string, string>, call: Call): Promise<readonly DataRecord[]> => {
    const records: DataRecord[] = [];
    for await (const page of list({ http, path: "/trees", query }, { pageSize: 10 }, call)) records.push(...page.records);
    return records;
  };
  return {
    name: "trees",
    key: "id",
    fields: {
      id: { type: "integer", required: true, readOnly: true },
      tag: { type: "text", required: true, maxLength: 20 },
      kind: { type: "text", options: ["oak", "beech", "ash"] },
      height: { type: "number" },
      planted: { type: "date" },
      growerId: text,
      updatedAt: { type: "datetime", readOnly: true },
    },
    cursor: { field: "updatedAt", type: "datetime", granularity: "second", filter: true, overlap: 1000 },
    references: { growerId: "growers" },
    listing: { maxPageSize: 10, complete: "by-page", total: true, skip: skipPage },
    read: (request, call) => list({ http, path: "/trees" }, request, call),
    get: async (keys, call) => (keys.length === 0 ? [] : ask({ ids: keys.join(",") }, call)),
    find: async (field, values, call) => (values.length === 0 ? [] : ask({ [field]: values.join(",") }, call)),
    create: (records, call) => each(records, (json) => http.send({ method: "POST", path: "/trees", json }, call)),
    update: (updates, call) =>
      each(updates, ({ key, set }) => http.send({ method: "PATCH", path: `/trees/${encodeURIComponent(key)}`, json: set }, call)),
    upsert: (records, _on, call) =>
      each(records, (json) => http.send({ method: "PUT", path: `/trees/by-tag/${encodeURIComponent(String(json.tag))}`, json }, call)),
    delete: (keys, call) => each(keys, (key) => http.send({ method: "DELETE", path: `/trees/${encodeURIComponent(key)}` }, call)),
  };
}

interface Source {
  readonly http: Http;
  readonly path: string;
  readonly query?: Record<string, string>;
}

function list({ http, path, query }: Source, request: ReadRequest, call: Call) {
  // Acorn compares whole seconds, without a zone, and clamps the size at 10 without saying so.
  const second = (value: string | undefined): string | undefined =>
    value === undefined ? undefined : new Date(value).toISOString().slice(0, 19);
  return pagesByNumber({
    request,
    call,
    async fetch(page, inner) {
      const { items, pages, total } = await http.get<Listed>(
        path,
        { ...query, page, size: request.pageSize, from: second(request.since), to: second(request.until) },
        inner,
      );
      return { records: items, pageCount: pages, total, complete: true };
    },
  });
}

async function each<T>(items: readonly T[], send: (item: T) => Promise<Answer>): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const item of items) {
    try {
      const { status, body } = await send(item);
      const record = body as DataRecord;
      outcomes.push({ ok: true, key: String(record.id ?? item), created: status === 201, record });
    } catch (error) {
      outcomes.push({ ok: false, error: asVendorError(error) });
    }
  }
  return outcomes;
}

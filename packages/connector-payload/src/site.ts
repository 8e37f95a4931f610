import { type Answer, type Call, type DataRecord, type Http, type HttpRequest, type Query, VendorError } from "@fieldwright/connector-kit";
import type { PayloadOptions } from "./options.js";

/** A search as Payload takes it. */
export type Where = Readonly<Record<string, unknown>>;

export interface Search {
  readonly where?: Where;
  readonly limit: number;
  readonly sort?: string;
  /** Counts all that fit: dear in a large collection. */
  readonly counted?: boolean;
}

export interface Found {
  readonly docs: readonly DataRecord[];
  readonly total: number;
}

/** A Payload site as its streams see it. */
export interface Site {
  readonly options: PayloadOptions;
  find(slug: string, search: Search, call: Call): Promise<Found>;
  /** A write to `slug`: its answer's body. */
  write(slug: string, request: HttpRequest, call: Call): Promise<unknown>;
  /** Answers to a GET below the base address. */
  get(path: string, call: Call): Promise<Answer>;
  /** What anybody may see without signing in. */
  strangersGet(path: string, call: Call): Promise<Answer>;
  /** The user that we are; `undefined` for a stranger. */
  me(call: Call): Promise<DataRecord | undefined>;
  /** Whether the site knows who asks. `true` where it cannot be asked. */
  knowsUs(call: Call): Promise<boolean>;
  notice(text: string): void;
}

export interface SiteParts {
  readonly reads: Http;
  readonly writes: Http;
  readonly strangers: Http;
  readonly options: PayloadOptions;
  /** Signs in anew; absent where that is not possible, as with a key. */
  readonly renew?: ((call: Call) => Promise<unknown>) | undefined;
  /** Whether strangers may read this collection, perhaps in part. */
  readonly isOpen: (slug: string, call: Call) => Promise<boolean>;
  readonly notice: (text: string) => void;
}

export function createSite(parts: SiteParts): Site {
  const { reads, writes, strangers, options, notice } = parts;
  const shape = { depth: 0, locale: options.locale, "fallback-locale": options.fallbackLocale };
  const me = async (call: Call): Promise<DataRecord | undefined> => {
    const { body } = await reads.send({ path: `/${options.authCollection}/me` }, call);
    const user = typeof body === "object" && body !== null && "user" in body ? body.user : undefined;
    return typeof user === "object" && user !== null ? (user as DataRecord) : undefined;
  };
  const knowsUs = async (call: Call): Promise<boolean> => !options.identity || (await me(call)) !== undefined;
  return {
    options,
    me,
    knowsUs,
    notice,
    get: (path, call) => reads.send({ path }, call),
    strangersGet: (path, call) => strangers.send({ path }, call),
    async find(slug, search, call) {
      const { where, limit, sort, counted = false } = search;
      const query = {
        ...shape,
        limit,
        sort,
        pagination: counted ? undefined : false,
        where: where === undefined ? undefined : JSON.stringify(where),
      };
      const request = asRequest(`/${slug}`, query, options.assumptions.longestQuery);
      return foundIn(slug, await signedIn({ ...parts, knowsUs, slug, ask: () => reads.send(request, call) }, call));
    },
    async write(slug, request, call) {
      const query = { ...request.query, ...shape };
      const ask = () => writes.send({ ...request, query }, call);
      return (await signedIn({ ...parts, knowsUs, isOpen: async () => false, slug, ask }, call)).body;
    },
  };
}

interface Asked extends Pick<SiteParts, "renew" | "isOpen" | "options"> {
  readonly slug: string;
  readonly knowsUs: (call: Call) => Promise<boolean>;
  readonly ask: () => Promise<Answer>;
}

/**
 * Payload takes a dead key or token for a stranger: a 403, or, where strangers may see some records, fewer of them with a 200. Both
 * are told from the real thing by asking whom it takes us for; a login is renewed once.
 */
async function signedIn(asked: Asked, call: Call, again = true): Promise<Answer> {
  let answer: Answer | VendorError;
  try {
    answer = await asked.ask();
  } catch (error) {
    if (!(error instanceof VendorError && error.code === "payload/forbidden")) throw error;
    answer = error;
  }
  const isDoubtful = answer instanceof VendorError || (await asked.isOpen(asked.slug, call));
  if (!isDoubtful || (await asked.knowsUs(call))) {
    if (answer instanceof VendorError) throw answer;
    return answer;
  }
  if (!again || asked.renew === undefined) throw stranger(asked.options);
  await asked.renew(call);
  return signedIn(asked, call, false);
}

export function stranger({ apiKey, email, authCollection }: PayloadOptions): VendorError {
  const what = apiKey !== undefined ? "the API key" : email !== undefined ? "the login" : "the secret header";
  return new VendorError(`Payload does not recognise ${what} and takes us for a stranger.`, {
    code: "payload/stranger",
    next: "stop-run",
    hint: `Check ${what} and \`authCollection\` (${authCollection}): it may be mistyped, changed, of another site, or the site's secret has changed.`,
  });
}

function asRequest(path: string, query: Query, longest: number): HttpRequest {
  const entries = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)] as const]));
  const form = Object.fromEntries(entries);
  if (new URLSearchParams(form).toString().length <= longest) return { path, query };
  return { method: "POST", path, form, headers: { "x-payload-http-method-override": "GET" }, safeToRepeat: true };
}

function foundIn(slug: string, { body }: Answer): Found {
  const { docs, totalDocs } = (typeof body === "object" && body !== null ? body : {}) as { docs?: unknown; totalDocs?: unknown };
  if (!Array.isArray(docs)) {
    throw new VendorError(`Payload answered a search in ${slug} with something other than a list.`, {
      code: "payload/no-list",
      next: "stop-stream",
      hint: "Check `baseUrl`, which ends in /api, and whether something stands between.",
    });
  }
  return { docs: docs as readonly DataRecord[], total: typeof totalDocs === "number" ? totalDocs : docs.length };
}

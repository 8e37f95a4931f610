import {
  type Auth,
  type Call,
  type Connection,
  createBudget,
  createHttp,
  defineConnector,
  type HttpOptions,
  headerAuth,
  type World,
} from "@fieldwright/connector-kit";
import { accessIn, remembered } from "./access.js";
import { check } from "./check.js";
import { collectionsOf } from "./collection.js";
import { collectionStream } from "./collection-stream.js";
import { explainRead, explainWrite } from "./errors.js";
import { idTypeOf } from "./ids.js";
import { loginAuth } from "./login-auth.js";
import { optionsSchema, type PayloadOptions } from "./options.js";
import { createSite, stranger } from "./site.js";

export type { PayloadOptions } from "./options.js";
export type { CollectionSchema, FieldSchema } from "./schema.js";

/** Payload CMS 3: each collection a stream. */
export const payload = defineConnector<PayloadOptions>({
  name: "payload",
  title: "Payload",
  options: optionsSchema,
  secrets: ["apiKey", "password", "secretValue"],
  open: async (options, world) => openConnection(options, world),
});

export default payload;

function openConnection(options: PayloadOptions, world: World): Connection {
  const { baseUrl, timeoutMs, attempts, assumptions } = options;
  for (const value of [options.apiKey, options.password, options.secretValue]) if (value !== undefined) world.secret(value);
  const usual = { requests: assumptions.requestsPerSecond, perSeconds: 1, parallel: assumptions.parallel };
  const budget = createBudget({ ...usual, ...world.limits }, world.waiting ? { onWait: world.waiting } : {});
  const shared: HttpOptions = {
    baseUrl,
    budget,
    timeoutMs,
    secret: world.secret,
    explain: explainRead,
    ...(attempts === undefined ? {} : { attempts }),
  };
  const strangers = createHttp(shared);
  // A login goes out while the request that needs it holds its place in the budget, which may be the only one.
  const door = createHttp({ ...shared, budget: createBudget({ requests: 10, perSeconds: 1 }) });
  const auth: Auth = authOf(options, { http: door, now: world.now, secret: world.secret });
  const reads = createHttp({ ...shared, auth });
  const writes = createHttp({ ...shared, auth, explain: explainWrite });
  const accessOf = (http: typeof reads) => remembered(async (call) => accessIn((await http.send({ path: "/access" }, call)).body));
  const strangersMay = accessOf(strangers);
  const site = createSite({
    reads,
    writes,
    strangers,
    options,
    renew: auth.renew,
    isOpen: async (slug, call) => ((await strangersMay(call))[slug]?.read ?? "none") !== "none",
    notice: world.notice,
  });
  const weMay = accessOf(reads);
  const collections = remembered(async (call) => {
    const user = options.identity ? await site.me(call) : undefined;
    // Strangers are told of fewer collections, or of none.
    if (options.identity && user === undefined) throw stranger(options);
    // All collections of a database have the same kind of id, unless theirs is a field of their own.
    const usualIds = idTypeOf(user === undefined ? [] : [user.id]) ?? assumptions.idType;
    return { all: await collectionsOf(site, { access: await weMay(call), usualIds }, call), usualIds };
  });
  return {
    budget,
    check: (call: Call) => check(site, world.now, call),
    async streams(call) {
      const { all, usualIds } = await collections(call);
      const idTypes = (slug: string) => all.find((one) => one.slug === slug)?.idType ?? usualIds;
      const slugs = new Set(all.map((one) => one.slug));
      return all.map((one) => collectionStream(site, one, { idTypes, slugs }));
    },
    close: async () => {
      await Promise.all([reads, writes, strangers, door].map((http) => http.close()));
    },
  };
}

function authOf(options: PayloadOptions, door: Pick<Parameters<typeof loginAuth>[0], "http" | "now" | "secret">): Auth {
  const { apiKey, email, password, secretHeader, secretValue, authCollection } = options;
  if (apiKey !== undefined) return headerAuth("authorization", apiKey, `${authCollection} API-Key `);
  if (email !== undefined && password !== undefined) return loginAuth({ ...door, collection: authCollection, email, password });
  return headerAuth(secretHeader ?? "", secretValue ?? "");
}

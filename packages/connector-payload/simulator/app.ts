import type { DataRecord } from "@fieldwright/connector-kit";
import { type Context, Hono } from "hono";
import type { Account, Kept } from "./account.js";
import { countOf, depthOf, findList, matching } from "./find.js";
import { plural, singular } from "./labels.js";
import { parseQuery } from "./query.js";
import { noRoute, notAllowed, notFound, plainly, Refusal, somethingWentWrong } from "./refusal.js";
import { accessOf, narrowed, permission } from "./rules.js";
import { shown } from "./show.js";
import { createRecord, deleteRecord, updateRecord } from "./store.js";
import { addUsers, strategyOf } from "./users.js";

interface Visit {
  readonly kept: Kept;
  readonly isUser: boolean;
  readonly query: Record<string, unknown>;
}

/** Payload's REST routes of every collection. */
export function createApp(account: Account): Hono {
  const app = new Hono();
  app.onError((error, c) => {
    if (error instanceof Refusal) return c.json(error.body as object, error.status as 400);
    throw error;
  });
  app.notFound((c) => c.json(noRoute(c.req.path).body as object, 404));
  app.get("/api/access", (c) => c.json(accessOf(account, isUser(account, c))));
  addUsers(app, account);
  addReads(app, account);
  addWrites(app, account);
  addBulk(app, account);
  return app;
}

function addReads(app: Hono, account: Account): void {
  app.get("/api/:slug", (c) => c.json(listOf(account, visitOf(account, c))));
  app.get("/api/:slug/count", (c) => {
    const visit = visitOf(account, c);
    const where = narrowed(visit.kept, visit.isUser, visit.query.where);
    return c.json({ totalDocs: countOf(account, visit.kept, { where }) });
  });
  app.get("/api/:slug/:id", (c) => {
    const visit = visitOf(account, c);
    const where = narrowed(visit.kept, visit.isUser, { id: { equals: idIn(c) } });
    const [record] = matching(account, visit.kept, where);
    if (record === undefined) throw notFound();
    return c.json(asAsked(account, visit, record));
  });
}

function addWrites(app: Hono, account: Account): void {
  app.post("/api/:slug", async (c) => {
    const visit = visitOf(account, c);
    if (c.req.header("x-payload-http-method-override") === "GET") {
      const query = parseQuery(new URLSearchParams(await c.req.text()));
      return c.json(listOf(account, { ...visit, query }));
    }
    allowed(visit);
    const record = createRecord(account, visit.kept, await sentIn(c));
    const message = `${singular(visit.kept.definition.slug)} successfully created.`;
    return c.json({ doc: asAsked(account, visit, record), message }, 201);
  });
  app.patch("/api/:slug/:id", async (c) => {
    const visit = visitOf(account, c);
    allowed(visit);
    if (Number.isNaN(Number(c.req.param("id")))) throw plainly(400, "Missing ID of document to update.");
    const record = updateRecord(account, visit.kept, { id: idIn(c), sent: await sentIn(c) });
    return c.json({ doc: asAsked(account, visit, record), message: "Updated successfully." });
  });
  app.delete("/api/:slug/:id", (c) => {
    const visit = visitOf(account, c);
    allowed(visit);
    const record = deleteRecord(account, visit.kept, idIn(c));
    return c.json({ doc: asAsked(account, visit, record), message: "Deleted successfully." });
  });
}

/** One record that fails fails all of them: they share a transaction on Postgres. */
function addBulk(app: Hono, account: Account): void {
  const bulk = (visit: Visit, done: { readonly verb: string; readonly infinitive: string }, work: (id: number) => DataRecord): Response => {
    allowed(visit);
    const { slug } = visit.kept.definition;
    if (visit.query.where === undefined) throw plainly(400, `Missing 'where' query of documents to ${done.infinitive}.`);
    const records = [...matching(account, visit.kept, visit.query.where)].reverse(); // the newest first
    const name = (count: number): string => (count === 1 ? singular(slug) : plural(slug));
    try {
      const docs = records.map((record) => asAsked(account, visit, work(record.id as number)));
      return Response.json({ docs, errors: [], message: `${done.verb} ${docs.length} ${name(docs.length)} successfully.` });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const message = (error.body as { readonly errors: readonly { readonly message: string }[] }).errors[0]?.message;
      const errors = records.map((record, index) =>
        index === 0 ? { id: record.id, isPublic: true, message } : { id: record.id, isPublic: false, message: "Something went wrong." },
      );
      const said = `Unable to ${done.infinitive} ${records.length} out of ${records.length} ${name(records.length)}.`;
      return Response.json({ docs: [], errors, message: said }, { status: 400 });
    }
  };
  app.patch("/api/:slug", async (c) => {
    const visit = visitOf(account, c);
    const sent = await sentIn(c);
    return bulk(visit, { verb: "Updated", infinitive: "update" }, (id) => updateRecord(account, visit.kept, { id, sent }));
  });
  app.delete("/api/:slug", (c) => {
    const visit = visitOf(account, c);
    return bulk(visit, { verb: "Deleted", infinitive: "delete" }, (id) => deleteRecord(account, visit.kept, id));
  });
}

function visitOf(account: Account, c: Context): Visit {
  const kept = account.collections.get(c.req.param("slug") ?? "");
  if (kept === undefined) throw noRoute(c.req.path);
  return { kept, isUser: isUser(account, c), query: parseQuery(new URL(c.req.url).searchParams) };
}

function isUser(account: Account, c: Context): boolean {
  return strategyOf(account, c.req.header("authorization")) !== undefined;
}

function allowed({ kept, isUser }: Visit): void {
  if (permission(kept.definition, isUser) === false) throw notAllowed();
}

function listOf(account: Account, { kept, isUser, query }: Visit): object {
  return findList(account, kept, { ...query, where: narrowed(kept, isUser, query.where) });
}

function asAsked(account: Account, { kept, query }: Visit, record: DataRecord): DataRecord {
  return shown(account, kept.definition.slug, { record, showing: { depth: depthOf(query.depth), select: query.select } });
}

/** An id that the column cannot hold makes the database fail. */
function idIn(c: Context): number {
  const id = Number(c.req.param("id"));
  if (!Number.isInteger(id) || Math.abs(id) > 2_147_483_647) throw somethingWentWrong();
  return id;
}

async function sentIn(c: Context): Promise<DataRecord> {
  const text = await c.req.text();
  if (text === "") return {};
  if (!(c.req.header("content-type") ?? "").includes("json")) throw somethingWentWrong();
  try {
    const sent = JSON.parse(text) as unknown;
    return typeof sent === "object" && sent !== null ? (sent as DataRecord) : {};
  } catch {
    throw plainly(400, "Invalid JSON");
  }
}

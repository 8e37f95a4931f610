import type { Hono } from "hono";
import type { Account } from "../account.js";
import { createRecord, deleteRecord, isHidden, updateRecord } from "../changes.js";
import type { Entity } from "../options.js";
import { idFrom, notFound } from "../refusal.js";
import { rendered } from "../render.js";
import { bodyOf, entityIn, notRouted, searchBody } from "../request.js";
import type { SearchAccount } from "../search.js";

/** The six kinds of records that have the same five doors. Creating answers 200. */
export function addEntities(app: Hono, account: Account, search: SearchAccount): void {
  app.post("/people/fetch_by_email", async (c) => {
    const { email } = await bodyOf(c);
    const wanted = String(email).toLowerCase();
    const holds = (list: unknown) => ((list as readonly { email: string }[]) ?? []).some((one) => one.email.toLowerCase() === wanted);
    const [person] = account.kinds.people.filter((one) => holds(one.emails));
    if (!person) throw notFound();
    return c.json(rendered(account, "people", person));
  });
  app.post("/:entity/search", async (c) => {
    const entity = entityIn(c);
    if (!entity) return notRouted(c);
    const { rows, total } = search({ kind: entity, body: await searchBody(c) });
    return c.json(rows, 200, { "X-PW-TOTAL": String(total) });
  });
  app.post("/:entity", async (c) => {
    const entity = entityIn(c);
    return entity ? c.json(rendered(account, entity, createRecord(account, entity, await bodyOf(c)))) : notRouted(c);
  });
  app.get("/:entity/:id", (c) => {
    const entity = entityIn(c);
    if (!entity) return notRouted(c);
    const record = account.kinds[entity].get(idOf(entity, c.req.param("id")));
    if (!record || isHidden(account, entity, record)) throw notFound();
    return c.json(rendered(account, entity, record));
  });
  app.put("/:entity/:id", async (c) => {
    const entity = entityIn(c);
    if (!entity) return notRouted(c);
    const change = { id: idOf(entity, c.req.param("id")), body: await bodyOf(c) };
    return c.json(rendered(account, entity, updateRecord(account, entity, change)));
  });
  app.delete("/:entity/:id", (c) => {
    const entity = entityIn(c);
    return entity ? c.json(deleteRecord(account, entity, idOf(entity, c.req.param("id")))) : notRouted(c);
  });
}

function idOf(entity: Entity, text: string | undefined): number {
  return idFrom(`${entity === "people" ? "person" : entity.replace(/ies$/, "y").replace(/s$/, "")}_id`, text);
}

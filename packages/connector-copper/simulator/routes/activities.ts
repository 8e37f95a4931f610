import type { DataRecord } from "@fieldwright/connector-kit";
import type { Hono } from "hono";
import type { Account } from "../account.js";
import { singular } from "../data/entity-rows.js";
import { firstIds } from "../data/ids.js";
import { idFrom, invalid, notFound, unrecognized } from "../refusal.js";
import { entityOf } from "../relations.js";
import { bodyOf, entityIn, notRouted, searchBody } from "../request.js";
import type { SearchAccount } from "../search.js";
import { notify } from "../webhooks.js";

const writable = ["parent", "type", "details", "activity_date", "user_id", "old_value", "new_value"];

export function addActivities(app: Hono, account: Account, search: SearchAccount): void {
  app.post("/activities/search", async (c) => {
    const { rows, total } = search({ kind: "activities", body: await searchBody(c) });
    return c.json(rows, 200, { "X-PW-TOTAL": String(total) });
  });
  app.post("/:entity/:id/activities", async (c) => {
    const entity = entityIn(c);
    if (!entity) return notRouted(c);
    const parent = { id: Number(c.req.param("id")), type: singular[entity] };
    const { rows, total } = search({ kind: "activities", body: { ...(await searchBody(c)), parent } });
    return c.json(rows, 200, { "X-PW-TOTAL": String(total) });
  });
  app.post("/activities", async (c) => c.json(createActivity(account, await bodyOf(c))));
  app.get("/activities/:id", (c) => {
    const id = idFrom("activity_id", c.req.param("id"));
    const found = account.kinds.activities.get(id);
    // The only kind whose deleted records still answer.
    if (!found && account.goneActivities.has(id)) return c.json({ id, is_deleted: true });
    if (!found) throw notFound();
    return c.json(found);
  });
  app.put("/activities/:id", async (c) => {
    const id = idFrom("activity_id", c.req.param("id"));
    if (!account.kinds.activities.has(id)) throw notFound();
    const set = known(await bodyOf(c));
    const changed = account.kinds.activities.change(id, set);
    notify(account, { type: "activity_log", event: "update", ids: [id], updated: {} });
    return c.json(changed);
  });
  app.delete("/activities/:id", (c) => {
    const id = idFrom("activity_id", c.req.param("id"));
    if (!account.kinds.activities.has(id)) throw notFound();
    account.kinds.activities.remove(id);
    account.goneActivities.add(id);
    notify(account, { type: "activity_log", event: "delete", ids: [id] });
    return c.json({ id, is_deleted: true });
  });
}

export function createActivity(account: Account, body: DataRecord): DataRecord {
  const set = known(body);
  const { parent, type } = set as { readonly parent?: DataRecord; readonly type?: DataRecord };
  const holder = entityOf(String(parent?.type));
  if (!parent || !holder) throw invalid("Parent", "can't be blank");
  if (!account.kinds[holder].has(Number(parent.id))) throw invalid("Parent", "not found");
  if (type?.category !== "user") throw invalid("Type", "Invalid value for Type: only user activities can be written");
  const kind = account.kinds.activity_types.get(`user/${String(type.id)}`);
  if (!kind) throw invalid("Type", `Invalid value for Type: ${String(type.id)}`);
  if (typeof set.details !== "string" || set.details === "") throw invalid("Details", "can't be blank");
  const now = account.now();
  const added = account.kinds.activities.add({
    id: account.nextId("activities"),
    parent: { id: Number(parent.id), type: parent.type },
    type: { id: Number(type.id), category: "user", name: kind.name },
    user_id: set.user_id ?? firstIds.users,
    details: set.details,
    activity_date: set.activity_date ?? now,
    old_value: null,
    new_value: null,
    date_created: now,
    date_modified: now,
  });
  notify(account, { type: "activity_log", event: "new", ids: [Number(added.id)] });
  return added;
}

function known(body: DataRecord): DataRecord {
  const unknown = Object.keys(body).filter((key) => !writable.includes(key));
  if (unknown.length > 0) throw unrecognized(unknown);
  return body;
}

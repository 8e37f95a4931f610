import type { DataRecord } from "@fieldwright/connector-kit";
import type { Hono } from "hono";
import type { Account, Webhook } from "../account.js";
import { idFrom, notFound, Refusal } from "../refusal.js";
import { bodyOf } from "../request.js";

const types = ["lead", "person", "company", "opportunity", "project", "task", "activity_log"];
const events = ["new", "update", "delete"];
const most = 100;

export function addWebhooks(app: Hono, account: Account): void {
  const found = (text: string): Webhook => {
    const hook = account.webhooks.get(idFrom("subscription_id", text));
    if (!hook) throw notFound();
    return hook;
  };
  const keep = (id: number, body: DataRecord, created_at: number): Webhook => {
    const { headers, ...shown } = { id, ...checked(body), created_at } as Webhook;
    account.webhooks.set(id, headers ? { ...shown, headers } : shown);
    return shown;
  };
  app.get("/webhooks", (c) => c.json([...account.webhooks.values()].map(shown)));
  app.get("/webhooks/:id", (c) => c.json(shown(found(c.req.param("id")))));
  app.post("/webhooks", async (c) => {
    if (account.webhooks.size >= most) throw new Refusal(422, `Invalid input: Limit of ${most} subscriptions reached`);
    const id = Math.max(17_000, ...account.webhooks.keys()) + 1;
    return c.json(keep(id, await bodyOf(c), account.now()));
  });
  app.put("/webhooks/:id", async (c) => {
    const before = found(c.req.param("id"));
    const { id, created_at, ...rest } = before;
    return c.json(keep(id, { ...rest, ...(await bodyOf(c)) }, created_at));
  });
  app.delete("/webhooks/:id", (c) => {
    const { id } = found(c.req.param("id"));
    account.webhooks.delete(id);
    return c.json({ id });
  });
}

function shown({ headers: _headers, ...hook }: Webhook): DataRecord {
  return { ...hook };
}

function checked(body: DataRecord): DataRecord {
  const { target, type, event } = body;
  if (typeof target !== "string" || !URL.canParse(target) || new URL(target).protocol !== "https:")
    throw new Refusal(422, `Invalid input: Invalid URI For External Request: ${String(target)}`);
  if (!types.includes(String(type)))
    throw new Refusal(422, `Invalid input: Validation errors: Type: Invalid value for Type: ${String(type)}`);
  if (!events.includes(String(event)))
    throw new Refusal(422, `Invalid input: Validation errors: Event: Invalid value for Event: ${String(event)}`);
  return body;
}

import type { DataRecord } from "@fieldwright/connector-kit";
import type { Context, Hono } from "hono";
import type { Account } from "../account.js";
import { createRecord, updateRecord } from "../changes.js";
import type { Entity } from "../options.js";
import { idFrom, Refusal } from "../refusal.js";
import { rendered } from "../render.js";
import { bodyOf, entityIn, notRouted } from "../request.js";
import { createActivity } from "./activities.js";

const most = 10;

/** At most ten at once, each with a fate of its own; the answer is 200 whatever becomes of them. */
export function addBulk(app: Hono, account: Account): void {
  app.post("/activities/bulk_create", (c) => each(c, "activities", (item) => createActivity(account, item)));
  app.post("/:entity/bulk_create", (c) => {
    const entity = entityIn(c);
    return entity ? each(c, entity, (item) => rendered(account, entity, createRecord(account, entity, item))) : notRouted(c);
  });
  app.post("/:entity/bulk_update", (c) => {
    const entity = entityIn(c);
    return entity ? each(c, entity, (item) => updated(account, entity, item)) : notRouted(c);
  });
}

function updated(account: Account, entity: Entity, item: DataRecord): DataRecord {
  const { id, ...body } = item;
  return rendered(account, entity, updateRecord(account, entity, { id: idFrom("id", id), body }));
}

async function each(c: Context, key: string, work: (item: DataRecord) => DataRecord): Promise<Response> {
  const items = (await bodyOf(c))[key];
  if (!Array.isArray(items)) throw new Refusal(422, `Invalid input: Validation errors: ${key}: can't be blank`);
  if (items.length > most) return c.json({ error: `Request size too large, limit is ${most}` }, 422);
  return c.json((items as readonly DataRecord[]).map((item) => outcome(item, work)));
}

function outcome(item: DataRecord, work: (item: DataRecord) => DataRecord): DataRecord {
  try {
    return work(item);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const [, field = "Base", problem = error.message] = /Validation errors: ([^:]+): (.*)$/.exec(error.message) ?? [];
    const id = item.id === undefined ? {} : { id: item.id };
    return { ...id, success: false, message: { [field.toLowerCase().replaceAll(" ", "_")]: [{ error: problem }] } };
  }
}

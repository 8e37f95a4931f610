import type { DataRecord } from "@fieldwright/connector-kit";
import type { Context, Hono } from "hono";
import type { FishbowlDatabase } from "../database.js";
import { Refusal } from "../refusal.js";

const path = "/integrations/plugin-info";
const filters = ["plugin", "table", "recordId", "groupId", "channelId"];

/** Where integrations keep their own ids. A change is a POST, and a new one comes back in a list. */
export function addPluginInfo(app: Hono, { pluginInfo, nextId }: FishbowlDatabase): void {
  app.get(path, (c) => {
    const asked = filters.flatMap((name) => (c.req.query(name) === undefined ? [] : [[name, c.req.query(name)] as const]));
    return c.json(pluginInfo.filter((row) => asked.every(([name, value]) => String(row[name]) === value)));
  });
  app.post(path, async (c) => {
    const body = checked(await c.req.json());
    return c.json([pluginInfo.add({ id: nextId("plugin-info"), groupId: 0, channelId: null, info: null, ...body })]);
  });
  app.post(`${path}/:id`, async (c) => {
    const id = there(c);
    const { id: _own, ...body } = checked(await c.req.json());
    return c.json(pluginInfo.change(id, body));
  });
  app.delete(`${path}/:id`, (c) => {
    pluginInfo.remove(there(c));
    return c.body(null, 200);
  });
  const there = (c: Context): string => {
    const id = c.req.param("id") ?? "";
    if (!pluginInfo.has(id)) throw new Refusal(404, `Plugin info ${id} was not found.`);
    return id;
  };
}

function checked(body: unknown): DataRecord {
  const record = (body ?? {}) as DataRecord;
  for (const name of ["plugin", "table", "recordId"]) if (record[name] === undefined) throw new Refusal(400, `${name} is required.`);
  return record;
}

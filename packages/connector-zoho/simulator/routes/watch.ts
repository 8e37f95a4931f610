import type { DataRecord } from "@fieldwright/connector-kit";
import type { Context, Hono } from "hono";
import type { Channel } from "../channel.js";
import { idAt } from "../generated-record.js";
import { momentOf } from "../moments.js";
import type { Org } from "../org.js";
import { complaint, refuse } from "../refusal.js";

const usualLifeMs = 3_600_000;
const longestLifeMs = 7 * 24 * 3_600_000;
const path = "/crm/v8/actions/watch";

export function addWatch(app: Hono, org: Org): void {
  app.post(path, async (c) =>
    answer(
      c,
      (await watchesOf(c)).map((watch) => enable(org, c, watch)),
      201,
    ),
  );
  app.put(path, async (c) =>
    answer(
      c,
      (await watchesOf(c)).map((watch) => update(org, c, watch)),
      200,
    ),
  );
  app.patch(path, async (c) =>
    answer(
      c,
      (await watchesOf(c)).map((watch) => update(org, c, watch)),
      200,
    ),
  );
  app.get(path, (c) => {
    for (const [key, channel] of org.channels) if (channel.expiresMs <= org.nowMs()) org.channels.delete(key);
    const asked = c.req.query("channel_id");
    const all = [...org.channels.values()].filter((channel) => asked === undefined || channel.channelId === asked);
    if (all.length === 0) return c.body(null, 204);
    const watch = all.map((channel) => ({
      notify_on_related_action: false,
      ...placeOf(org, c, channel),
      channel_expiry: org.moment(channel.expiresMs),
      notify_url: channel.notifyUrl,
      fields: null,
      notification_condition: null,
      events: channel.events,
      token: channel.token,
    }));
    return c.json({ watch, info: { per_page: 200, count: watch.length, page: 1, more_records: false } });
  });
  app.delete(path, (c) => {
    const ids = c.req.query("channel_ids")?.split(",") ?? [];
    if (ids.length === 0) throw refuse("REQUIRED_PARAM_MISSING", "required param is missing", { param_name: "channel_ids" });
    return answer(
      c,
      ids.map((id) => disable(org, c, id)),
      200,
    );
  });
}

async function watchesOf(c: Context): Promise<readonly DataRecord[]> {
  const { watch } = (await c.req.json()) as { watch?: readonly DataRecord[] };
  if (!Array.isArray(watch)) throw refuse("MANDATORY_NOT_FOUND", "required field not found", { api_name: "watch", json_path: "$.watch" });
  if (watch.length > 50) throw refuse("LIMIT_EXCEEDED", "limit exceeded", { maximum_length: 50, api_name: "watch" });
  return watch;
}

function enable(org: Org, c: Context, watch: DataRecord): DataRecord {
  const channelId = String(watch.channel_id ?? "");
  const events: readonly unknown[] = Array.isArray(watch.events) ? watch.events : [];
  const wrong = (name: string) => ({ ...complaint("INVALID_DATA", "invalid data", { api_name: name, json_path: `$.watch[0].${name}` }) });
  if (!/^\d+$/.test(channelId)) return wrong("channel_id");
  if (typeof watch.notify_url !== "string" || watch.notify_url.length > 255) return wrong("notify_url");
  if (typeof watch.token === "string" && watch.token.length > 50) return wrong("token");
  const expiresMs = expiryOf(org, watch);
  if (expiresMs === undefined) return wrong("channel_expiry");
  const modules = new Set(events.map((event) => String(event).split(".")[0] ?? ""));
  if (modules.size === 0 || [...modules].some((module) => org.tableIfAny(module) === undefined)) return wrong("events");
  const made = [...modules].map((module): Channel => {
    const channel = {
      channelId,
      module,
      events: events.map(String).filter((event) => event.startsWith(`${module}.`)),
      notifyUrl: String(watch.notify_url),
      token: typeof watch.token === "string" ? watch.token : null,
      expiresMs,
      withValues: watch.return_affected_field_values === true,
    };
    org.channels.set(`${channelId} ${module}`, channel);
    return channel;
  });
  return success(org, c, { made, message: "Successfully subscribed for actions-watch of the given module" });
}

function update(org: Org, c: Context, watch: DataRecord): DataRecord {
  const channelId = String(watch.channel_id ?? "");
  const mine = [...org.channels.entries()].filter(([, channel]) => channel.channelId === channelId && channel.expiresMs > org.nowMs());
  if (mine.length === 0) return { ...complaint("NOT_SUBSCRIBED", "not subscribed to the given channel id", { channel_id: channelId }) };
  const expiresMs = expiryOf(org, watch);
  if (expiresMs === undefined) return { ...complaint("INVALID_DATA", "invalid data", { api_name: "channel_expiry" }) };
  const made = mine.map(([key, channel]) => {
    const changed = { ...channel, expiresMs, ...(typeof watch.token === "string" ? { token: watch.token } : {}) };
    org.channels.set(key, changed);
    return changed;
  });
  return success(org, c, { made, message: "Successfully updated the subscribe details" });
}

function disable(org: Org, c: Context, channelId: string): DataRecord {
  const [found] = [...org.channels.entries()].filter(([, channel]) => channel.channelId === channelId);
  if (found === undefined) return { ...complaint("NOT_SUBSCRIBED", "not subscribed to the given channel id", { channel_id: channelId }) };
  org.channels.delete(found[0]);
  return {
    code: "SUCCESS",
    details: placeOf(org, c, found[1]),
    message: "Successfully un-subscribed from actions-watch",
    status: "success",
  };
}

function expiryOf(org: Org, watch: DataRecord): number | undefined {
  if (watch.channel_expiry === undefined || watch.channel_expiry === null) return org.nowMs() + usualLifeMs;
  const ms = momentOf(watch.channel_expiry);
  return ms === undefined || ms <= org.nowMs() || ms > org.nowMs() + longestLifeMs ? undefined : ms;
}

function success(org: Org, c: Context, { made, message }: { made: readonly Channel[]; message: string }): DataRecord {
  const events = made.map((channel) => ({ channel_expiry: org.moment(channel.expiresMs), ...placeOf(org, c, channel) }));
  return { code: "SUCCESS", details: { events }, message, status: "success" };
}

function placeOf(org: Org, c: Context, channel: Channel): DataRecord {
  const resource_uri = `${new URL(c.req.url).origin}/crm/v8/${channel.module}`;
  const number = org.tableIfAny(channel.module)?.module.number ?? 0;
  return { resource_uri, resource_id: idAt(902, number), resource_name: channel.module, channel_id: channel.channelId };
}

function answer(c: Context, watch: readonly DataRecord[], good: 200 | 201): Response {
  const failures = watch.filter((one) => one.status === "error");
  return c.json({ watch }, failures.length === 0 ? good : failures.length < watch.length ? 207 : 400);
}

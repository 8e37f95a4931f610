import { timingSafeEqual } from "node:crypto";
import { type Call, type DataRecord, VendorError, type World } from "@fieldwright/connector-kit";
import { createApi } from "./api.js";
import { createCredits } from "./credits.js";
import { complaintIn } from "./errors.js";
import { headerMoment } from "./moments.js";
import type { ZohoOptions } from "./options.js";
import { refusalOf } from "./refusals.js";
import { createSignIn } from "./sign-in.js";

const path = "/crm/v8/actions/watch";
const longestLifeMs = 7 * 24 * 3_600_000;

/** Where Zoho tells of changes. It ends by itself, after a week at the latest. */
export interface Channel {
  /** Chosen by you: digits only. */
  readonly id: string;
  /** "Contacts.create", "Deals.all". */
  readonly events: readonly string[];
  /** https, at most 255 characters. */
  readonly notifyUrl: string;
  /** Comes back with every message, and is the only proof of who sends it. At most 50 characters. */
  readonly token: string;
}

export interface Notifications {
  /** Opens a channel for a week. @returns when it ends. */
  watch(channel: Channel, call: Call): Promise<Date>;
  /** Another week; a channel that has ended meanwhile is opened anew. */
  renew(channel: Channel, call: Call): Promise<Date>;
  /** Renews those of `channels` that end within `withinMs`, or have ended. @returns the ids of those. */
  renewDue(channels: readonly Channel[], withinMs: number, call: Call): Promise<readonly string[]>;
  stop(channelId: string, call: Call): Promise<void>;
  close(): Promise<void>;
}

export function openNotifications(options: ZohoOptions, world: World): Notifications {
  const api = createApi({ options, signIn: createSignIn(options, world), credits: createCredits(options.assumptions, world), world });
  // A minute less than a week: the way to Zoho takes time, and its clock may be behind.
  const expiry = () => new Date(world.now().getTime() + longestLifeMs - 60_000);
  const tell = async (method: "POST" | "PATCH", watch: DataRecord, call: Call): Promise<DataRecord> => {
    const [item = {}] = await api.each({ method, path, json: { watch: [watch] }, safeToRepeat: true }, call);
    return item;
  };
  const watch = async (channel: Channel, call: Call): Promise<Date> => {
    const ends = expiry();
    world.secret(channel.token);
    const { id, events, notifyUrl, token } = channel;
    const body = { channel_id: id, events, notify_url: notifyUrl, token, channel_expiry: headerMoment(ends.toISOString()) };
    sure(await tell("POST", body, call));
    return ends;
  };
  const renew = async (channel: Channel, call: Call): Promise<Date> => {
    const ends = expiry();
    world.secret(channel.token);
    const item = await tell(
      "PATCH",
      { channel_id: channel.id, token: channel.token, channel_expiry: headerMoment(ends.toISOString()) },
      call,
    );
    if (item.code === "NOT_SUBSCRIBED") return watch(channel, call);
    sure(item);
    return ends;
  };
  return {
    watch,
    renew,
    async renewDue(channels, withinMs, call) {
      const body = await api.get({ path }, call);
      const rows = (Array.isArray(body?.watch) ? body.watch : []) as readonly DataRecord[];
      const due = channels.filter((channel) => {
        const ends = rows.filter((row) => row.channel_id === channel.id).map((row) => Date.parse(String(row.channel_expiry)));
        return ends.length === 0 || Math.min(...ends) <= world.now().getTime() + withinMs;
      });
      for (const channel of due) await renew(channel, call);
      return due.map((channel) => channel.id);
    },
    async stop(channelId, call) {
      const [item = {}] = await api.each({ method: "DELETE", path, query: { channel_ids: channelId } }, call);
      if (item.code !== "NOT_SUBSCRIBED") sure(item);
    },
    close: () => api.close(),
  };
}

function sure(item: DataRecord): void {
  const complaint = complaintIn(item);
  if (complaint !== undefined && item.status === "error") throw refusalOf(complaint, "notification");
}

/** What a message tells. A hint, no proof: what is missed is found by the next read. */
export interface Notified {
  readonly module: string;
  readonly operation: "insert" | "update" | "delete";
  readonly ids: readonly string[];
  readonly channelId: string;
}

/**
 * Reads a message of Zoho's. It is not signed, so the token of the channel must be in it.
 * @throws VendorError where it is not, or where the body is no such message.
 */
export function readNotification(body: unknown, token: string): Notified {
  const message = (typeof body === "object" && body !== null ? body : {}) as DataRecord;
  if (!isSame(message.token, token))
    throw new VendorError("A notification came without the right token, so it may not be Zoho's.", {
      code: "zoho/notification-token",
      next: "hold-record",
      hint: "Answer it with 403, and check that the channel was opened with this token.",
    });
  const { module, operation, ids, channel_id } = message;
  const isKnown = operation === "insert" || operation === "update" || operation === "delete";
  if (typeof module !== "string" || !isKnown || !Array.isArray(ids))
    throw new VendorError("A notification came that tells no module, operation and ids.", {
      code: "zoho/notification-shape",
      next: "hold-record",
    });
  return { module, operation, ids: ids.map(String), channelId: String(channel_id) };
}

/** In constant time. */
function isSame(given: unknown, token: string): boolean {
  if (typeof given !== "string" || token === "") return false;
  const [a, b] = [Buffer.from(given), Buffer.from(token)];
  return a.length === b.length && timingSafeEqual(a, b);
}

import { timingSafeEqual } from "node:crypto";
import { asVendorError, type Call, createHttp, type DataRecord, type Http, VendorError } from "@fieldwright/connector-kit";
import { explain } from "./errors.js";

export type WebhookType = "lead" | "person" | "company" | "opportunity" | "project" | "task" | "activity_log";
export type WebhookEvent = "new" | "update" | "delete";

/** What one delivery says: which records, never how they are. Each is read again. */
export interface WebhookHint {
  /** The stream of the connection that the records are in. */
  readonly stream: string;
  readonly event: WebhookEvent;
  readonly keys: readonly string[];
  readonly subscriptionId: number;
  readonly at: string | null;
}

const streams: Readonly<Record<WebhookType, string>> = {
  lead: "leads",
  person: "people",
  company: "companies",
  opportunity: "opportunities",
  project: "projects",
  task: "tasks",
  activity_log: "activities",
};

/** The member of the body that carries our secret; Copper sends the pairs of a subscription's secret back in the body's root. */
const secretMember = "fieldwright_secret";

/**
 * What a delivery says, if it carries the secret that the subscription was made with. Copper signs nothing, so this is all
 * there is to know a delivery by. It sends each once and never again: poll too.
 * @returns `undefined` where the body is no delivery of Copper's, or carries another secret.
 */
export function parseWebhook(body: unknown, secret: string): WebhookHint | undefined {
  const delivery = typeof body === "string" ? parsed(body) : body;
  if (!isRecord(delivery) || !verifyWebhook(delivery, secret)) return undefined;
  const { ids, type, event, subscription_id, timestamp } = delivery;
  if (!Array.isArray(ids) || !ids.every((id) => Number.isInteger(id) && id > 0)) return undefined;
  if (!isType(type) || (event !== "new" && event !== "update" && event !== "delete")) return undefined;
  return {
    stream: streams[type],
    event,
    keys: [...new Set(ids.map(String))],
    subscriptionId: Number(subscription_id),
    at: typeof timestamp === "string" ? timestamp : null,
  };
}

/** Whether a delivery carries this secret; takes as long for a near miss as for a far one. An empty secret fits nothing. */
export function verifyWebhook(delivery: DataRecord, secret: string): boolean {
  const told = delivery[secretMember];
  if (typeof told !== "string" || secret === "") return false;
  const [a, b] = [Buffer.from(told), Buffer.from(secret)];
  return a.length === b.length && timingSafeEqual(a, b);
}

export interface WebhookAccount {
  readonly baseUrl?: string;
  readonly apiKey: string;
  readonly userEmail: string;
}

export interface Subscription {
  /** https, or Copper refuses it. */
  readonly target: string;
  readonly secret: string;
  readonly on: readonly { readonly type: WebhookType; readonly event: WebhookEvent }[];
}

export interface Renewal {
  readonly kept: readonly number[];
  readonly made: readonly number[];
  readonly changed: readonly number[];
}

/**
 * Makes what is missing of a subscription and mends what is otherwise; what is as wanted stays. Run it at every start: that is
 * all the renewing that there is, since Copper's subscriptions do not expire, but go with the user who made them.
 * @throws VendorError where the target is not https, or Copper refuses it.
 */
export async function subscribeWebhooks(account: WebhookAccount, wanted: Subscription, call: Call): Promise<Renewal> {
  checkTarget(wanted);
  return withHttp(account, async (http) => {
    const present = await hooksOf(http, call);
    const result = { kept: [] as number[], made: [] as number[], changed: [] as number[] };
    for (const { type, event } of wanted.on) {
      const json = { target: wanted.target, type, event, secret: { [secretMember]: wanted.secret } };
      const old = present.find((hook) => hook.type === type && hook.event === event && hook.target === wanted.target);
      if (!old) {
        const { body } = await http.send({ method: "POST", path: "/webhooks", json, safeToRepeat: false }, call);
        result.made.push(Number(isRecord(body) ? body.id : Number.NaN));
      } else if (isRecord(old.secret) && old.secret[secretMember] === wanted.secret) result.kept.push(Number(old.id));
      else {
        await http.send({ method: "PUT", path: `/webhooks/${String(old.id)}`, json }, call);
        result.changed.push(Number(old.id));
      }
    }
    return result;
  });
}

/** Takes away every subscription to this target: do it before the key is revoked, since later nobody can. */
export async function unsubscribeWebhooks(account: WebhookAccount, target: string, call: Call): Promise<readonly number[]> {
  return withHttp(account, async (http) => {
    const mine = (await hooksOf(http, call)).filter((hook) => hook.target === target).map((hook) => Number(hook.id));
    for (const id of mine) await http.send({ method: "DELETE", path: `/webhooks/${id}` }, call);
    return mine;
  });
}

async function hooksOf(http: Http, call: Call): Promise<readonly DataRecord[]> {
  const hooks = await http.get<unknown>("/webhooks", undefined, call);
  if (Array.isArray(hooks)) return hooks.filter(isRecord);
  throw new VendorError("Copper's list of webhooks is not in a shape that is known.", { code: "copper/unknown-shape", next: "stop-run" });
}

function checkTarget({ target, secret }: Subscription): void {
  if (!URL.canParse(target) || new URL(target).protocol !== "https:")
    throw new VendorError(`Copper sends webhooks to https only, and not to ${target}.`, {
      code: "copper/webhook-target",
      next: "stop-run",
      hint: "Give an address that begins with https:// and can be reached from the internet.",
    });
  if (secret.length < 16)
    throw new VendorError("The secret of a webhook is too short to protect anything.", {
      code: "copper/webhook-secret",
      next: "stop-run",
      hint: "Take at least 16 characters that nobody can guess.",
    });
}

async function withHttp<T>({ baseUrl, apiKey, userEmail }: WebhookAccount, work: (http: Http) => Promise<T>): Promise<T> {
  const http = createHttp({
    baseUrl: baseUrl ?? "https://api.copper.com/developer_api/v1",
    auth: {
      apply: async (headers) => {
        headers["x-pw-accesstoken"] = apiKey;
        headers["x-pw-useremail"] = userEmail;
      },
    },
    headers: { "X-PW-Application": "developer_api" },
    explain,
  });
  try {
    return await work(http);
  } catch (error) {
    throw asVendorError(error);
  } finally {
    await http.close();
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isType(type: unknown): type is WebhookType {
  return typeof type === "string" && Object.hasOwn(streams, type);
}

function isRecord(value: unknown): value is DataRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

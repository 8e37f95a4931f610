import { createHmac } from "node:crypto";

export interface WebhookEvent {
  /** "tn.jpm.job-completed" */
  readonly type: string;
  readonly id: string;
  readonly time: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface Delivery {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A delivery as the vendor sends it: a CloudEvent, signed over its bytes. How the signature is written is not documented. */
export function webhookDelivery(event: WebhookEvent, key: string, encoding: "hex" | "base64" = "hex"): Delivery {
  const body = JSON.stringify({
    specversion: "1.0",
    id: event.id,
    type: event.type,
    time: event.time,
    source: "https://webhooks.servicetitan.io",
    userassignedid: event.id,
    datacontenttype: "application/json",
    data: event.data,
  });
  const signature = createHmac("sha256", key).update(body).digest(encoding);
  return { body, headers: { "content-type": "application/json", "x-servicetitan-signature": signature } };
}

/** Seconds between the tries of a delivery that is not answered with a 2xx. */
export const retrySchedule: readonly number[] = [10, 30, 60, 300];

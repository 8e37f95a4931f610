import { verifyWebhook } from "@fieldwright/connector-servicetitan";
import { webhookDelivery } from "@fieldwright/connector-servicetitan/simulator";
import { expect, test } from "vitest";

const key = "demo-key-of-thirty-two-characters-or-more";
const event = { id: "1", type: "tn.jpm.job-completed", time: "2026-02-05T21:00:03.51Z", data: { job: { id: 880101 }, tenantId: 1234567 } };

test.each(["hex", "base64"] as const)("accepts a signature in %s, as the vendor does not say which it uses", (encoding) => {
  const { body, headers } = webhookDelivery(event, key, encoding);
  expect(verifyWebhook({ rawBody: body, headers, key })).toBe(true);
  expect(verifyWebhook({ rawBody: Buffer.from(body), headers, key, encoding })).toBe(true);
  expect(verifyWebhook({ rawBody: body, headers, key, encoding: encoding === "hex" ? "base64" : "hex" })).toBe(false);
});

test("refuses another key, another body by one byte, no signature, and an empty key", () => {
  const { body, headers } = webhookDelivery(event, key);
  expect(verifyWebhook({ rawBody: body, headers, key: `${key}x` })).toBe(false);
  expect(verifyWebhook({ rawBody: `${body} `, headers, key })).toBe(false);
  expect(verifyWebhook({ rawBody: body, headers: {}, key })).toBe(false);
  expect(verifyWebhook({ rawBody: body, headers: webhookDelivery(event, "").headers, key: "" })).toBe(false);
});

test("takes the header under any name and in any case, with the algorithm before it or not", () => {
  const { body, headers } = webhookDelivery(event, key);
  const signature = headers["x-servicetitan-signature"];
  expect(verifyWebhook({ rawBody: body, headers: { "X-ServiceTitan-Signature": `sha256=${signature}` }, key })).toBe(true);
  expect(verifyWebhook({ rawBody: body, headers: { "x-signature": [signature ?? ""] }, key, header: "X-Signature" })).toBe(true);
  expect(verifyWebhook({ rawBody: body, headers, key, header: "X-Signature" })).toBe(false);
});

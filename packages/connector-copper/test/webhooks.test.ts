import { parseWebhook, subscribeWebhooks, unsubscribeWebhooks, verifyWebhook } from "@fieldwright/connector-copper";
import { describe, expect, test } from "vitest";
import { connect } from "./connect.js";

const secret = "demo-secret-of-a-test";
const target = "https://hooks.example.com/copper";
const delivery = {
  ids: [27_000_001, 27_000_002, 27_000_001],
  type: "person",
  event: "update",
  subscription_id: 17_001,
  fieldwright_secret: secret,
  updated_attributes: { name: ["Old", "New"] },
  timestamp: "2026-01-02T10:00:00.000Z",
};

describe("a delivery", () => {
  test("is a hint: stream and keys, each once, and nothing of the record", () => {
    const hint = {
      stream: "people",
      event: "update",
      keys: ["27000001", "27000002"],
      subscriptionId: 17_001,
      at: "2026-01-02T10:00:00.000Z",
    };
    expect(parseWebhook(delivery, secret)).toEqual(hint);
    expect(parseWebhook(JSON.stringify(delivery), secret)).toEqual(hint);
    expect(parseWebhook({ ...delivery, type: "activity_log" }, secret)?.stream).toBe("activities");
  });

  test("without the right secret is nobody's, and an empty secret fits nothing, since Copper signs nothing else", () => {
    for (const wrong of ["demo-secret-of-a-tesT", "", secret.slice(0, -1)]) expect(parseWebhook(delivery, wrong)).toBeUndefined();
    expect(parseWebhook({ ...delivery, fieldwright_secret: undefined }, secret)).toBeUndefined();
    expect(verifyWebhook({ fieldwright_secret: "" }, "")).toBe(false);
  });

  test("that is no delivery of Copper's is not taken for one", () => {
    const wrongs = [
      "not json",
      null,
      [],
      { ...delivery, ids: ["1"] },
      { ...delivery, ids: "1" },
      { ...delivery, type: "constructor" },
      { ...delivery, event: "upsert" },
    ];
    for (const wrong of wrongs) expect(parseWebhook(wrong, secret)).toBeUndefined();
  });
});

describe("subscribing", () => {
  const on = [
    { type: "company", event: "update" },
    { type: "company", event: "delete" },
  ] as const;

  test("makes what is missing, keeps what is as wanted and changes the secret of what is not, so it can run at every start", async () => {
    const { simulator, call, stream } = await connect();
    const account = simulator.options;
    const first = await subscribeWebhooks(account, { target, secret, on }, call);
    expect([first.made.length, first.kept, first.changed]).toEqual([2, [], []]);
    expect(await subscribeWebhooks(account, { target, secret, on }, call)).toEqual({ kept: first.made, made: [], changed: [] });
    const other = "another-demo-secret-1";
    expect(await subscribeWebhooks(account, { target, secret: other, on }, call)).toEqual({ kept: [], made: [], changed: first.made });

    await stream("companies").update?.([{ key: "9600001", set: { name: "Changed" } }], call);
    await stream("companies").delete?.(["9600002"], call);
    expect(
      simulator.deliveries.map((sent) => [sent.target, parseWebhook(sent.body, other)?.event, parseWebhook(sent.body, other)?.keys]),
    ).toEqual([
      [target, "update", ["9600001"]],
      [target, "delete", ["9600002"]],
    ]);
    expect(parseWebhook(simulator.deliveries[0]?.body, secret)).toBeUndefined();

    expect(await unsubscribeWebhooks(account, target, call)).toEqual(first.made);
    await stream("companies").update?.([{ key: "9600001", set: { name: "Again" } }], call);
    expect(simulator.deliveries).toHaveLength(2);
  });

  test("refuses a target without https and a short secret before anything is asked of Copper", async () => {
    const { simulator, call } = await connect();
    simulator.traffic.reset();
    await expect(subscribeWebhooks(simulator.options, { target: "http://x.example.com", secret, on }, call)).rejects.toMatchObject({
      code: "copper/webhook-target",
    });
    await expect(subscribeWebhooks(simulator.options, { target, secret: "short", on }, call)).rejects.toMatchObject({
      code: "copper/webhook-secret",
    });
    expect(simulator.traffic.requests).toBe(0);
  });

  test("a wrong key stops with what to check", async () => {
    const { simulator, call } = await connect();
    const wrong = { ...simulator.options, apiKey: "demo-other" };
    await expect(subscribeWebhooks(wrong, { target, secret, on }, call)).rejects.toMatchObject({
      code: "copper/unauthorized",
      next: "stop-run",
    });
  });
});

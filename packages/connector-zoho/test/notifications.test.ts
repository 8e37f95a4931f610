import type { Call } from "@fieldwright/connector-kit";
import zoho, { type Channel, type Notifications, openNotifications, readNotification } from "@fieldwright/connector-zoho";
import { createSimulator, type ZohoSimulator } from "@fieldwright/connector-zoho/simulator";
import { expect, onTestFinished, test } from "vitest";
import { now } from "./connect.js";

const call: Call = { signal: new AbortController().signal };
const day = 24 * 3_600_000;
const channel: Channel = {
  id: "1000000068001",
  events: ["Contacts.create", "Contacts.edit", "Deals.all"],
  notifyUrl: "https://hooks.example.test/zoho",
  token: "demo-channel-token",
};

async function open(): Promise<{ simulator: ZohoSimulator; notifications: Notifications }> {
  const simulator = await createSimulator({ now, credits: false });
  const notifications = openNotifications(zoho.options.parse(simulator.options), {
    secret: () => undefined,
    now: () => simulator.clock.now(),
    notice: () => undefined,
  });
  onTestFinished(async () => {
    await notifications.close();
    await simulator.close();
  });
  return { simulator, notifications };
}

test("a channel is opened for nearly a week, the longest that Zoho takes", async () => {
  const { simulator, notifications } = await open();
  const ends = await notifications.watch(channel, call);
  expect(ends.getTime() - simulator.clock.now().getTime()).toBe(7 * day - 60_000);
});

test("channels are renewed when they are about to end, and not before", async () => {
  const { simulator, notifications } = await open();
  await notifications.watch(channel, call);
  expect(await notifications.renewDue([channel], day, call)).toEqual([]);
  simulator.clock.advance(6.5 * day);
  expect(await notifications.renewDue([channel], day, call)).toEqual([channel.id]);
  simulator.clock.advance(6 * day);
  expect(await notifications.renewDue([channel], day / 2, call)).toEqual([]);
});

test("a channel that has ended meanwhile is opened anew", async () => {
  const { simulator, notifications } = await open();
  await notifications.watch(channel, call);
  simulator.clock.advance(8 * day);
  expect(await notifications.renewDue([channel], day, call)).toEqual([channel.id]);
  expect(await notifications.renewDue([channel], day, call)).toEqual([]);
});

test("a channel that Zoho refuses says which part is wrong", async () => {
  const { notifications } = await open();
  await expect(notifications.watch({ ...channel, id: "mine" }, call)).rejects.toMatchObject({ field: "channel_id" });
  await expect(notifications.watch({ ...channel, events: ["Nothing.all"] }, call)).rejects.toMatchObject({ field: "events" });
});

test("a stopped channel is gone, and stopping it twice is no failure", async () => {
  const { notifications } = await open();
  await notifications.watch({ ...channel, events: ["Contacts.all"] }, call);
  await notifications.stop(channel.id, call);
  await notifications.stop(channel.id, call);
  expect(await notifications.renewDue([channel], 0, call)).toEqual([channel.id]);
});

const message = {
  server_time: 1750102639787,
  module: "Contacts",
  operation: "update",
  ids: ["5550001000000123456"],
  channel_id: "1000000068001",
  token: channel.token,
  affected_fields: [],
};

test("a message with the channel's token is read", () => {
  expect(readNotification(message, channel.token)).toEqual({
    module: "Contacts",
    operation: "update",
    ids: ["5550001000000123456"],
    channelId: channel.id,
  });
});

test("a message without the right token is refused, because nothing else proves its sender", () => {
  for (const token of [undefined, "", "demo-channel-tokem", `${channel.token} `])
    expect(() => readNotification({ ...message, token }, channel.token)).toThrow(/right token/);
  expect(() => readNotification({ ...message, token: "" }, "")).toThrow(/right token/);
  expect(() => readNotification("hello", channel.token)).toThrow(/right token/);
  expect(() => readNotification({ ...message, operation: "explode" }, channel.token)).toThrow(/no module, operation/);
});

import { expect, test } from "vitest";
import { connect } from "./connect.js";

test("credits that are used up stop the run and say until when, though Zoho's 429 says nothing", async () => {
  const { simulator, stream, read } = await connect({ org: { credits: 12 }, limits: { requests: 12, perSeconds: 86_400 } });
  await stream("Leads");
  let error: unknown;
  for (let n = 0; n < 10 && error === undefined; n += 1)
    error = await read("Leads").then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
  expect(error).toMatchObject({ code: "zoho/credits-used-up", next: "stop-run" });
  const { message, retryAfterMs } = error as { message: string; retryAfterMs: number };
  expect(message).toMatch(/used up until \d{4}-\d\d-\d\d \d\d:\d\d UTC/);
  expect(retryAfterMs).toBeGreaterThan(23 * 3_600_000);
  expect(simulator.traffic.refused).toBe(0);
});

test("credits that somebody else used count, because Zoho tells what is left from half on", async () => {
  const { simulator, connection, stream, read } = await connect({ org: { credits: 40 }, limits: { requests: 40, perSeconds: 86_400 } });
  await stream("Leads");
  const other = await connect({ options: { accountsUrl: simulator.url } });
  for (let n = 0; n < 8; n += 1) await other.read("Leads");
  const before = connection.budget?.state.left ?? 0;
  await read("Leads");
  expect(connection.budget?.state.left).toBeLessThan(before - 5);
});

test("a 429 after others have used up all ends the run at once, in place of trying on and on", async () => {
  const { simulator, stream, read } = await connect({ org: { credits: 20 }, limits: { requests: 1000, perSeconds: 86_400 } });
  await stream("Leads");
  const other = await connect({ options: { accountsUrl: simulator.url } });
  for (let n = 0; n < 6; n += 1) await other.read("Leads");
  await expect(read("Leads")).rejects.toMatchObject({ code: "zoho/credits-used-up", next: "stop-run" });
  expect(simulator.traffic.refused).toBe(1);
});

test("a short wait for credits is waited for and told, not an error", async () => {
  const { waits, read } = await connect({ limits: { requests: 9, perSeconds: 1 } });
  expect(await read("Leads")).toHaveLength(12);
  await read("Accounts");
  await read("Deals");
  expect(waits.length).toBeGreaterThan(0);
});

test("no more calls run at a time than the smallest edition allows", async () => {
  const { simulator, stream, read } = await connect();
  await stream("Leads");
  simulator.traffic.reset();
  simulator.faults.slowMs = 20;
  simulator.faults.next("slow", 100);
  await Promise.all(Array.from({ length: 12 }, () => read("Leads")));
  expect(simulator.traffic.maxParallel).toBeLessThanOrEqual(5);
});

test("check tells who signed in, what is left, and how the clocks stand", async () => {
  const { connection, call } = await connect({ org: { credits: 10 } });
  await connection.streams(call);
  const items = await connection.check(call);
  expect(items.map((item) => [item.what, item.ok])).toEqual([
    ["credentials", true],
    ["credits", true],
    ["clock", true],
  ]);
  expect(items[0]?.says).toContain("user1@example.test");
  expect(items[1]?.says).toMatch(/\d+ credits are left/);
});

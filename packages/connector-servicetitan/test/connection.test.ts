import { startSimulator } from "@fieldwright/connector-kit/testing";
import servicetitan from "@fieldwright/connector-servicetitan";
import { createSimulator } from "@fieldwright/connector-servicetitan/simulator";
import { Hono } from "hono";
import { expect, onTestFinished, test } from "vitest";
import { addressesOf, optionsSchema } from "../src/options.js";
import { connect } from "./connect.js";

test("a tenant that has not let the application in is told with what to do, and stops the stream", async () => {
  const { read, connection, call } = await connect({ tenant: { connected: false } });
  await expect(read("customers")).rejects.toMatchObject({
    code: "servicetitan/forbidden",
    next: "stop-stream",
    hint: expect.stringContaining("connect the application"),
  });
  const [, tenant] = await connection.check(call);
  expect(tenant).toMatchObject({ what: "tenant", ok: false });
});

test("another tenant than the token's is refused in the same way", async () => {
  const { read } = await connect({ options: { tenantId: 7 } });
  await expect(read("customers")).rejects.toMatchObject({ code: "servicetitan/forbidden" });
});

test.each([
  ["clientSecret", "auth/refused"],
  ["clientId", "auth/refused"],
  ["appKey", "servicetitan/unauthorized"],
])("a wrong %s stops the run", async (option, code) => {
  const { read, connection, call } = await connect({ options: { [option]: "not-the-right-one" } });
  await expect(read("customers")).rejects.toMatchObject({ code, next: "stop-run" });
  expect(await connection.check(call)).toMatchObject([{ what: "credentials", ok: false }]);
});

test("a token that expires between two pages is replaced, and no row is lost or read twice", async () => {
  const { simulator, stream, call } = await connect({ tenant: { size: 23, feedPageSize: 5 } });
  const ids: unknown[] = [];
  for await (const page of stream("jobs").read?.({ pageSize: 5 }, call) ?? []) {
    ids.push(...page.records.map(({ id }) => id));
    if (ids.length === 10) simulator.clock.advance(901_000);
  }
  expect(ids).toHaveLength(23);
  expect(new Set(ids).size).toBe(23);
  expect(simulator.tokens.given).toBe(2);
});

test("one token serves all streams, also those that are read side by side", async () => {
  const { simulator, read } = await connect();
  await Promise.all(["customers", "jobs", "estimates", "leads"].map((name) => read(name)));
  expect(simulator.tokens.given).toBe(1);
});

test("the token is sent bare where the account wants it so", async () => {
  const { read } = await connect({ options: { assumptions: { tokenPrefix: "" } } });
  expect((await read("customers")).length).toBe(50);
});

test("60 requests a second are kept to where nobody sets another limit", async () => {
  const simulator = await createSimulator();
  onTestFinished(() => simulator.close());
  const connection = await servicetitan.open(servicetitan.options.parse(simulator.options), {
    secret: () => undefined,
    now: () => new Date(),
    notice: () => undefined,
  });
  onTestFinished(() => connection.close());
  expect(connection.budget?.state).toMatchObject({ limit: 60, perSeconds: 1 });
});

test("waits as long as the sentence of a 429 says, where no header says it", async () => {
  const app = new Hono();
  app.all("*", () =>
    Response.json(
      { type: "t", title: "Rate limit is exceeded. Try again in 1800 seconds.", status: 429, traceId: "x", errors: {}, data: {} },
      { status: 429 },
    ),
  );
  const server = await startSimulator({ handler: (request) => app.fetch(request), options: () => ({}), secrets: [], tables: {} });
  onTestFinished(() => server.close());
  const { read } = await connect({ options: { apiUrl: server.url } });
  // Half an hour is longer than a run sits out.
  await expect(read("customers")).rejects.toMatchObject({
    code: "servicetitan/too-many-requests",
    next: "stop-run",
    retryAfterMs: 1_800_000,
  });
});

test.each([
  ["no rows", { hasMore: false, continueFrom: "x" }, "servicetitan/strange-page"],
  ["no word on whether there is more", { data: [], continueFrom: "x" }, "servicetitan/strange-page"],
  ["no token", { data: [], hasMore: false }, "servicetitan/strange-page"],
  ["its own token as the next one", { data: [], hasMore: true, continueFrom: "x" }, "servicetitan/feed-stands-still"],
])("a feed's page with %s stops the stream, and is not taken for its end", async (_, page, code) => {
  const server = await startSimulator({ handler: () => Response.json(page), options: () => ({}), secrets: [], tables: {} });
  onTestFinished(() => server.close());
  const { read } = await connect({ options: { apiUrl: server.url } });
  await expect(read("customers")).rejects.toMatchObject({ code, next: "stop-stream" });
});

test("the environments have addresses of their own, and production is the usual one", () => {
  const options = { tenantId: 1, clientId: "c", clientSecret: "demo-secret", appKey: "demo-key" };
  const addresses = (more: object) => addressesOf(optionsSchema.parse({ ...options, ...more }));
  expect(addresses({})).toEqual({ apiUrl: "https://api.servicetitan.io", tokenUrl: "https://auth.servicetitan.io/connect/token" });
  expect(addresses({ environment: "integration" })).toEqual({
    apiUrl: "https://api-integration.servicetitan.io",
    tokenUrl: "https://auth-integration.servicetitan.io/connect/token",
  });
});

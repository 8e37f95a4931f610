import zoho from "@fieldwright/connector-zoho";
import { createSimulator } from "@fieldwright/connector-zoho/simulator";
import { expect, test } from "vitest";
import { accountsServerOf, apiUrlOf, dataCentreNames } from "../src/data-centres.js";
import { connect, now } from "./connect.js";

test("many calls at once need one access token, because Zoho gives ten in ten minutes", async () => {
  const { simulator, read } = await connect();
  await Promise.all([read("Leads"), read("Accounts"), read("Deals"), read("Tasks")]);
  expect(simulator.accounts.refreshes).toBe(1);
});

test("a token that Zoho has dropped early is replaced once, and the read goes on", async () => {
  const { simulator, stream, read } = await connect();
  await stream("Leads");
  simulator.accounts.dropTokens();
  const records = await Promise.all([read("Leads"), read("Accounts")]);
  expect(records.map((some) => some.length)).toEqual([12, 12]);
  expect(simulator.accounts.refreshes).toBe(2);
});

test("a token is replaced before its hour is over, by the clock of the connection", async () => {
  const { simulator, read } = await connect();
  await read("Leads");
  simulator.clock.advance(59.5 * 60_000);
  await read("Leads");
  expect(simulator.accounts.refreshes).toBe(2);
});

test("a revoked refresh token stops the run with what to do, though Zoho says so with status 200", async () => {
  const { simulator, stream, read, connection, call } = await connect();
  await stream("Leads");
  simulator.accounts.cutOff();
  await expect(read("Leads")).rejects.toMatchObject({ code: "zoho/refresh-token-refused", next: "stop-run" });
  const [item] = await connection.check(call);
  expect(item).toMatchObject({ what: "credentials", ok: false });
  expect(item?.says).toContain("Authorize the connection again");
});

test("a client of another data centre is told from a revoked token", async () => {
  const elsewhere = await createSimulator({ now, clientId: "1000.OTHER" });
  const { connection, call } = await connect({ options: { accountsUrl: elsewhere.url } });
  await expect(connection.streams(call)).rejects.toMatchObject({ code: "zoho/unknown-client", next: "stop-run" });
  await expect(connection.streams(call)).rejects.toThrow(/does not know this client/);
  await elsewhere.close();
});

test("a token at another data centre's host is refused, with the option to look at", async () => {
  const elsewhere = await createSimulator({ now, seed: 2 });
  const { connection, call } = await connect({ options: { apiUrl: elsewhere.url } });
  const error = await connection.streams(call).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: "zoho/token-refused", next: "stop-run" });
  expect((error as { hint: string }).hint).toContain("dataCentre");
  await elsewhere.close();
});

test("the eleventh token in ten minutes stops the run and says until when, in place of hammering the accounts server", async () => {
  const simulator = await createSimulator({ now, credits: false });
  const refresh = () =>
    fetch(`${simulator.url}/oauth/v2/token`, {
      method: "POST",
      body: new URLSearchParams({
        grant_type: "refresh_token",
        client_id: simulator.options.clientId,
        client_secret: simulator.options.clientSecret,
        refresh_token: simulator.options.refreshToken,
      }),
    });
  for (let n = 0; n < 10; n += 1) await refresh();
  const connection = await zoho.open(zoho.options.parse(simulator.options), {
    secret: () => undefined,
    now: () => simulator.clock.now(),
    notice: () => undefined,
  });
  const call = { signal: new AbortController().signal };
  await expect(connection.streams(call)).rejects.toMatchObject({ code: "zoho/too-many-sign-ins", next: "stop-run", retryAfterMs: 600_000 });
  simulator.clock.advance(601_000);
  expect((await connection.streams(call)).length).toBeGreaterThan(5);
  await connection.close();
  await simulator.close();
});

test("a scope that the token lacks stops the stream without spending another token, which would lack it too", async () => {
  const { simulator, stream, call } = await connect({ org: { outOfScope: ["/v8/coql"] } });
  const leads = await stream("Leads");
  for (let n = 0; n < 3; n += 1)
    await expect(leads.find?.("Email", ["a@example.test"], call)).rejects.toMatchObject({
      code: "zoho/scope-missing",
      next: "stop-stream",
    });
  expect(simulator.accounts.refreshes).toBe(1);
});

test("every data centre has its own accounts server, and the other environments stand beside the API of production", () => {
  const servers = dataCentreNames.map(accountsServerOf);
  expect(new Set(servers).size).toBe(9);
  expect(servers).toContain("https://accounts.zohocloud.ca");
  expect(apiUrlOf("https://www.zohoapis.com.au", "production")).toBe("https://www.zohoapis.com.au");
  expect(apiUrlOf("https://www.zohoapis.com.au", "sandbox")).toBe("https://sandbox.zohoapis.com.au");
  const wrong = zoho.options.safeParse({ dataCentre: "mars", clientId: "a", clientSecret: "b", refreshToken: "c" });
  expect(wrong.success).toBe(false);
});

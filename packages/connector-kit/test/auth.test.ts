import { describe, expect, test } from "vitest";
import { basicAuth, type Call, clientCredentialsAuth, headerAuth, refreshTokenAuth } from "../src/index.js";
import { aCall, client, failureOf, json, loopback, type Received } from "./http-loopback.js";

const credentials = { clientId: "client-1", clientSecret: "s3cret-of-client" };
const formOf = ({ body }: Received) => Object.fromEntries(new URLSearchParams(body));

/** A vendor that gives token-1, token-2, ... and takes only those in `valid`. */
async function vendor(valid: Set<string>, answer: (nth: number) => Record<string, unknown> = () => ({})) {
  const tokens = await loopback((response, _, nth) => {
    valid.add(`token-${nth}`);
    json(response, 200, { access_token: `token-${nth}`, token_type: "Bearer", expires_in: 3600, ...answer(nth) });
  });
  const api = await loopback((response, { headers }) => {
    const token = String(headers.authorization).replace("Bearer ", "");
    json(response, valid.has(token) ? 200 : 401, { token });
  });
  return { tokens, api, tokenUrl: `${tokens.url}/oauth/token` };
}

async function appliedBy(auth: ReturnType<typeof headerAuth>, call: Call = aCall()): Promise<Record<string, string>> {
  const headers: Record<string, string> = {};
  await auth.apply(headers, call);
  return headers;
}

describe("a key", () => {
  test("stands in its header after its prefix, without the line break that came with it from a file", async () => {
    expect(await appliedBy(headerAuth("X-Api-Key", "abc\n"))).toEqual({ "x-api-key": "abc" });
    expect(await appliedBy(headerAuth("Authorization", "abc", "Token "))).toEqual({ authorization: "Token abc" });
    expect(await appliedBy(basicAuth("ünal", "p:w"))).toEqual({ authorization: `Basic ${Buffer.from("ünal:p:w").toString("base64")}` });
  });

  test("that is refused stops the run after one request, because it will not get better", async () => {
    const { api } = await vendor(new Set());
    const error = await failureOf(
      client({ baseUrl: api.url, auth: headerAuth("authorization", "wrong-key") }).get("/x", undefined, aCall()),
    );
    expect(error).toMatchObject({
      next: "stop-run",
      code: "http/401",
      hint: expect.stringContaining("mistyped"),
      message: expect.stringContaining("key refused"),
    });
    expect(api.received).toHaveLength(1);
  });
});

describe("client credentials", () => {
  test("are exchanged once for many requests", async () => {
    const { api, tokens, tokenUrl } = await vendor(new Set());
    const http = client({
      baseUrl: api.url,
      auth: clientCredentialsAuth({ ...credentials, tokenUrl, scope: "read", extra: { audience: "a" } }),
    });
    await Promise.all(Array.from({ length: 20 }, () => http.get("/x", undefined, aCall())));
    expect(tokens.received.map(formOf)).toEqual([
      { grant_type: "client_credentials", client_id: "client-1", client_secret: credentials.clientSecret, scope: "read", audience: "a" },
    ]);
  });

  test("are exchanged again shortly before the token expires, because a request takes its time", async () => {
    const { tokens, tokenUrl } = await vendor(new Set());
    let now = 0;
    const auth = clientCredentialsAuth({ ...credentials, tokenUrl, now: () => now });
    for (const [at, token] of [
      [0, "token-1"],
      [3_539_000, "token-1"],
      [3_541_000, "token-2"],
    ] as const) {
      now = at;
      expect(await appliedBy(auth)).toEqual({ authorization: `Bearer ${token}` });
    }
    expect(tokens.received).toHaveLength(2);
  });

  test("20 requests refused side by side make exactly one refresh, also when one is refused late", async () => {
    const { tokens, tokenUrl } = await vendor(new Set());
    const waiting: (() => void)[] = [];
    const api = await loopback((response, { headers }, nth) => {
      const token = String(headers.authorization).replace("Bearer ", "");
      const answer = () => json(response, token === "token-1" ? 401 : 200, { token });
      // The first 20 are refused together but for one, which hears of it when the others have long been served.
      if (nth > 20) answer();
      else waiting.push(answer);
      if (nth === 20) for (const refuse of waiting.splice(0, 19)) refuse();
      if (nth === 39) waiting.pop()?.();
    });
    const warnings: Error[] = [];
    const warned = (warning: Error) => void warnings.push(warning);
    process.on("warning", warned);
    const http = client({ baseUrl: api.url, auth: clientCredentialsAuth({ ...credentials, tokenUrl }) });
    // One call object for all, as a stream has it.
    const call = aCall();
    const answers = await Promise.all(Array.from({ length: 20 }, () => http.get<{ token: string }>("/x", undefined, call)));
    expect(new Set(answers.map(({ token }) => token))).toEqual(new Set(["token-2"]));
    expect(tokens.received).toHaveLength(2);
    expect(api.received).toHaveLength(40);
    process.off("warning", warned);
    expect(warnings).toEqual([]);
  });

  test("that give a token which is refused too stop the run after one renewal", async () => {
    const { tokens, tokenUrl } = await vendor(new Set());
    const api = await loopback((response) => json(response, 401, { message: "no" }));
    const error = await failureOf(
      client({ baseUrl: api.url, auth: clientCredentialsAuth({ ...credentials, tokenUrl }) }).get("/x", undefined, aCall()),
    );
    expect(error).toMatchObject({ next: "stop-run", code: "http/401" });
    expect([tokens.received.length, api.received.length]).toEqual([2, 2]);
  });

  test.each([
    ["with a status", 401],
    ["with a 200, as some vendors do", 200],
  ])("that are refused %s stop the run and are not shown", async (_, status) => {
    const tokens = await loopback((response) =>
      json(
        response,
        status,
        { error: "invalid_client", error_description: `unknown secret ${credentials.clientSecret}` },
        { "www-authenticate": 'Basic realm="x"' },
      ),
    );
    const api = await loopback((response) => json(response, 200, {}));
    const error = await failureOf(
      client({ baseUrl: api.url, auth: clientCredentialsAuth({ ...credentials, tokenUrl: tokens.url }) }).get("/x", undefined, aCall()),
    );
    expect(error).toMatchObject({
      next: "stop-run",
      code: "auth/refused",
      hint: expect.stringContaining("client secret"),
      message: expect.stringContaining("invalid_client (unknown secret ***)"),
    });
    expect(api.received).toHaveLength(0);
  });

  test("are tried again while the token endpoint is down, also before a POST, which has not left yet", async () => {
    const tokens = await loopback((response, _, nth) => {
      if (nth === 1) json(response, 503, {});
      else if (nth === 2) response.destroy();
      // No token_type, and a lifetime as text: both occur.
      else json(response, 200, { access_token: "late-token", expires_in: "60" });
    });
    const api = await loopback((response) => json(response, 201, {}));
    const http = client({ baseUrl: api.url, auth: clientCredentialsAuth({ ...credentials, tokenUrl: tokens.url }) });
    expect((await http.send({ method: "POST", path: "/x", json: {} }, aCall())).status).toBe(201);
    expect(api.received[0]?.headers.authorization).toBe("Bearer late-token");
  });

  test("are tried again when somebody in between answers in the endpoint's place, which says nothing about them", async () => {
    const tokens = await loopback((response, _, nth) => {
      if (nth > 1) return json(response, 200, { access_token: "late-token" });
      response.writeHead(200, { "content-type": "text/html" });
      response.end("<html>We will be back soon.</html>");
    });
    const api = await loopback((response) => json(response, 200, {}));
    const http = client({ baseUrl: api.url, auth: clientCredentialsAuth({ ...credentials, tokenUrl: tokens.url }) });
    await http.get("/x", undefined, aCall());
    expect([tokens.received.length, api.received[0]?.headers.authorization]).toEqual([2, "Bearer late-token"]);
  });

  test("go on being fetched for the others when the one who asked first is cancelled", async () => {
    let give = () => {};
    const tokens = await loopback((response) => {
      give = () => json(response, 200, { access_token: "shared-token", token_type: "bearer" });
    });
    const auth = clientCredentialsAuth({ ...credentials, tokenUrl: tokens.url });
    const controller = new AbortController();
    const first = appliedBy(auth, { signal: controller.signal });
    const second = appliedBy(auth);
    await expect.poll(() => tokens.received.length).toBe(1);
    controller.abort(new Error("cancelled"));
    await expect(first).rejects.toThrow("cancelled");
    give();
    expect(await second).toEqual({ authorization: "Bearer shared-token" });
    expect(tokens.received).toHaveLength(1);
  });
});

describe("a refresh token", () => {
  const refresh = { ...credentials, refreshToken: "refresh-0" };

  test("that rotates is kept before its access token is used, and used next time", async () => {
    const kept: string[] = [];
    const { api, tokens, tokenUrl } = await vendor(new Set(), (nth) => ({ refresh_token: `refresh-${nth}` }));
    const auth = refreshTokenAuth({
      ...refresh,
      tokenUrl,
      onRotated: async (token) => {
        expect(api.received).toHaveLength(kept.length);
        kept.push(token);
      },
    });
    const http = client({ baseUrl: api.url, auth });
    await http.get("/x", undefined, aCall());
    await auth.renew?.(aCall());
    expect(tokens.received.map((request) => formOf(request).refresh_token)).toEqual(["refresh-0", "refresh-1"]);
    expect(kept).toEqual(["refresh-1", "refresh-2"]);
  });

  test("that cannot be kept stops the run, and is kept at the next chance", async () => {
    const kept: string[] = [];
    let isFull = true;
    const { api, tokenUrl } = await vendor(new Set(), () => ({ refresh_token: "refresh-next" }));
    const onRotated = async (token: string) => {
      if (isFull) throw new Error("disk full");
      kept.push(token);
    };
    const http = client({ baseUrl: api.url, auth: refreshTokenAuth({ ...refresh, tokenUrl, onRotated }) });
    expect(await failureOf(http.get("/x", undefined, aCall()))).toMatchObject({ next: "stop-run", code: "auth/not-kept" });
    isFull = false;
    await http.get("/x", undefined, aCall());
    expect(kept).toEqual(["refresh-next"]);
  });

  test("that was revoked asks for a new authorization and is not shown", async () => {
    const tokens = await loopback((response) => json(response, 400, { error: "invalid_grant", error_description: "refresh-0 is revoked" }));
    const error = await failureOf(
      client({ baseUrl: tokens.url, auth: refreshTokenAuth({ ...refresh, tokenUrl: tokens.url }) }).get("/x", undefined, aCall()),
    );
    expect(error).toMatchObject({ next: "stop-run", hint: expect.stringContaining("Authorize the connection again") });
    expect(error.message).not.toContain("refresh-0");
  });
});

import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { basicAuth, bearerAuth, createHttp, headerAuth, VendorError } from "../src/index.js";
import { aCall, client, failureOf, json, loopback } from "./http-loopback.js";

/** An address where nothing listens any more. */
async function freePort(): Promise<string> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return `http://127.0.0.1:${port}`;
}

const vendorTime = (afterMs: number) => new Date(Date.now() - 3_600_000 + afterMs).toUTCString();

describe("a request", () => {
  test("goes below the base address, with lists joined and absent parameters left out", async () => {
    const server = await loopback((response) => json(response, 200, { ok: true }));
    const http = client({ baseUrl: `${server.url}/api/`, headers: { "User-Time-Zone": "UTC" } });
    expect(await http.get("/customers", { ids: [1, 2], name: "a&b c", none: undefined, all: false }, aCall())).toEqual({ ok: true });
    expect(server.received[0]?.url).toBe("/api/customers?ids=1%2C2&name=a%26b+c&all=false");
    expect(server.received[0]?.headers).toMatchObject({ accept: "application/json", "user-time-zone": "UTC" });
  });

  test("keeps its connection for the next one, because opening one costs more than a page", async () => {
    const server = await loopback((response) => json(response, 200, {}));
    const http = client({ baseUrl: server.url });
    for (let i = 0; i < 10; i += 1) await http.get("/x", undefined, aCall());
    // The client may take a second one while the first is just becoming free.
    expect(server.connections()).toBeLessThanOrEqual(2);
  });

  test("carries JSON and forms with their types", async () => {
    const server = await loopback((response) => json(response, 201, { id: 7 }));
    const http = client({ baseUrl: server.url });
    const answer = await http.send({ method: "POST", path: "/a", json: { name: "Ä" } }, aCall());
    await http.send({ method: "POST", path: "/b", form: { a: "1 2", b: "&" } }, aCall());
    expect(answer).toMatchObject({ status: 201, body: { id: 7 }, text: '{"id":7}', url: `${server.url}/a` });
    expect(server.received.map(({ headers, body }) => [headers["content-type"], body])).toEqual([
      ["application/json", '{"name":"Ä"}'],
      ["application/x-www-form-urlencoded", "a=1+2&b=%26"],
    ]);
  });

  test("reads packed answers, which the vendor may send because we say that we can", async () => {
    const server = await loopback((response) => {
      response.writeHead(200, { "content-type": "application/json", "content-encoding": "gzip" });
      response.end(gzipSync('{"packed":true}'));
    });
    expect(await client({ baseUrl: server.url }).get("/x", undefined, aCall())).toEqual({ packed: true });
  });

  test("gives text where the answer is text, and nothing for a 204", async () => {
    const server = await loopback((response, { url }) => {
      response.writeHead(url === "/csv" ? 200 : 204, { "content-type": "text/csv" });
      response.end(url === "/csv" ? "[a],b\n1,2" : undefined);
    });
    const http = client({ baseUrl: server.url });
    expect((await http.send({ path: "/csv" }, aCall())).body).toBe("[a],b\n1,2");
    expect(await http.get("/none", undefined, aCall())).toBeUndefined();
  });

  test("to another origin carries neither the key nor the connection's headers, because that host is not the vendor", async () => {
    const files = await loopback((response) => response.end("a file"));
    const api = await loopback((response) => json(response, 200, {}));
    const http = client({ baseUrl: api.url, auth: headerAuth("x-api-key", "key-12345"), headers: { "x-app-key": "app-12345" } });
    expect((await http.send({ path: `${files.url}/a.txt` }, aCall())).text).toBe("a file");
    await http.send({ path: `${api.url}/same` }, aCall());
    expect(files.received[0]?.headers).not.toHaveProperty("x-api-key");
    expect(files.received[0]?.headers).not.toHaveProperty("x-app-key");
    expect(api.received[0]?.headers).toMatchObject({ "x-api-key": "key-12345", "x-app-key": "app-12345" });
  });

  test("is not redirected, because a key would go to a host that nobody named", async () => {
    const other = await loopback((response) => json(response, 200, {}));
    const server = await loopback((response) => response.writeHead(302, { location: `${other.url}/x` }).end());
    const error = await failureOf(client({ baseUrl: server.url }).get("/x", undefined, aCall()));
    expect(error).toMatchObject({ next: "stop-stream", code: "http/302" });
    expect(error.message).toContain(other.host);
    expect(other.received).toHaveLength(0);
  });
});

describe("a refusal says what to do next", () => {
  test.each([
    [400, "hold-record"],
    [401, "stop-run"],
    [403, "stop-stream"],
    [404, "hold-record"],
    [409, "hold-record"],
    [422, "hold-record"],
    [500, "retry"],
    [503, "retry"],
    [429, "retry"],
  ] as const)("%i: %s", async (status, next) => {
    const server = await loopback((response) => json(response, status, { status: 0, message: "The short name is too long." }));
    const error = await failureOf(client({ baseUrl: server.url, attempts: 2 }).get("/x?email=a@b.test", undefined, aCall()));
    expect(error).toMatchObject({ next, code: `http/${status}`, inDoubt: false });
    expect(error.message).toContain(`GET ${server.url}/x `);
    expect(error.message).toContain(`(${status}): The short name is too long.`);
    expect(error.message).not.toContain("a@b.test");
    expect(server.received).toHaveLength(next === "retry" ? 2 : 1);
  });

  test("with the field that the vendor names", async () => {
    const server = await loopback((response) => json(response, 422, { message: "Invalid", errors: { email: ["The email is taken."] } }));
    expect(await failureOf(client({ baseUrl: server.url }).get("/x", undefined, aCall()))).toMatchObject({
      field: "email",
      message: expect.stringContaining("The email is taken."),
    });
  });

  test("of a file at another host only holds the record, because it says nothing about the account's key", async () => {
    const files = await loopback((response) => response.writeHead(403).end("<Error>expired</Error>"));
    const http = client({ baseUrl: "http://127.0.0.1:9/api" });
    expect(await failureOf(http.send({ path: `${files.url}/a.png` }, aCall()))).toMatchObject({ next: "hold-record", code: "http/403" });
  });

  test("and half an explanation of a 400 does not bring doubt about a write", async () => {
    const server = await loopback((response) => {
      response.writeHead(400, { "content-type": "application/json", "content-length": "100" });
      response.write('{"mess', () => response.destroy());
    });
    expect(await failureOf(client({ baseUrl: server.url }).send({ method: "POST", path: "/x", json: {} }, aCall()))).toMatchObject({
      next: "hold-record",
      code: "http/400",
      inDoubt: false,
    });
  });
});

describe("the vendor's own reading", () => {
  test("is asked for a 200 too, because some vendors refuse with one", async () => {
    const server = await loopback((response) => json(response, 200, { status: 0, message: "no" }));
    const explain = () => new VendorError("RepCard said no.", { code: "vendor/no", next: "hold-record" });
    expect(await failureOf(client({ baseUrl: server.url, explain }).get("/x", undefined, aCall()))).toMatchObject({
      message: "RepCard said no.",
      next: "hold-record",
    });
  });

  test("may ask for another attempt, and the answer's Retry-After holds for it", async () => {
    const server = await loopback((response, _, nth) => json(response, 200, { busy: nth < 3 }));
    const explain = ({ body }: { body: unknown }) =>
      (body as { busy: boolean }).busy ? new VendorError("busy", { code: "vendor/busy", next: "retry" }) : undefined;
    expect(await client({ baseUrl: server.url, explain }).get("/x", undefined, aCall())).toEqual({ busy: false });
  });

  test("of a 500 cannot make a POST safe to repeat", async () => {
    const server = await loopback((response) => json(response, 500, {}));
    const explain = () => new VendorError("hiccup", { code: "vendor/hiccup", next: "retry" });
    expect(await failureOf(client({ baseUrl: server.url, explain }).send({ method: "POST", path: "/x", json: {} }, aCall()))).toMatchObject(
      { next: "hold-record", inDoubt: true },
    );
    expect(server.received).toHaveLength(1);
  });
});

describe("trouble on the way", () => {
  test("a reset connection is tried again", async () => {
    const server = await loopback((response, _, nth) => (nth < 3 ? response.destroy() : json(response, 200, { nth })));
    expect(await client({ baseUrl: server.url }).get("/x", undefined, aCall())).toEqual({ nth: 3 });
  });

  test("a POST is not repeated after a reset, because it may have been carried out", async () => {
    const server = await loopback((response) => response.destroy());
    const error = await failureOf(client({ baseUrl: server.url }).send({ method: "POST", path: "/x", json: {} }, aCall()));
    expect(error).toMatchObject({ next: "hold-record", inDoubt: true, code: "http/cut" });
    expect(server.received).toHaveLength(1);
  });

  test("a POST that the caller calls safe is repeated, and a PUT; both are in doubt when nothing helps", async () => {
    const server = await loopback((response) => response.destroy());
    const http = client({ baseUrl: server.url, attempts: 3 });
    expect(await failureOf(http.send({ method: "POST", path: "/x", json: {}, safeToRepeat: true }, aCall()))).toMatchObject({
      next: "retry",
      inDoubt: true,
    });
    expect(await failureOf(http.send({ method: "PUT", path: "/x", json: {} }, aCall()))).toMatchObject({ next: "retry", inDoubt: true });
    expect(server.received).toHaveLength(6);
  });

  test("a POST is repeated after 429 and 503, because those say that it was not carried out", async () => {
    const server = await loopback((response, _, nth) => json(response, [429, 503][nth - 1] ?? 201, {}));
    expect((await client({ baseUrl: server.url }).send({ method: "POST", path: "/x", json: {} }, aCall())).status).toBe(201);
    expect(server.received).toHaveLength(3);
  });

  test("JSON that was cut off is read again, also where the connection ended in order", async () => {
    const server = await loopback((response, _, nth) => {
      if (nth === 3) return json(response, 200, { whole: true });
      response.writeHead(200, { "content-type": "application/json", ...(nth === 1 ? { "content-length": "50" } : {}) });
      response.write('{"whole": tr', () => (nth === 1 ? response.destroy() : response.end()));
    });
    expect(await client({ baseUrl: server.url }).get("/x", undefined, aCall())).toEqual({ whole: true });
    expect(server.received).toHaveLength(3);
  });

  test("JSON that stays cut off fails without showing what it holds", async () => {
    const server = await loopback((response) => response.writeHead(200, { "content-type": "application/json" }).end('{"phone": "+1555'));
    const http = client({ baseUrl: server.url, attempts: 2 });
    const error = await failureOf(http.get("/x", undefined, aCall()));
    expect(error).toMatchObject({ next: "retry", code: "http/bad-json" });
    expect(error.message).not.toContain("+1555");
    expect(await failureOf(http.send({ method: "POST", path: "/x", json: {} }, aCall()))).toMatchObject({
      next: "hold-record",
      inDoubt: true,
    });
  });

  test("an answer that never comes, or never ends, is given up after the time allowed", async () => {
    const server = await loopback((response, { url }) => {
      if (url === "/slow-end") response.writeHead(200, { "content-type": "application/json" }).write("[");
    });
    const http = client({ baseUrl: server.url, timeoutMs: 50, attempts: 2 });
    expect(await failureOf(http.get("/silent", undefined, aCall()))).toMatchObject({ next: "retry", code: "http/timeout" });
    expect(await failureOf(http.get("/slow-end", undefined, aCall()))).toMatchObject({ next: "retry", code: "http/timeout" });
    expect(await failureOf(http.send({ method: "POST", path: "/silent", json: {} }, aCall()))).toMatchObject({
      next: "hold-record",
      inDoubt: true,
    });
    expect(server.received).toHaveLength(5);
  });

  test("a web page in place of data stops the stream and shows what a person would read on it", async () => {
    const server = await loopback((response) =>
      response
        .writeHead(200, { "content-type": "text/html" })
        .end("<html><head><style>b{}</style></head><body><h1>Sign in</h1> to  Acme</body></html>"),
    );
    const http = client({ baseUrl: server.url });
    expect(await failureOf(http.get("/x", undefined, aCall()))).toMatchObject({
      next: "stop-stream",
      code: "http/not-json",
      message: expect.stringContaining('"Sign in to Acme"'),
    });
    expect(await failureOf(http.send({ path: "/x" }, aCall()))).toMatchObject({ next: "stop-stream" });
    expect((await http.send({ path: "/x", headers: { accept: "text/html" } }, aCall())).text).toContain("Sign in");
    expect(server.received).toHaveLength(3);
  });

  test("a web page with a 500 is tried again, because the server's trouble passes", async () => {
    const server = await loopback((response, _, nth) =>
      nth === 1 ? response.writeHead(500, { "content-type": "text/html" }).end("<h1>Whoops</h1>") : json(response, 200, 1),
    );
    expect(await client({ baseUrl: server.url }).get("/x", undefined, aCall())).toBe(1);
  });
});

describe("a host that cannot be reached stops the run and says what to check", () => {
  test("when nothing listens; also for a POST, which provably never left", async () => {
    const gone = await freePort();
    const http = client({ baseUrl: gone, attempts: 2 });
    const error = await failureOf(http.send({ method: "POST", path: "/x", json: {} }, aCall()));
    expect(error).toMatchObject({ next: "stop-run", code: "http/unreachable", inDoubt: false, hint: expect.stringContaining("address") });
    expect(error.message).toContain(new URL(gone).host);
    expect(error.message).toContain("Tried 2 times");
  });

  test("when there is no such host", async () => {
    const error = await failureOf(client({ baseUrl: "http://no-such-host.invalid/api", attempts: 2 }).get("/x", undefined, aCall()));
    expect(error).toMatchObject({ next: "stop-run", code: "http/unreachable", message: expect.stringContaining("no-such-host.invalid") });
  });

  test("when the address speaks another protocol", async () => {
    const server = await loopback((response) => json(response, 200, {}));
    const error = await failureOf(client({ baseUrl: server.url.replace("http:", "https:"), attempts: 2 }).get("/x", undefined, aCall()));
    expect(error).toMatchObject({ next: "stop-run", code: "http/tls" });
  });

  test("when the address is none", () => {
    expect(() => createHttp({ baseUrl: "app.example.com/api" })).toThrow(/not one that HTTP can call/);
  });
});

describe("waiting", () => {
  test.each([
    ["seconds", () => ({ "retry-after": "0.1" })],
    [
      "a moment by the vendor's clock, though ours is an hour ahead of it",
      () => ({ date: vendorTime(0), "retry-after": vendorTime(1000) }),
    ],
    ["the reset of the rate limit", () => ({ date: vendorTime(0), "x-ratelimit-reset": String(Date.parse(vendorTime(1000)) / 1000) })],
  ])("honours what the vendor asks for as %s", async (_, headers) => {
    let opensAt: number | undefined;
    const server = await loopback((response) => {
      const isOpen = opensAt !== undefined && performance.now() >= opensAt;
      opensAt ??= performance.now() + 100;
      return isOpen ? json(response, 200, { open: true }) : json(response, 429, {}, headers());
    });
    expect(await client({ baseUrl: server.url, attempts: 2 }).get("/x", undefined, aCall())).toEqual({ open: true });
  });

  test("a vendor that asks for an hour ends the run instead of holding it", async () => {
    const server = await loopback((response) => json(response, 429, {}, { "retry-after": "3600" }));
    const error = await failureOf(client({ baseUrl: server.url }).get("/x", undefined, aCall()));
    expect(error).toMatchObject({
      next: "stop-run",
      code: "http/429",
      retryAfterMs: 3_600_000,
      hint: expect.stringContaining("60 minutes"),
    });
    expect(server.received).toHaveLength(1);
  });

  test("a cancelled call rejects at once with the signal's reason, while waiting for an answer and between attempts", async () => {
    const reason = new Error("a person pressed Ctrl-C");
    const silent = await loopback(() => undefined);
    const busy = await loopback((response) => json(response, 503, {}, { "retry-after": "600" }));
    for (const server of [silent, busy]) {
      const controller = new AbortController();
      const work = client({ baseUrl: server.url }).get("/x", undefined, { signal: controller.signal });
      await expect.poll(() => server.received.length).toBe(1);
      controller.abort(reason);
      await expect(work).rejects.toBe(reason);
    }
    const controller = new AbortController();
    const write = client({ baseUrl: silent.url }).send({ method: "POST", path: "/x", json: {} }, { signal: controller.signal });
    await expect.poll(() => silent.received.length).toBe(2);
    controller.abort(reason);
    await expect(write).rejects.toBe(reason);
    const aborted = client({ baseUrl: silent.url }).get("/x", undefined, { signal: AbortSignal.abort(reason) });
    await expect(aborted).rejects.toBe(reason);
    expect(silent.received).toHaveLength(2);
  });
});

describe("secrets", () => {
  const key = "key/with+odd=signs-0123";

  test("never show in a message, though the vendor repeats them", async () => {
    const server = await loopback((response, { headers, url }) =>
      json(response, 400, { message: `Bad ${headers.authorization} for ${url} and ${encodeURIComponent(key)} of ${headers["x-tenant"]}` }),
    );
    const told: string[] = [];
    const http = client({
      baseUrl: server.url,
      auth: bearerAuth(key),
      headers: { "x-tenant": "tenant-77" },
      secret: (value) => void told.push(value),
    });
    const error = await failureOf(http.get(`/things/${encodeURIComponent(key)}`, undefined, aCall()));
    for (const text of [key, encodeURIComponent(key), "tenant-77"])
      expect(`${error.message} ${error.hint} ${error.stack}`).not.toContain(text);
    expect(told).toContain(key);
    expect(told).not.toContain("tenant-77");
  });

  test("are not what a fixed header says in a plain word, or the same word would be missing in every address", async () => {
    const { url } = await loopback((response) => json(response, 404, {}));
    const http = client({ baseUrl: `${url}/developer_api`, headers: { "X-Application": "developer_api", "X-Odd-Key": "wordlike" } });
    const error = await failureOf(http.get("/none", undefined, aCall()));
    expect(error.message).toContain("/developer_api/none");
  });

  test("include the last word of a header of several words, which some systems want the key in", async () => {
    const told: string[] = [];
    const { url } = await loopback((response) => json(response, 200, {}));
    const auth = headerAuth("Authorization", "the-key-itself", "users API-Key ");
    await client({ baseUrl: url, auth, secret: (value) => void told.push(value) }).get("/x", undefined, aCall());
    expect(told).toContain("the-key-itself");
  });

  test("include the password that basic auth hides in base64", async () => {
    const server = await loopback((response) => json(response, 400, { message: "no account ann with pass-word-1" }));
    const error = await failureOf(client({ baseUrl: server.url, auth: basicAuth("ann", "pass-word-1") }).get("/x", undefined, aCall()));
    expect(error.message).toContain("no account ann with ***");
  });

  test("never show in a message of the vendor's own reading", async () => {
    const server = await loopback((response) => json(response, 200, {}));
    const explain = () => new VendorError(`key ${key} is wrong`, { code: "vendor/key", next: "stop-run", hint: `not ${key}` });
    const error = await failureOf(client({ baseUrl: server.url, auth: bearerAuth(key), explain }).get("/x", undefined, aCall()));
    expect(error).toMatchObject({ message: "key *** is wrong", hint: "not ***", code: "vendor/key" });
  });

  test("are hidden in an answer's address", async () => {
    const server = await loopback((response) => json(response, 200, {}));
    const answer = await client({ baseUrl: server.url }).send({ path: "/x", query: { api_key: "abc", page: 2 } }, aCall());
    expect(answer.url).toBe(`${server.url}/x?api_key=***&page=2`);
    expect(server.received[0]?.url).toBe("/x?api_key=abc&page=2");
  });

  test("with a line break in the middle are refused without being shown", async () => {
    const error = await failureOf(
      client({ baseUrl: "http://127.0.0.1:9", auth: bearerAuth("one\ntwo-secret") }).get("/x", undefined, aCall()),
    );
    expect(error).toMatchObject({ next: "stop-run", code: "http/unsendable" });
    expect(error.message).not.toContain("two-secret");
  });
});

import { describe, expect, it } from "vitest";
import { open } from "./simulator-calls.js";

const noAccess = { status: 0, statusCode: 401, message: "You are not authorized to access the API.", result: {} };

describe("key", () => {
  it("refuses a missing and a wrong key with the vendor's words and an empty object as result", async () => {
    const { simulator, get } = await open();
    const without = await fetch(`${simulator.url}/customers`);
    expect([without.status, await without.json()]).toEqual([401, noAccess]);
    const wrong = await get("/customers", { "x-api-key": "sim-other" });
    expect([wrong.status, wrong.json]).toEqual([401, noAccess]);
  });

  it("makes a key that nobody can take for a real one, and names it as the only secret", async () => {
    const { simulator } = await open();
    expect(simulator.options).toEqual({ baseUrl: simulator.url, apiKey: expect.stringMatching(/^sim-[0-9a-f]{24}$/) });
    expect(simulator.secrets).toEqual([simulator.options.apiKey]);
  });
});

describe("routes", () => {
  it("answers 404 as the framework does: a page, or a JSON body without envelope for whoever asks for JSON first", async () => {
    const { get } = await open();
    const page = await get("/nothing", { accept: "*/*" });
    expect(page.status).toBe(404);
    expect(page.headers.get("content-type")).toContain("text/html");
    expect((await get("/nothing")).json).toEqual({ message: "" });
  });

  it("looks for the route before the key, as the framework does", async () => {
    const { get } = await open();
    expect((await get("/nothing", { "x-api-key": "wrong" })).status).toBe(404);
  });

  it("deletes neither customers nor appointments, and does not give a single appointment", async () => {
    const { send } = await open();
    for (const [method, path] of [
      ["DELETE", "/customers/500001"],
      ["DELETE", "/appointments/80001"],
      ["GET", "/appointments/80001"],
    ] as const) {
      const { status, json } = await send(method, path);
      expect(status).toBe(405);
      expect(json.message).toContain(`The ${method} method is not supported for this route.`);
    }
  });
});

describe("rate limit", () => {
  it("tells limit and remainder with every answer, refusals and unknown routes too", async () => {
    const { get } = await open({ rateLimit: { requests: 10, perSeconds: 60 } });
    const answers = [await get("/companies"), await get("/nothing"), await get("/companies", { "x-api-key": "wrong" })];
    expect(answers.map(({ headers }) => [headers.get("x-ratelimit-limit"), headers.get("x-ratelimit-remaining")])).toEqual([
      ["10", "9"],
      ["10", "8"],
      ["10", "7"],
    ]);
  });

  it("refuses the request after the last with 429, Retry-After and a body without the usual envelope", async () => {
    const { get } = await open({ rateLimit: { requests: 2, perSeconds: 60 } });
    await get("/companies");
    await get("/companies");
    const { status, headers, json } = await get("/companies");
    expect(status).toBe(429);
    expect(json).toEqual({ message: "Too Many Attempts." });
    expect(Number(headers.get("retry-after"))).toBeGreaterThan(0);
    expect(Number(headers.get("x-ratelimit-reset"))).toBeGreaterThan(Date.now() / 1000);
  });

  it("allows 100 requests if nothing else is said", async () => {
    const { get } = await open({ rateLimit: { requests: 100, perSeconds: 60 } });
    expect((await get("/companies")).headers.get("x-ratelimit-limit")).toBe("100");
  });
});

describe("faults", () => {
  it("breaks with the framework's HTML page, though JSON was asked for", async () => {
    const { get, simulator } = await open();
    simulator.faults.next("500");
    const { status, headers, text } = await get("/companies");
    expect(status).toBe(500);
    expect(headers.get("content-type")).toContain("text/html");
    expect(text).toContain("Server Error");
    expect((await get("/companies")).status).toBe(200);
  });

  it("refuses once out of turn in the throttle's own words", async () => {
    const { get, simulator } = await open();
    simulator.faults.next("429");
    const { status, json } = await get("/companies");
    expect([status, json]).toEqual([429, { message: "Too Many Attempts." }]);
  });
});

describe("files", () => {
  it("serves every attachment from another host to anybody, with the kind that its ending says", async () => {
    const { simulator } = await open();
    for (const stream of ["customer_attachments", "appointment_attachments"]) {
      const url = String(simulator.holds(stream)[0]?.attachmentUrl);
      expect(new URL(url).host).not.toBe(new URL(simulator.url).host);
      const file = await fetch(url);
      expect(file.status).toBe(200);
      expect(file.headers.get("content-type")).toMatch(/^(image|application)\/(jpeg|png|pdf)$/);
      expect((await file.arrayBuffer()).byteLength).toBeGreaterThan(20);
    }
    expect(simulator.leakedKeys).toEqual([]);
  });

  it("remembers a key that was sent to the file host, so that a test can fail on it", async () => {
    const { simulator } = await open();
    await fetch(String(simulator.holds("customer_attachments")[0]?.attachmentUrl), { headers: { "x-api-key": simulator.options.apiKey } });
    expect(simulator.leakedKeys).toEqual([simulator.options.apiKey]);
  });

  it("denies what is not there, as a bucket does, instead of saying that it is missing", async () => {
    const { simulator } = await open();
    const answer = await fetch(`${simulator.filesUrl}/attachments/none`);
    expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining("AccessDenied")]);
  });
});

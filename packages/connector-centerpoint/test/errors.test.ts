import type { Answer } from "@fieldwright/connector-kit";
import { describe, expect, test } from "vitest";
import { explain } from "../src/api/errors.js";
import { connect } from "./connect.js";

function answer(status: number, body: unknown): Answer {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return { status, headers: {}, body, text, url: "http://centerpoint.test/centerpoint/companies" };
}

const jsonApi = (status: string, title: string, detail?: string, pointer?: string) => ({
  errors: [{ status, title, detail, source: { pointer } }],
});

describe("what an answer means", () => {
  test("a good answer means nothing, and a 429 or 5xx is left to the usual reading", () => {
    expect(explain(answer(200, { data: [] }))).toBeUndefined();
    expect(explain(answer(429, { error: "Rate limit exceeded" }))).toBeUndefined();
    expect(explain(answer(502, "<html>bad gateway</html>"))).toBeUndefined();
  });

  test("a 422 holds the record and names the field", () => {
    expect(
      explain(answer(422, jsonApi("422", "Unprocessable Entity", "The name field is required.", "/data/attributes/name"))),
    ).toMatchObject({
      message: "Centerpoint refused it: The name field is required (422 at /centerpoint/companies).",
      next: "hold-record",
      field: "name",
    });
  });

  test.each([
    [401, { error: "Authorization field missing" }],
    [403, { error: "Access to this API has been disallowed" }],
    [401, { message: "Unauthenticated." }],
    [401, "Unauthorized"],
    [401, "<html><body>Login</body></html>"],
  ])("%i in the dialect %j stops the run and says which option to look at", (status, body) => {
    expect(explain(answer(status, body))).toMatchObject({ code: "centerpoint/unauthorized", next: "stop-run" });
  });

  test("a 403 of the app itself is about one right, not about the token", () => {
    expect(explain(answer(403, jsonApi("403", "Forbidden")))).toMatchObject({ code: "centerpoint/forbidden", next: "stop-stream" });
  });

  test("a 404 of the app is a record that is gone; any other is an address, and never means that a record is gone", () => {
    expect(explain(answer(404, jsonApi("404", "Not Found")))).toMatchObject({ code: "centerpoint/not-found", next: "hold-record" });
    for (const body of ["404 page not found", { error: "Not Found" }, { message: "" }])
      expect(explain(answer(404, body))).toMatchObject({ code: "centerpoint/no-such-address", next: "stop-stream" });
  });

  test("a login page in place of data is tried again and in doubt", () => {
    expect(explain(answer(200, "<!DOCTYPE html><form>"))).toMatchObject({ code: "centerpoint/web-page", next: "retry", inDoubt: true });
  });
});

describe("a connection", () => {
  test.each([
    ["refuses", "centerpoint/unauthorized"],
    ["missing", "centerpoint/no-such-address"],
    ["login-page", "centerpoint/web-page"],
    ["down", "http/502"],
  ] as const)("where everything answers as it does when it %s fails for every stream, and check() says what to do", async (mode, code) => {
    const { simulator, read, stream, connection, call } = await connect({ size: 2 });
    simulator.api.mode = mode;
    for (const name of ["companies", "services", "files"]) await expect(read(name)).rejects.toMatchObject({ code });
    await expect(stream("companies").get?.(["1001"], call)).rejects.toMatchObject({ code });
    const bad = (await connection.check(call)).find((item) => !item.ok);
    expect(bad?.says.split(" ").length).toBeGreaterThan(8);
  });

  test("takes the token with a prefix, too", async () => {
    const { read } = await connect({ size: 2, options: { authPrefix: "Bearer " } });
    expect(await read("companies")).toHaveLength(2);
  });
});

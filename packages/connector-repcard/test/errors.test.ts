import type { Answer } from "@fieldwright/connector-kit";
import { describe, expect, test } from "vitest";
import { explain } from "../src/errors.js";

function answer(status: number, body: unknown): Answer {
  return {
    status,
    headers: {},
    body,
    text: typeof body === "string" ? body : JSON.stringify(body),
    url: "http://repcard.test/api/customers",
  };
}

function refusal(statusCode: number, message: string): unknown {
  return { status: 0, statusCode, message, result: {} };
}

describe("what an answer means", () => {
  test("a good answer means nothing", () => {
    expect(explain(answer(200, { status: 1, statusCode: 200, message: "", result: [] }))).toBeUndefined();
    expect(explain(answer(201, { data: { id: 1 } }))).toBeUndefined();
  });

  test("a 400 holds the record with the vendor's one message, and names the field that it is about", () => {
    expect(explain(answer(400, refusal(400, "The short name may not be greater than 4 characters.")))).toMatchObject({
      message: "RepCard refused it: The short name may not be greater than 4 characters (400 at /api/customers).",
      code: "repcard/refused",
      next: "hold-record",
      field: "shortName",
    });
    expect(explain(answer(400, refusal(400, "The user id field is required.")))?.field).toBe("userId");
    expect(explain(answer(400, refusal(400, "The selected user email is invalid.")))?.field).toBe("userEmail");
    expect(explain(answer(400, refusal(400, "Outcome 9 is invalid.")))?.field).toBeUndefined();
  });

  test("status 0 in a 200 is as good as the 400 that it should be", () => {
    expect(explain(answer(200, refusal(400, "Invalid Note ID.")))).toMatchObject({
      code: "repcard/refused",
      next: "hold-record",
      message: "RepCard refused it: Invalid Note ID (200 at /api/customers).",
    });
    expect(explain(answer(200, refusal(200, "No.")))).toMatchObject({ code: "repcard/refused" });
  });

  test("a 401 stops the run, and says which option to look at", () => {
    const error = explain(answer(401, refusal(401, "You are not authorized to access the API.")));
    expect(error).toMatchObject({ code: "repcard/unauthorized", next: "stop-run" });
    expect(error?.hint).toContain("apiKey");
    expect(explain(answer(200, refusal(401, "You are not authorized to access the API.")))).toMatchObject({ next: "stop-run" });
  });

  test("a 404 holds the record", () => {
    expect(explain(answer(404, refusal(404, "User not found. Please make sure the user is registered to the Event.")))).toMatchObject({
      code: "repcard/not-found",
      next: "hold-record",
    });
    expect(explain(answer(404, { message: "No query results for model [App\\Customer] 7" }))).toMatchObject({
      code: "repcard/not-found",
      next: "hold-record",
    });
  });

  test("a 404 for want of the path stops the stream, and never means that a record is gone", () => {
    const error = explain(answer(404, { message: "" }));
    expect(error).toMatchObject({ code: "repcard/no-such-address", next: "stop-stream" });
    expect(error?.hint).toContain("baseUrl");
  });

  test("a 429 and a 5xx are left to the usual reading, which knows their headers: RepCard sends no envelope with them", () => {
    expect(explain(answer(429, { message: "Too Many Attempts." }))).toBeUndefined();
    expect(explain(answer(503, "<html>down</html>"))).toBeUndefined();
  });

  test("a web page in a 200 is tried again and in doubt; in a 404 the stream stops, because the address is wrong", () => {
    expect(explain(answer(200, "<!DOCTYPE html><title>Sign in</title>"))).toMatchObject({
      code: "repcard/web-page",
      next: "retry",
      inDoubt: true,
    });
    expect(explain(answer(404, "<html><body>Not Found</body></html>"))).toMatchObject({ code: "repcard/web-page", next: "stop-stream" });
    expect(explain(answer(401, "<html>"))).toMatchObject({ next: "stop-run" });
  });

  test("a message of any length is cut, and one without words still makes a sentence", () => {
    expect(explain(answer(400, refusal(400, "x".repeat(5_000))))?.message.length).toBeLessThan(400);
    expect(explain(answer(400, refusal(400, "")))?.message).toBe("RepCard refused it without a reason (400 at /api/customers).");
  });
});

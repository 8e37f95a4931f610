import { describe, expect, it } from "vitest";
import { asVendorError, VendorError } from "../src/vendor-error.js";

describe("vendor errors", () => {
  it("counts one of another copy of this package, because a project and its command line may each have their own", () => {
    const other = Object.assign(new Error("The key is refused."), { name: "VendorError", code: "acorn/key", next: "stop-run" });
    expect(other instanceof VendorError).toBe(true);
    expect(asVendorError(other)).toBe(other);
  });

  it("stops the stream for an error that nobody foresaw, and keeps it as the cause", () => {
    const cause = new TypeError("x is not a function");
    const error = asVendorError(cause);
    expect(error).toMatchObject({ code: "unexpected", next: "stop-stream", message: "x is not a function", cause });
    expect(cause instanceof VendorError).toBe(false);
  });
});

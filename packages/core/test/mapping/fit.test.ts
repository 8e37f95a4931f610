import type { Field } from "@fieldwright/connector-kit";
import { describe, expect, it } from "vitest";
import { fit } from "../../src/mapping/index.js";

const text: Field = { type: "text" };

describe("fit keeps what the target's type can hold without loss", () => {
  it.each<[Field, unknown, unknown]>([
    [text, "a", "a"],
    [text, "", ""],
    [text, 12.5, "12.5"],
    [text, 1e21, "1000000000000000000000"],
    [text, true, "true"],
    [text, null, null],
    [text, undefined, undefined],
    [{ type: "text", maxLength: 2 }, "😀😀", "😀😀"],
    [{ type: "text", options: ["a", "b"] }, "a", "a"],
    [{ type: "text", options: ["a", "b"] }, " ", null],
    [{ type: "integer" }, 12, 12],
    [{ type: "integer" }, 12.0, 12],
    [{ type: "integer" }, "12.00", 12],
    [{ type: "integer" }, "9223372036854775807", "9223372036854775807"],
    [{ type: "integer" }, "", null],
    [{ type: "integer", options: [1, 2] }, "2", 2],
    [{ type: "number" }, "12.50", 12.5],
    [{ type: "number" }, "0.30000000000000004", 0.30000000000000004],
    [{ type: "number" }, " ", null],
    [{ type: "decimal" }, 12.5, "12.5"],
    [{ type: "decimal" }, " +012.50 ", "12.50"],
    [{ type: "decimal" }, "123456789012345678901234567890.12", "123456789012345678901234567890.12"],
    [{ type: "decimal" }, "1e-7", "0.0000001"],
    [{ type: "boolean" }, true, true],
    [{ type: "boolean" }, "False", false],
    [{ type: "date" }, "2024-02-29", "2024-02-29"],
    [{ type: "datetime" }, "2024-01-01T00:00:00Z", "2024-01-01T00:00:00Z"],
    [{ type: "datetime" }, "2024-01-01 00:00:00.123456+00", "2024-01-01T00:00:00.123456+00:00"],
    [{ type: "datetime" }, "2024-01-01T00:00:00.1234567-07:00", "2024-01-01T00:00:00.123456-07:00"],
    [{ type: "datetime", zoneless: true }, "2024-01-01 10:00", "2024-01-01T10:00:00"],
    [{ type: "datetime" }, "", null],
    [{ type: "time" }, "9:5", expect.anything()],
    [{ type: "time" }, "09:05", "09:05:00"],
    [{ type: "uuid" }, "A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"],
    [{ type: "json" }, "", ""],
    [{ type: "json" }, { a: [1] }, { a: [1] }],
    [{ type: "list" }, [1, "a"], [1, "a"]],
    [{ type: "list", of: { type: "integer" } }, ["1", 2], [1, 2]],
    [{ type: "list", of: text, options: ["a"] }, ["a"], ["a"]],
    [{ type: "object" }, { a: 1 }, { a: 1 }],
    [
      { type: "object", fields: { a: { type: "integer" } } },
      { a: "1", b: "2" },
      { a: 1, b: "2" },
    ],
  ])("%j takes %j as %j", (field, value, expected) => {
    const fitted = fit(value, field);
    if (field.type === "time" && value === "9:5") expect(fitted.ok).toBe(false);
    else expect(fitted).toEqual({ ok: true, value: expected });
  });
});

describe("fit refuses what would be lost, and says the way out", () => {
  it.each<[Field, unknown, string]>([
    [{ type: "text", maxLength: 3 }, "abcd", "{ truncate: 3 }"],
    [text, ["a"], "do: [join]"],
    [text, { a: 1 }, "is an object"],
    [text, Number.NaN, "a number"],
    [{ type: "text", options: ["open", "won"] }, "Won", "none of the values that the target takes: open, won"],
    [{ type: "integer", options: [1, 2] }, 3, "1, 2"],
    [{ type: "integer" }, 12.5, "not a whole number"],
    [{ type: "integer" }, 2 ** 53, "lost digits"],
    [{ type: "integer" }, "9223372036854775808", "2^63"],
    [{ type: "integer" }, true, "not a whole number"],
    [{ type: "number" }, "$5", "do: [money]"],
    [{ type: "number" }, "0.123456789012345678", "more digits"],
    [{ type: "number" }, "1e400", "more digits"],
    [{ type: "decimal" }, "1,5", "not a plain number"],
    [{ type: "decimal" }, false, "is a boolean"],
    [{ type: "boolean" }, "yes", "do: [boolean]"],
    [{ type: "boolean" }, 1, "do: [boolean]"],
    [{ type: "date" }, "2024-01-01T00:00:00Z", "do: [date]"],
    [{ type: "date" }, "01/02/2024", "date: { from:"],
    [{ type: "date" }, "2023-02-29", "not a date"],
    [{ type: "datetime" }, "2024-01-01T10:00:00", "no time zone"],
    [{ type: "datetime" }, "2024-01-01", "no time"],
    [{ type: "datetime" }, "2023-02-29T10:00:00Z", "not an ISO date"],
    [{ type: "datetime" }, "0000-01-01T10:00:00Z", "not an ISO date"],
    [{ type: "datetime" }, 1_700_000_000, "datetime: { from:"],
    [{ type: "datetime", zoneless: true }, "2024-01-01T10:00:00Z", "zoneless: true"],
    [{ type: "uuid" }, "a0eebc99", "not a UUID"],
    [{ type: "list" }, "a", "split"],
    [{ type: "list", of: { type: "integer" } }, [1, "x"], "has a member that"],
    [{ type: "object" }, [], "is a list"],
    [{ type: "object", fields: { a: { type: "integer" } } }, { a: "x" }, "has `a`, which is not a whole number"],
  ])("%j refuses %j: %s", (field, value, reason) => {
    const fitted = fit(value, field);
    expect(fitted.ok ? fitted.value : fitted.reason).toContain(reason);
  });
});

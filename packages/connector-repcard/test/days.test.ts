import { describe, expect, test } from "vitest";
import { assumptionsSchema } from "../src/assumptions.js";
import { bothDays, daysToAsk, spanOf, utcText, within } from "../src/days.js";

const usual = assumptionsSchema.parse({});

describe("days to ask for", () => {
  test("are a day wider on both sides, and one more at the end, because the vendor may leave its last day out", () => {
    expect(daysToAsk({ from: "2026-03-01", to: "2026-03-31" }, usual)).toEqual({ from: "2026-02-28", to: "2026-04-02" });
  });

  test("end a day earlier once it is known that the last day counts", () => {
    expect(daysToAsk({ to: "2026-03-31" }, { ...usual, lastDayExclusive: false })).toEqual({ to: "2026-04-01" });
    expect(daysToAsk({ from: "2026-03-01" }, { ...usual, daysWider: 0 })).toEqual({ from: "2026-03-01" });
  });

  test("are days in UTC, whatever offset the bound has", () => {
    expect(daysToAsk({ from: "2026-03-01T23:30:00-07:00" }, { ...usual, daysWider: 0 })).toEqual({ from: "2026-03-02" });
    expect(daysToAsk({ from: "2026-03-01T10:00:00.123456789Z" }, { ...usual, daysWider: 0 })).toEqual({ from: "2026-03-01" });
  });

  test("are both given where the vendor declares both required", () => {
    expect(bothDays({}, usual)).toEqual({ from: "2000-01-01", to: "2099-12-31" });
    expect(bothDays({ from: "2026-03-02T00:00:00Z" }, usual)).toEqual({ from: "2026-03-01", to: "2099-12-31" });
  });

  test("are what lies both in the cursor's span and in the window", () => {
    expect(spanOf({ pageSize: 1, since: "2026-03-05T08:00:00Z", window: { from: "2026-03-01", to: "2026-03-09" } })).toEqual({
      from: "2026-03-05T08:00:00Z",
      to: "2026-03-09",
    });
    expect(spanOf({ pageSize: 1, until: "2026-03-20T08:00:00Z", window: { from: "2026-03-01", to: "2026-03-09" } })).toEqual({
      from: "2026-03-01",
      to: "2026-03-09",
    });
  });
});

describe("rows that the vendor's days gave too many", () => {
  const inSpan = within({ from: "2026-03-01T10:00:00Z", to: "2026-03-09" }, "at");

  test("are left out to the microsecond, both bounds included", () => {
    expect(inSpan({ at: "2026-03-01T09:59:59.999999Z" })).toBe(false);
    expect(inSpan({ at: "2026-03-01T10:00:00.000000Z" })).toBe(true);
    expect(inSpan({ at: "2026-03-09T23:59:59.999999Z" })).toBe(true);
    expect(inSpan({ at: "2026-03-10T00:00:00.000000Z" })).toBe(false);
  });

  test("are compared as UTC where they carry no zone, because that is what the vendor means", () => {
    expect(inSpan({ at: "2026-03-09 23:59:00" })).toBe(true);
    expect(inSpan({ at: "2026-03-10 00:00:00" })).toBe(false);
  });

  test("stay where they do not carry the field: nothing is lost for want of a time", () => {
    expect(inSpan({})).toBe(true);
    expect(inSpan({ at: null })).toBe(true);
    expect(inSpan({ at: "soon" })).toBe(true);
  });
});

describe("a moment as RepCard wants it written", () => {
  test("is UTC without saying so", () => {
    expect(utcText("2026-03-01T13:45:00-07:00")).toBe("2026-03-01 20:45:00");
    expect(utcText("2026-03-01 20:45:00")).toBe("2026-03-01 20:45:00");
    expect(utcText(new Date("2026-03-01T20:45:00Z"))).toBe("2026-03-01 20:45:00");
    expect(utcText("tomorrow")).toBeUndefined();
  });
});

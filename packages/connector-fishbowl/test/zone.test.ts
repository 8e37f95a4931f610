import { describe, expect, test } from "vitest";
import { createZone, isZone } from "../src/zone.js";

const denver = createZone("America/Denver");

describe("a server's clock", () => {
  test("gives UTC to the microsecond, by the offset of that day", () => {
    expect(denver.toUtc("2026-01-15T08:00:00.123456")).toBe("2026-01-15T15:00:00.123456Z");
    expect(denver.toUtc("2026-07-15 08:00:00")).toBe("2026-07-15T14:00:00.000000Z");
    expect(createZone("Asia/Kolkata").toUtc("2026-07-15 00:10:00.5")).toBe("2026-07-14T18:40:00.500000Z");
  });

  test("of an hour that comes twice gives the first, so that a cursor never runs ahead", () => {
    expect(denver.toUtc("2026-11-01 01:30:00")).toBe("2026-11-01T07:30:00.000000Z");
    expect(denver.toUtc("2026-11-01 02:30:00")).toBe("2026-11-01T09:30:00.000000Z");
  });

  test("takes an hour that was jumped over for the moment after the jump", () => {
    expect(denver.toUtc("2026-03-08 02:30:00")).toBe("2026-03-08T09:30:00.000000Z");
  });

  test("bounds a span so that nothing of a doubled hour falls out", () => {
    expect(denver.lowest("2026-11-01T07:30:00Z")).toBe("2026-11-01 00:30:00.000000");
    expect(denver.highest("2026-11-01T08:10:00Z")).toBe("2026-11-01 02:10:00.000000");
    expect(denver.lowest("2026-07-15T14:00:00.1234567Z")).toBe("2026-07-15 08:00:00.123456");
    expect(denver.highest("2026-07-15T14:00:00.500Z")).toBe("2026-07-15 08:00:00.500000");
  });

  test("is no moment where the database keeps zeros", () => {
    expect(denver.toUtc("0000-00-00 00:00:00")).toBeUndefined();
    expect([isZone("America/Denver"), isZone("Denver")]).toEqual([true, false]);
  });
});

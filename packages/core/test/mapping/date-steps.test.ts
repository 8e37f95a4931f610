import { describe, expect, it } from "vitest";
import { transformSignatures } from "../../src/mapping/index.js";
import { refusal, step } from "./step.js";

describe("date", () => {
  it.each([
    [undefined, "2024-02-29", "2024-02-29"],
    [undefined, "2000-02-29", "2000-02-29"],
    [undefined, "2024-01-01T23:30:00-05:00", "2024-01-01"],
    [undefined, "", null],
    [{ zone: "America/Denver" }, "2024-01-01T03:00:00Z", "2023-12-31"],
    [{ zone: "America/Denver" }, "2024-01-01T03:00:00", "2024-01-01"],
    [{ zone: "Pacific/Auckland" }, "2024-01-01T12:00:00Z", "2024-01-02"],
    [{ from: "MM/dd/yyyy" }, "12/31/2024", "2024-12-31"],
    [{ from: "d. MMMM yyyy" }, "1. March 2024", "2024-03-01"],
    [{ from: "unix_seconds" }, 1_700_000_000, "2023-11-14"],
    [{ from: "unix_milliseconds" }, "1700000000000", "2023-11-14"],
  ])("(%j) makes of %j %j", (argument, value, expected) => {
    expect(step("date", argument)(value)).toBe(expected);
  });

  it.each([
    [undefined, "2023-02-29"],
    [undefined, "1900-02-29"],
    [undefined, "2024-04-31"],
    [undefined, "2024-13-01"],
    [undefined, "0000-01-01"],
    [undefined, "12/31/2024"],
    [undefined, 1_700_000_000],
    [{ from: "MM/dd/yyyy" }, "02/30/2024"],
    [{ from: "MM/dd/yyyy" }, "31/12/2024"],
    [{ from: "unix_seconds" }, 1e300],
    [{ from: "unix_seconds" }, 8e12],
  ])("(%j) holds %j", (argument, value) => {
    expect(refusal(step("date", argument)(value))).not.toBe("");
  });
});

describe("datetime", () => {
  const newYork = { zone: "America/New_York" };
  it.each([
    [undefined, "2024-01-01T00:00:00Z", "2024-01-01T00:00:00Z"],
    [undefined, "2024-01-01 10:00:00.123456+00", "2024-01-01T10:00:00.123456+00:00"],
    [undefined, "2024-01-01T10:00:00.1234567Z", "2024-01-01T10:00:00.123456Z"],
    [undefined, "2024-01-01T10:00+0530", "2024-01-01T10:00:00+05:30"],
    [newYork, "2024-07-01 12:00", "2024-07-01T12:00:00-04:00"],
    [newYork, "2024-07-01T12:00:00+02:00", "2024-07-01T12:00:00+02:00"],
    [newYork, "2024-03-10T01:59:59.123456", "2024-03-10T01:59:59.123456-05:00"],
    [newYork, "2024-03-10T03:00:00", "2024-03-10T03:00:00-04:00"],
    [newYork, "2024-11-03T01:30:00", "2024-11-03T01:30:00-04:00"], // twice: the first one
    [newYork, "2024-11-03T02:00:00", "2024-11-03T02:00:00-05:00"],
    [newYork, "2024-01-01", "2024-01-01T00:00:00-05:00"],
    [{ zone: "Africa/Cairo" }, "2024-04-26", "2024-04-26T01:00:00+03:00"], // midnight is skipped
    [{ zone: "Australia/Lord_Howe" }, "2024-04-07T01:45:00", "2024-04-07T01:45:00+11:00"], // half an hour twice
    [{ zone: "UTC" }, "2024-02-29T10:00:00", "2024-02-29T10:00:00Z"],
    [{ zone: "UTC", zoneless: true }, "2024-01-01T00:00:00.5+02:00", "2023-12-31T22:00:00.5"],
    [{ zone: "America/Denver", zoneless: true }, "2024-01-01T10:00:00", "2024-01-01T10:00:00"],
    [{ from: "MM/dd/yyyy h:mm a", zone: "America/Chicago" }, "12/31/2024 5:06 pm", "2024-12-31T17:06:00-06:00"],
    [{ from: "dd.MM.yyyy HH:mm ZZ" }, "31.12.2024 10:00 +02:00", "2024-12-31T10:00:00+02:00"],
    [{ from: "unix_seconds" }, 1_700_000_000, "2023-11-14T22:13:20Z"],
    [{ from: "unix_milliseconds" }, 1_700_000_000_123, "2023-11-14T22:13:20.123Z"],
    [undefined, " ", null],
  ])("(%j) makes of %j %j", (argument, value, expected) => {
    expect(step("datetime", argument)(value)).toBe(expected);
  });

  it.each([
    [undefined, "2024-01-01 10:00", "says no time zone"],
    [undefined, "2024-01-01", "says no time zone"],
    [newYork, "2024-03-10T02:30:00", "clocks of America/New_York skip"],
    [{ from: "MM/dd/yyyy h:mm a", zone: "America/Chicago" }, "03/10/2024 2:30 am", "skip"],
    [undefined, "2024-01-01T24:00:00Z", "not an ISO datetime"],
    [undefined, "2023-02-29T10:00:00Z", "not an ISO datetime"],
    [undefined, 1_700_000_000, "unix_seconds"],
    [undefined, {}, "is an object"],
  ])("(%j) holds %j", (argument, value, reason) => {
    expect(refusal(step("datetime", argument)(value))).toContain(reason);
  });

  it("gives every quarter of an hour of a year the offset that Intl gives it, though whole hours are remembered", () => {
    const convert = step("datetime", newYork);
    const clock = new Intl.DateTimeFormat("sv-SE", { timeZone: "America/New_York", dateStyle: "short", timeStyle: "medium" });
    for (let time = Date.UTC(2024, 2, 9); time < Date.UTC(2024, 2, 12); time += 900_000) {
      const local = clock.format(time).replace(" ", "T");
      expect(Date.parse(String(convert(local)))).toBe(time);
    }
  });

  it("checks its argument: a zone that exists, and a clock for what shall be zoneless", () => {
    const { argument } = transformSignatures.datetime ?? {};
    expect(argument?.safeParse({ zone: "Mars/Olympus" }).success).toBe(false);
    expect(argument?.safeParse({ zoneless: true }).success).toBe(false);
    expect(argument?.safeParse({ zones: "UTC" }).success).toBe(false);
    expect(argument?.safeParse(undefined).success).toBe(true);
  });
});

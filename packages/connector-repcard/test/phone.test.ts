import { describe, expect, test } from "vitest";
import { phoneParts } from "../src/phone.js";

describe("a phone number in two parts", () => {
  test("is cut after the country code", () => {
    expect(phoneParts("+1 (555) 010-1010", "+1")).toEqual({ countryCode: "+1", phoneNumber: "5550101010" });
    expect(phoneParts("+442079460000", "+44")).toEqual({ countryCode: "+44", phoneNumber: "2079460000" });
  });

  test("without a plus is taken for the part after the country code", () => {
    expect(phoneParts("5550101010", "+1")).toEqual({ countryCode: "+1", phoneNumber: "5550101010" });
  });

  test("of another country is not guessed at: the record is held", () => {
    expect(() => phoneParts("+442079460000", "+1")).toThrow(expect.objectContaining({ next: "hold-record", field: "phoneNumber" }));
  });
});

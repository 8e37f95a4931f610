import { describe, expect, it } from "vitest";
import { transformSignatures } from "../../src/mapping/index.js";
import { refusal, step } from "./step.js";

describe("money without a locale takes what can be read in one way only", () => {
  it.each([
    ["$1,234.50", "1234.50"],
    ["1.234,50 €", "1234.50"],
    ["CHF 1'234.50", "1234.50"],
    ["1 234,50 kr", "1234.50"],
    ["1\u202f234,50\u00a0€", "1234.50"],
    ["R$ 1.234,56", "1234.56"],
    ["US$ 12.00", "12.00"],
    ["1 234,50 zł", "1234.50"],
    ["5 usd", "5"],
    ["0.123", "0.123"],
    ["1234.567", "1234.567"],
    ["12,5", "12.5"],
    ["1,234,567", "1234567"],
    ["12,34,567.8", "1234567.8"],
    ["12,-", "12"],
    ["-$5", "-5"],
    ["$-5", "-5"],
    ["−5", "-5"],
    ["(1,234.50)", "-1234.50"],
    ["100-", "-100"],
    [".5", "0.5"],
    ["007", "7"],
    ["99999999999999999999.99", "99999999999999999999.99"],
    [1234.5, "1234.5"],
    [1e25, "10000000000000000000000000"],
    [-0, "0"],
    [" ", null],
  ])("%j is %j", (written, exact) => {
    expect(step("money")(written)).toBe(exact);
  });

  it.each(["1,234", "1.234", "$1,234", "-12.345 €"])("%j is held: a thousand here is one and a bit there", (written) => {
    expect(refusal(step("money")(written))).toContain("two ways");
  });

  it.each([
    "garbage",
    "1.2.3.4",
    "1,23,4",
    "12 abc",
    "$",
    "-",
    "--5",
    "(-5)",
    "1,234.5.6",
    "5 %",
    "1e5",
    "1 2",
    "5 5",
    "12 34 567",
    "$5 per month",
    "TBD",
    "9".repeat(101),
    true,
    [5],
    {},
  ])("%j is held", (written) => {
    expect(refusal(step("money")(written))).toContain("not an amount of money");
  });
});

describe("money in a locale", () => {
  it.each([
    ["en-US", "1,234", "1234"],
    ["en-US", "$1,234", "1234"],
    ["en-US", "1.234", "1.234"],
    ["en-IN", "₹12,34,567.80", "1234567.80"],
    ["de-DE", "1.234", "1234"],
    ["de-DE", "1,5", "1.5"],
    ["de-CH", "1’234.50", "1234.50"],
    ["fr-FR", "1 234,50 €", "1234.50"],
    ["es-ES", "1.234,56", "1234.56"],
    ["sv-SE", "1 234,50 kr", "1234.50"],
    ["pt-BR", "R$ 1.234,56", "1234.56"],
  ])("%s reads %j as %j", (locale, written, exact) => {
    expect(step("money", locale)(written)).toBe(exact);
  });

  it.each([
    ["de-DE", "1.5"],
    ["de-DE", "12.34,5"],
    ["en-US", "1,23"],
    ["en-US", "1.234,50"],
  ])("%s holds %j, which is not written so there", (locale, written) => {
    expect(refusal(step("money", locale)(written))).toContain(locale);
  });

  it("knows locales from other words", () => {
    for (const wrong of ["german!", "USD1", 5]) expect(transformSignatures.money?.argument?.safeParse(wrong).success).toBe(false);
  });
});

describe("integer and number", () => {
  it.each([
    ["integer", undefined, "12", 12],
    ["integer", undefined, "12.0", 12],
    ["integer", undefined, 12, 12],
    ["integer", undefined, " 08 ", 8],
    ["integer", undefined, "1e3", 1000],
    ["integer", "en-US", "1,234", 1234],
    ["integer", undefined, "9007199254740991", 9007199254740991],
    ["integer", undefined, "9007199254740993", "9007199254740993"],
    ["integer", undefined, "-9223372036854775808", "-9223372036854775808"],
    ["integer", undefined, "", null],
    ["number", undefined, "1.50", 1.5],
    ["number", undefined, "-.5", -0.5],
    ["number", "de-DE", "1.234,5", 1234.5],
    ["number", undefined, 0.1, 0.1],
  ])("%s (%s) makes of %j %j", (name, locale, value, expected) => {
    expect(step(name, locale)(value)).toBe(expected);
  });

  it.each([
    ["integer", "12.5", "not a whole number"],
    ["integer", 12.5, "not a whole number"],
    ["integer", 9007199254740992, "lost digits"],
    ["integer", "9223372036854775808", "beyond the range"],
    ["integer", "1e999", "beyond the range"],
    ["integer", true, "a boolean"],
    ["number", "1,5", "{ number: en-US }"],
    ["number", "0x10", "plain number"],
    ["number", "1e400", "beyond the range"],
    ["number", "Infinity", "plain number"],
    ["number", "1e1000000000", "plain number"],
  ])("%s holds %j", (name, value, reason) => {
    expect(refusal(step(name)(value))).toContain(reason);
  });
});

describe("boolean", () => {
  it.each([
    ["Yes", true],
    ["y", true],
    ["T", true],
    [1, true],
    ["on", true],
    [true, true],
    ["no", false],
    [" N ", false],
    ["false", false],
    [0, false],
    ["off", false],
    [false, false],
    ["", null],
  ])("%j is %j", (value, expected) => {
    expect(step("boolean")(value)).toBe(expected);
  });

  it("holds anything else, as a guess would be a coin's", () => {
    for (const value of ["maybe", 2, "ja", [], {}]) expect(refusal(step("boolean")(value))).toContain("neither yes nor no");
  });
});

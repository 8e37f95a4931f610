import { describe, expect, it } from "vitest";
import { transformSignatures } from "../../src/mapping/index.js";
import { refusal, step } from "./step.js";

describe("phone", () => {
  it.each([
    ["US", "512-555-0123", "+15125550123"],
    ["US", "(512) 555-0123 ext. 5", "+15125550123"],
    ["US", "1 512 555 0123", "+15125550123"],
    ["US", 5125550123, "+15125550123"],
    ["US", "+356 2123 4567", "+35621234567"],
    ["GB", "07911 123456", "+447911123456"],
    ["MT", "2123 4567", "+35621234567"],
    ["DE", "0049 30 123456", "+4930123456"],
    [undefined, "+15125550123", "+15125550123"],
    ["US", " ", null],
  ])("of region %s makes %j %j", (region, value, expected) => {
    expect(step("phone", region)(value)).toBe(expected);
  });

  it.each(["1-800-FLOWERS", "0000000000", "555-0123", "none", "512-555-01234567", true, ["512-555-0123"]])(
    "holds %j, as no such number can be called",
    (value) => {
      expect(refusal(step("phone", "US")(value))).toMatch(/not a (valid )?phone number/);
    },
  );

  it("asks whose numbers they are where no region is given", () => {
    expect(refusal(step("phone")("512-555-0123"))).toContain("{ phone: US }");
  });

  it("remembers a failure as well as a number", () => {
    const phone = step("phone", "US");
    expect(phone("nope")).toBe(phone("nope"));
  });

  it("knows regions from other words", () => {
    expect(transformSignatures.phone?.argument?.safeParse("USA").success).toBe(false);
    expect(transformSignatures.phone?.argument?.safeParse("us").success).toBe(false);
  });
});

describe("email", () => {
  it.each([
    [" Ann@Example.COM ", "ann@example.com"],
    ["a.b+tag@sub.example.co.uk", "a.b+tag@sub.example.co.uk"],
    ["ann@bücher.example", "ann@xn--bcher-kva.example"],
    ["", null],
  ])("makes %j %j", (value, expected) => {
    expect(step("email")(value)).toBe(expected);
  });

  it.each(["a b@c.de", "a@b", "@b.de", "a@", "a@b@", "Ann <a@b.co>", "n/a", "a@b..de", `${"a".repeat(250)}@b.de`, 5, {}])(
    "holds %j",
    (value) => {
      expect(refusal(step("email")(value))).toContain("not an e-mail address");
    },
  );
});

describe("names", () => {
  it.each([
    ["Maria Ortiz", "Maria", "Ortiz"],
    ["Jan van der Berg", "Jan", "van der Berg"],
    ["van der Berg, Jan", "Jan", "van der Berg"],
    ["de la Cruz, Maria", "Maria", "de la Cruz"],
    ["Ludwig van Beethoven", "Ludwig", "van Beethoven"],
    ["O'Brien, Pat", "Pat", "O'Brien"],
    ["Dr. Mary Ann Smith Jr.", "Mary", "Smith"],
    ['Robert "Bob" Lee', "Robert", "Lee"],
    ["John and Jane Doe", "John and Jane", "Doe"],
    ["MARIA ORTIZ", "MARIA", "ORTIZ"],
    ["  Cher ", null, "Cher"],
    ["Smith & Sons", null, "Smith & Sons"],
    ["von Trapp", null, "von Trapp"],
    ["张伟", null, "张伟"],
    ["", null, null],
  ])("of %j the first is %j and the last %j", (full, first, last) => {
    expect(step("name_first")(full)).toBe(first);
    expect(step("name_last")(full)).toBe(last);
  });

  it.each([
    ["Mifsud Bonnici, Ugo", "Ugo", "Mifsud Bonnici"],
    ["Dr. García Márquez, Ġorġ", "Ġorġ", "García Márquez"],
    ["Smith Jones, Anne-Marie", "Anne-Marie", "Smith Jones"],
    ["Mifsud Bonnici, Ugo Carlo", "Ugo", "Mifsud Bonnici"],
    ["John Smith, Jr.", "John", "Smith"],
    ["John Smith, PhD", "John", "Smith"],
    ["John Smith, CPA", "John", "Smith"],
    ["John Smith, MEng", "John", "Smith"],
  ])("of %j, where two words stand before the comma, a first name after it is not lost as if it were a degree", (full, first, last) => {
    expect(step("name_first")(full)).toBe(first);
    expect(step("name_last")(full)).toBe(last);
  });

  it("holds a name all in capitals of which nobody can say whether a first name or a degree ends it", () => {
    for (const name of ["name_first", "name_last"]) expect(refusal(step(name)("MIFSUD BONNICI, UGO"))).toContain("in two ways");
  });

  it("keeps middle names with the first one when asked to", () => {
    expect(step("name_first", { with_middle: true })("Mary Ann Smith")).toBe("Mary Ann");
    expect(step("name_first", { with_middle: true })("J. R. R. Tolkien")).toBe("J. R. R.");
  });

  it("holds what is no person's name", () => {
    expect(refusal(step("name_first")("a ".repeat(200)))).toContain("too long");
    expect(refusal(step("name_last")(7))).toContain("not a name");
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { getter, isBlank } from "../../src/mapping/index.js";

describe("getter", () => {
  const record = {
    id: 7,
    owner: { name: "Ann", team: null },
    visits: [{ at: 1, tags: ["a", "b"] }, { tags: ["c"] }, null, 5],
    grid: [[{ x: 1 }], [{ x: 2 }]],
    "0": "zero",
    none: null,
  };

  it.each([
    [["id"], 7],
    [["owner", "name"], "Ann"],
    [["missing"], undefined],
    [["missing", "deeper", "still"], undefined],
    [["none"], null],
    [["none", "deeper"], null],
    [["owner", "team", "lead", "name"], null],
    [["id", "toFixed"], undefined],
    [["owner", "name", "length"], undefined],
    [["visits", "length"], []],
    [["visits", "at"], [1]],
    [
      ["visits", "tags"],
      ["a", "b", "c"],
    ],
    [["visits", "1", "tags", "0"], "c"],
    [["visits", "9", "tags"], undefined],
    [
      ["grid", "x"],
      [1, 2],
    ],
    [["0"], "zero"],
  ])("reads %j as %j", (path, expected) => {
    expect(getter(path)(record)).toEqual(expected);
  });

  it("gives the whole record for an empty path and for `.`", () => {
    expect(getter([])(record)).toBe(record);
    expect(getter(["."])(record)).toBe(record);
  });

  it("never reaches what a record has not said itself", () => {
    const inherited = Object.getOwnPropertyNames(Object.prototype);
    const names = fc.oneof(fc.constantFrom(...inherited), fc.string());
    fc.assert(
      fc.property(fc.jsonValue(), fc.array(names, { minLength: 1, maxLength: 4 }), (value, path) => {
        const found = getter(path)(value);
        expect(typeof found).not.toBe("function");
        expect(found).not.toBe(Object.prototype);
        expect(found).not.toBe(Array.prototype);
      }),
      { numRuns: 2_000 },
    );
  });

  it("reads own fields that are named like inherited ones", () => {
    const odd: unknown = JSON.parse('{"__proto__": {"a": 1}, "constructor": "x", "toString": null}');
    expect(getter(["__proto__", "a"])(odd)).toBe(1);
    expect(getter(["constructor"])(odd)).toBe("x");
    expect(getter(["toString"])(odd)).toBe(null);
  });
});

describe("isBlank", () => {
  it.each([undefined, null, "", "  ", "\u00a0\n", [], [null, " "]])("%j is blank", (value) => {
    expect(isBlank(value)).toBe(true);
  });
  it.each([0, false, "0", " a", {}, [0]])("%j is not", (value) => {
    expect(isBlank(value)).toBe(false);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileCondition } from "../../src/mapping/index.js";
import type { Condition, Test } from "../../src/spec/model.js";

const now = new Date("2024-06-15T12:00:00Z");

function holds(test: Test, value: unknown): boolean {
  return compileCondition({ op: "test", path: ["it"], test })(value === undefined ? {} : { it: value }, now);
}

describe("one_of", () => {
  it.each([
    ["Won", " won ", true],
    ["Won", "lost", false],
    ["Won", null, false],
    [5, "5.0", true],
    [5, 5, true],
    [5, "5a", false],
    ["5", 5, true],
    ["08", 8, true],
    ["08", "8", false], // two texts
    [9007199254740992, "9007199254740993", false],
    ["9007199254740993", "9007199254740992", false],
    [true, true, true],
    [true, "TRUE", true],
    ["yes", true, false],
    [false, 0, false],
    [null, undefined, true],
    [null, " ", true],
    ["", null, true],
    ["2024-01-31", "2024-01-31T23:00:00-05:00", true],
    ["2024-01-31T22:00:00Z", "2024-02-01T00:00:00+02:00", true],
    ["2024-01-31", "2024-02-01", false],
    ["vip", ["new", "VIP"], true],
    ["vip", [], false],
    ["vip", { vip: true }, false],
  ])("%j fits %j: %j", (wanted, value, expected) => {
    expect(holds({ is: "one_of", values: [wanted] }, value)).toBe(expected);
  });

  it("holds when one of several does", () => {
    expect(holds({ is: "one_of", values: ["a", 2, null] }, "2")).toBe(true);
    expect(holds({ is: "one_of", values: ["a", 2, null] }, undefined)).toBe(true);
    expect(holds({ is: "one_of", values: ["a", 2, null] }, "b")).toBe(false);
    expect(holds({ is: "one_of", values: [] }, "b")).toBe(false);
  });
});

describe("order", () => {
  it.each([
    ["over", 0, 1, true],
    ["over", 0, "1,000", false],
    ["over", 0, " 12.5 ", true],
    ["over", 0, null, false],
    ["over", 0, "", false],
    ["under", 10, "9", true],
    ["at_least", "10", 10, true],
    ["at_most", 10, 10.5, false],
    ["over", "0.1", "0.10000000000000000001", true],
    ["over", "2024-01-31", "2024-01-31T10:00:00Z", false], // still that day
    ["at_most", "2024-01-31", "2024-01-31T10:00:00Z", true],
    ["over", "2024-01-31", "2024-02-01", true],
    ["over", "2024-01-31T10:00:00Z", "2024-01-31T11:00:00+02:00", false],
    ["under", "2024-01-31T10:00:00Z", "2024-01-31T09:00:00", true],
    ["over", "2024-01-31", "soon", false],
    ["over", "m", "Z", true],
    ["over", "m", 5, false],
    ["over", 100, [5, 500], true],
  ] as const)("%s %j, %j: %j", (is, than, value, expected) => {
    expect(holds({ is, than }, value)).toBe(expected);
  });
});

describe("the other tests", () => {
  const day = 86_400_000;
  it.each([
    [{ is: "present" }, 0, true],
    [{ is: "present" }, " ", false],
    [{ is: "present" }, [], false],
    [{ is: "blank" }, undefined, true],
    [{ is: "blank" }, false, false],
    [{ is: "starts_with", text: "Roof" }, " roof repair", true],
    [{ is: "ends_with", text: "- Install" }, "Austin - INSTALL ", true],
    [{ is: "contains", text: "5" }, 251, true],
    [{ is: "contains", text: "a" }, ["b", "cab"], true],
    [{ is: "contains", text: "" }, null, false],
    [{ is: "within", ms: 14 * day }, "2024-06-01T12:00:00Z", true],
    [{ is: "within", ms: 14 * day }, "2024-06-01T11:59:59.999Z", false],
    [{ is: "within", ms: 14 * day }, "2024-06-29T12:00:00Z", true],
    [{ is: "within", ms: 14 * day }, "2024-06-29T12:00:01Z", false],
    [{ is: "within", ms: 0 }, "2024-06-15", true],
    [{ is: "within", ms: day }, "2024-06-14", true],
    [{ is: "within", ms: day }, "2024-06-13", false],
    [{ is: "within", ms: day }, 1_718_452_800, false],
    [{ is: "within", ms: day }, null, false],
  ] as const)("%j on %j: %j", (test, value, expected) => {
    expect(holds(test, value)).toBe(expected);
  });

  const sold: Condition = { op: "test", path: ["status", "name"], test: { is: "one_of", values: ["Sold"] } };
  it.each([
    ["any", [{ status: { name: "Open" } }, { status: { name: "sold" } }], true],
    ["any", [], false],
    ["any", undefined, false],
    ["any", { status: { name: "Sold" } }, true],
    ["every", [{ status: { name: "Sold" } }, {}], false],
    ["every", [{ status: { name: "Sold" } }], true],
    ["every", [], false],
    ["every", undefined, false],
    ["none", [], true],
    ["none", undefined, true],
    ["none", [{ status: { name: "Sold" } }], false],
  ] as const)("%s member sold in %j: %j", (is, value, expected) => {
    expect(holds({ is, where: sold }, value)).toBe(expected);
  });
});

describe("all, any and not", () => {
  const scalar = fc.oneof(fc.string({ maxLength: 3 }), fc.integer({ min: -3, max: 3 }), fc.boolean(), fc.constant(null));
  const path = fc.array(fc.constantFrom("a", "b", "c"), { minLength: 1, maxLength: 2 });
  const test: fc.Arbitrary<Test> = fc.oneof(
    fc.record({ is: fc.constant("one_of" as const), values: fc.array(scalar, { maxLength: 3 }) }),
    fc.record({ is: fc.constantFrom("present" as const, "blank" as const) }),
    fc.record({
      is: fc.constantFrom("over" as const, "under" as const, "at_least" as const, "at_most" as const),
      than: fc.oneof(fc.integer(), fc.string({ maxLength: 3 })),
    }),
    fc.record({ is: fc.constantFrom("starts_with" as const, "contains" as const), text: fc.string({ maxLength: 2 }) }),
  );
  const leaf = fc.record({ op: fc.constant("test" as const), path, test });
  const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
    condition: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      leaf,
      fc.record({ op: fc.constantFrom("all" as const, "any" as const), of: fc.array(tie("condition"), { maxLength: 3 }) }),
      fc.record({ op: fc.constant("not" as const), of: tie("condition") }),
      fc.record({
        op: fc.constant("test" as const),
        path,
        test: fc.record({ is: fc.constantFrom("any" as const, "every" as const, "none" as const), where: tie("condition") }),
      }),
    ),
  }));
  const record = fc.dictionary(fc.constantFrom("a", "b", "c"), fc.jsonValue({ maxDepth: 2 }));

  it("not all is any not, and not any is all not (De Morgan)", () => {
    const not = (of: Condition): Condition => ({ op: "not", of });
    fc.assert(
      fc.property(fc.array(condition, { maxLength: 4 }), record, (of, value) => {
        const is = (one: Condition) => compileCondition(one)(value, now);
        expect(is(not({ op: "all", of }))).toBe(is({ op: "any", of: of.map(not) }));
        expect(is(not({ op: "any", of }))).toBe(is({ op: "all", of: of.map(not) }));
      }),
      { numRuns: 1_000 },
    );
  });

  it("none is the opposite of any, and every member implies any", () => {
    fc.assert(
      fc.property(condition, record, (where, value) => {
        const is = (one: "any" | "every" | "none") => compileCondition({ op: "test", path: ["a"], test: { is: one, where } })(value, now);
        expect(is("none")).toBe(!is("any"));
        if (is("every")) expect(is("any")).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});

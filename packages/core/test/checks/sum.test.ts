import Big from "big.js";
import { describe, expect, it } from "vitest";
import { isBeyond, Sum, sumOf } from "../../src/checks/sum.js";

describe("a sum", () => {
  it("is exact, because a tenth has no exact float", () => {
    const sum = new Sum();
    for (const value of [0.1, 0.2, "0.30", "1e-2", 9_007_199_254_740_991, "9007199254740993"]) sum.add(value);
    expect(sum.total.toFixed()).toBe("18014398509481984.61");
    expect(sum.odd).toBe(0);
  });

  it("takes the members of lists, passes over blanks, and counts what is no number", () => {
    const sum = sumOf([1, ["2.5", null, ""], " ", "1,000", "NaN", true]);
    expect([sum.total.toFixed(), sum.odd]).toEqual(["3.5", 3]);
  });
});

describe("a limit", () => {
  it.each([
    [{ count: 0 }, "0", false],
    [{ count: 0 }, "0.01", true],
    [{ count: 5 }, "5", false],
    [{ count: 5 }, "5.01", true],
    [{ percent: 1 }, "2", false],
    [{ percent: 1 }, "2.01", true],
    [{ count: 5, percent: 1 }, "4", false], // over 1 %, and not over 5
    [{ count: 1, percent: 5 }, "4", false],
    [{ count: 1, percent: 1 }, "4", true],
  ])("%j is passed by %s of 200: %s", (limit, apart, beyond) => {
    expect(isBeyond(limit, new Big(apart), new Big(200))).toBe(beyond);
  });

  it("in percent of nothing is passed by anything", () => {
    expect(isBeyond({ percent: 50 }, new Big(1), new Big(0))).toBe(true);
  });

  it("in percent is of the sum's size, whatever its sign", () => {
    expect(isBeyond({ percent: 1 }, new Big(1), new Big(-200))).toBe(false);
  });
});

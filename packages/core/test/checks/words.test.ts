import { describe, expect, it } from "vitest";
import { limitText, listed, lookedAt, nameOf, shown } from "../../src/checks/words.js";

describe("the name of a record", () => {
  it.each([
    [{ id: 7, name: "Ann Lee", email: "a@example.test" }, "Ann Lee"],
    [{ id: 7, Title: "Roof" }, "Roof"],
    [{ id: 7, firstName: "Ann", lastName: "Lee", email: "a@example.test" }, "Ann Lee"],
    [{ id: 7, first_name: " ", last_name: "Lee" }, "Lee"],
    [{ id: 7, name: " ", email: "a@example.test" }, "a@example.test"],
    [{ id: 7, jobNumber: 4711 }, "4711"],
    [{ id: 7, name: { first: "Ann" } }, null],
    [{ id: 7 }, null],
    [undefined, null],
  ])("%j is known as %s", (record, name) => {
    expect(nameOf(record)).toBe(name);
  });
});

describe("words of a report", () => {
  it("say whether all were looked at", () => {
    expect([lookedAt({ at: 500, of: 12_000 }), lookedAt({ at: 40, of: 40 }), lookedAt({ at: 1, of: 1 })]).toEqual([
      "500 of 12,000 linked records",
      "all 40 linked records",
      "the one linked record",
    ]);
  });

  it("list names, limits and values as people do", () => {
    expect([listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])]).toEqual(["a", "a and b", "a, b and c"]);
    expect([limitText({ count: 5 }), limitText({ count: 5, percent: 0.5 })]).toEqual(["5", "5 and 0.5 %"]);
    expect([shown(""), shown("a\n b"), shown("x".repeat(80)).length]).toEqual(["(blank)", "a b", 60]);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkCel } from "../../src/mapping/check-cel.js";
import { compileCondition } from "../../src/mapping/compile-condition.js";
import { FieldwrightError } from "../../src/problem.js";
import type { KnownRecord } from "../../src/spec/model-condition.js";

const estimates: KnownRecord = {
  fields: { total: { type: "decimal" }, status: { type: "text" }, soldOn: { type: "date" } },
  open: false,
  related: {},
};
const known: KnownRecord = {
  fields: {
    id: { type: "integer" },
    name: { type: "text" },
    total: { type: "decimal" },
    type: { type: "integer" },
    active: { type: "boolean" },
    changedAt: { type: "datetime" },
    "custom field": { type: "text" },
    address: { type: "object", fields: { city: { type: "text" }, lat: { type: "number" } } },
    tags: { type: "list", of: { type: "text" } },
    custom: { type: "json" },
  },
  open: false,
  related: { estimates: { take: "many", of: estimates }, owner: { take: "one", of: { ...estimates, open: true } } },
};
const now = new Date("2026-01-31T12:00:00Z");

/** Whether the expression holds; it has passed its check before. */
function holds(source: string, record: unknown, declared: KnownRecord | "undeclared" = known): boolean {
  const about = declared === "undeclared" ? undefined : declared;
  const checked = checkCel(source, about);
  if (!checked.ok) throw new Error(checked.problems.map((problem) => problem.message).join("\n"));
  const condition = { op: "expr", source, reads: checked.reads, ...(about === undefined ? {} : { known: about }) } as const;
  return compileCondition(condition)(record, now);
}

const wrong = (source: string) => {
  const checked = checkCel(source, known);
  return checked.ok ? [] : checked.problems.map((problem) => problem.message);
};

describe("an expression about a record", () => {
  it("compares numbers of every kind, since a reader of a spec knows only one", () => {
    for (const total of [1500, "1500.00", 1500n]) {
      expect(holds("total > 1000", { total })).toBe(true);
      expect(holds("total == 1500", { total })).toBe(true);
      expect(holds("1500 == total && total != 7", { total })).toBe(true);
      expect(holds("total in [7, 1500]", { total })).toBe(true);
      expect(holds("total * 2 - 1 > 2998 && 2 * total / 3 == 1000.0 && 1 + total < 1502", { total })).toBe(true);
    }
  });

  it("takes dates for times, a mere day for its first moment", () => {
    expect(holds("now - changedAt <= days(14)", { changedAt: "2026-01-20T00:00:00Z" })).toBe(true);
    expect(holds("now - changedAt <= days(14)", { changedAt: "2026-01-02T00:00:00+02:00" })).toBe(false);
    expect(holds('estimates.exists(e, e.soldOn >= timestamp("2026-01-31T00:00:00Z"))', { estimates: [{ soldOn: "2026-01-31" }] })).toBe(
      true,
    );
    expect(holds("changedAt.getFullYear() == 2026 && days(1.5) == duration('36h')", { changedAt: "2026-01-02T00:00:00Z" })).toBe(true);
  });

  it("leaves blanks out, so that an expression that meets one does not hold, whichever way it asks", () => {
    for (const record of [{}, { total: null }, { total: "many" }, { total: "" }]) {
      expect(holds("total > 5", record)).toBe(false);
      expect(holds("!(total > 5)", record)).toBe(false);
      expect(holds("total > 5 || active", { ...record, active: true })).toBe(true);
      expect(holds("present(total)", record)).toBe(false);
    }
    expect(holds("present(name)", { name: "  " })).toBe(false);
    expect(holds("present(name) && present(address.city)", { name: "A", address: { city: "B" } })).toBe(true);
    expect(holds("present(address.city) || has(address.city)", { address: { city: null } })).toBe(false);
    expect(holds("present(address.city)", {})).toBe(false);
    expect(holds("present(tags) || present(estimates)", { tags: ["", null], estimates: [] })).toBe(false);
    expect(holds('tags[0] == "a"', { tags: [] })).toBe(false);
  });

  it("reaches related records, lists, json, odd names, and fields whose names are words of CEL", () => {
    expect(holds('estimates.exists(e, e.status == "Sold" && e.total > 5)', { estimates: [{ status: "Sold", total: "6.00" }, {}] })).toBe(
      true,
    );
    expect(holds("estimates.all(e, e.total > 5)", { estimates: [{ total: 6 }, { total: 4 }] })).toBe(false);
    expect(holds("size(estimates) == 2 && estimates.size() > 1", { estimates: [{}, {}] })).toBe(true);
    expect(holds("owner.total > 5 && owner.anything.at.all == 'x'", { owner: { total: "6", anything: { at: { all: "x" } } } })).toBe(true);
    expect(holds("custom.tier == 1 && custom.list.exists(x, x == 'a')", { custom: { tier: 1, list: [null, "a"], gone: null } })).toBe(true);
    expect(holds("custom.numbers.all(n, n > 1) && size(custom.numbers) == 2", { custom: { numbers: [2, null, 3] } })).toBe(true);
    expect(holds("record.type == 1 && record['custom field'] == 'x'", { type: 1, "custom field": "x" })).toBe(true);
    expect(holds('name.like("^A.*z$") && name.contains("b") && name.startsWith("A")', { name: "Abz" })).toBe(true);
  });

  it("asks an undeclared record too, as it is", () => {
    expect(holds("a.b > 1 && record.c == 'x' && !present(d)", { a: { b: 2 }, c: "x", d: null }, "undeclared")).toBe(true);
    expect(holds("a.b > 1", {}, "undeclared")).toBe(false);
    const compare = () => holds("a > 1", { a: "2" }, "undeclared");
    expect(compare).toThrow(FieldwrightError);
    expect(compare).toThrow("The expression `a > 1` cannot be carried out");
  });

  it("sees nothing but the record: no prototype, no global", () => {
    for (const name of ["constructor", "toString", "hasOwnProperty"]) {
      expect(holds(`present(record.${name}) || present(custom.${name})`, { custom: {} }, { ...known, open: true })).toBe(false);
      expect(wrong(`present(record.${name})`)).toEqual([`There is no field \`${name}\` here.`]);
      expect(holds(`present(${name})`, {}, "undeclared")).toBe(false);
    }
    expect(wrong("present(process)")).toEqual(["The record has no field `process`."]);
  });

  it("names what it reads, so that only that need be there", () => {
    const reads = (source: string) => {
      const checked = checkCel(source);
      return checked.ok ? checked.reads.map((path) => path.join(".")) : checked.problems;
    };
    expect(reads("estimates.exists(e, e.total > total) && address.city == record.name && now > changedAt")).toEqual([
      "estimates",
      "total",
      "address.city",
      "name",
      "changedAt",
    ]);
    expect(reads('record["custom field"] == "x" && size(record) > 0')).toEqual(["custom field", ""]);
  });
});

describe("checkCel", () => {
  it("refuses what could keep a run busy for hours", () => {
    expect(wrong('name.matches("^(a+)+$")')[0]).toContain("`matches` is not taken");
    expect(wrong("tags.all(a, tags.all(b, tags.all(c, a == c)))")[0]).toContain("More than 2 list walks");
    expect(wrong("tags.all(a, tags.all(b, a == b))")).toEqual([]);
    expect(wrong('cel.bind(x, name + name, x == "")')[0]).toContain("`cel.bind` is not taken");
    expect(wrong("[name].map(a, a + a).map(a, a + a).map(a, a + a) == tags")[0]).toContain("`map` stands here more than 2 times");
    expect(wrong(`${"(".repeat(60)}active${")".repeat(60)}`)).toHaveLength(1);
    expect(wrong(Array.from({ length: 400 }, () => "active").join(" && "))).toHaveLength(1);
    expect(wrong("name.like(name)")[0]).toBe("`like` takes its pattern as a text in quotes.");
    expect(wrong('name.like("(?=a)")')[0]).toContain("This is not a pattern");
  });

  it("asks patterns in linear time: the one that stops a RegExp for seconds is over at once", () => {
    expect(holds('name.like("^(a+)+$")', { name: `${"a".repeat(5_000)}!` })).toBe(false);
  });

  it("tries the times and spans that stand in the text, which CEL itself would find wrong only in a run", () => {
    expect(wrong('now - changedAt < duration("14d")')).toEqual(['`duration("14d")` is not a span of time that CEL reads.']);
    expect(wrong('changedAt > timestamp("31 January")')).toEqual(['`timestamp("31 January")` is not a time that CEL reads.']);
    expect(wrong('changedAt > timestamp("2026-01-31T00:00:00Z") - duration("1h30m")')).toEqual([]);
  });

  it("never throws, whatever the text and the record", () => {
    const piece = fc.constantFrom(
      ...'name total estimates record now ( ) [ ] { } . , == > + - && || ! ? : "a" 1 1.5 null present has days exists like e'.split(" "),
    );
    const anything = fc.oneof(
      fc.string(),
      fc.array(piece, { maxLength: 12 }).map((parts) => parts.join(" ")),
    );
    fc.assert(
      fc.property(anything, fc.object(), (source, record) => {
        for (const about of [known, undefined]) {
          const checked = checkCel(source, about);
          if (!checked.ok) {
            for (const { range, message } of checked.problems) {
              expect(message).not.toBe("");
              expect(range[0]).toBeGreaterThanOrEqual(0);
            }
          } else if (about !== undefined) {
            const result = compileCondition({ op: "expr", source, reads: checked.reads, known: about })(record, now);
            expect(typeof result).toBe("boolean");
          }
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

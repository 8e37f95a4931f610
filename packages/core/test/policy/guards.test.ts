import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { beyond, ceilingOf, type GuardTotals, guardReadings, tripped, within } from "../../src/policy/guards.js";
import { defaultGuards } from "../../src/spec/default-guards.js";
import type { Guards } from "../../src/spec/model.js";

const quiet: GuardTotals = { creates: 0, updates: 0, deletes: 0, errors: 0, linked: 1_000, isFirstRun: false };
const none: Guards = { always: false, firstRun: false, sourceIsEmpty: false };

function trips(totals: Partial<GuardTotals>, guards: Guards = defaultGuards): string[] {
  return tripped(guards, { ...quiet, ...totals }).map((trip) => trip.guard);
}

describe("where the spec says nothing", () => {
  it("the first run asks, unless there is nothing to do", () => {
    expect(trips({ isFirstRun: true, creates: 1 })).toEqual(["first_run"]);
    expect(trips({ isFirstRun: true })).toEqual([]);
  });
  it("changes ask over 50 and 25 % of the linked records, both passed", () => {
    expect(trips({ updates: 251 })).toEqual(["more_changes_than"]);
    expect(trips({ updates: 250 })).toEqual([]);
    expect(trips({ updates: 50, linked: 60 })).toEqual([]);
    expect(trips({ updates: 51, linked: 60 })).toEqual(["more_changes_than"]);
  });
  it("creates, updates and deletes are changes alike", () => {
    expect(trips({ creates: 100, updates: 150, deletes: 1 })).toEqual(["more_changes_than"]);
  });
  it("deletes and errors ask over 10 and 2 %", () => {
    expect(trips({ deletes: 21 })).toEqual(["more_deletes_than"]);
    expect(trips({ deletes: 20 })).toEqual([]);
    expect(trips({ errors: 21 })).toEqual(["more_errors_than"]);
    expect(trips({ errors: 10, linked: 20 })).toEqual([]);
  });
  it("a source that is empty all of a sudden asks, where it was listed in full and records are linked", () => {
    expect(trips({ listed: 0 })).toEqual(["source_is_empty"]);
    expect(trips({ listed: 0, linked: 0 })).toEqual([]);
    expect(trips({ listed: 1 })).toEqual([]);
    expect(trips({})).toEqual([]);
  });
});

describe("where the spec says it", () => {
  it("new records have a limit of their own, and a bound that is absent is not asked about", () => {
    expect(trips({ creates: 6 }, { ...none, creates: { count: 5 } })).toEqual(["more_creates_than"]);
    expect(trips({ creates: 101 }, { ...none, creates: { percent: 10 } })).toEqual(["more_creates_than"]);
    expect(trips({ creates: 100 }, { ...none, creates: { percent: 10 } })).toEqual([]);
    expect(trips({ creates: 5_000 }, { ...none, creates: {} })).toEqual([]);
  });
  it("`always` asks before every write, and not where there is none", () => {
    expect(trips({ updates: 1 }, { ...none, always: true })).toEqual(["always"]);
    expect(trips({}, { ...none, always: true })).toEqual([]);
  });
  it("nothing asks where all is off", () => {
    expect(trips({ updates: 9_999, deletes: 9_999, errors: 9_999, listed: 0, isFirstRun: true }, none)).toEqual([]);
  });
});

describe("in words", () => {
  it("a trip tells the numbers and the limit", () => {
    expect(tripped(defaultGuards, { ...quiet, updates: 1_300, linked: 4_000 })[0]?.says).toBe(
      "1,300 changes, 32.5 % of the 4,000 linked records: more than 50 and 25 %.",
    );
    expect(tripped({ ...none, deletes: { count: 0 } }, { ...quiet, deletes: 1, linked: 0 })[0]?.says).toBe(
      "1 deletion, and no record is linked yet: more than 0.",
    );
  });
  it("a plan shows how near it comes", () => {
    expect(guardReadings(defaultGuards, { ...quiet, creates: 9, updates: 38, linked: 1_204 }).map((one) => one.says)).toEqual([
      "changes 3.9 % of 25 %",
      "deletes 0 % of 2 %",
      "errors 0 % of 2 %",
    ]);
  });
});

describe("an approval", () => {
  const totals = { creates: 9, updates: 38, deletes: 0, errors: 1 };
  it("is a ceiling for each kind of change by itself", () => {
    expect(within(ceilingOf(totals), totals)).toBe(true);
    expect(within(ceilingOf(totals), { ...totals, creates: 0, updates: 0 })).toBe(true);
    expect(beyond(ceilingOf(totals), { ...totals, updates: 10, deletes: 1 })).toEqual(["deletes 1, approved 0"]);
  });
});

describe("of any totals", () => {
  const count = fc.nat(3_000);
  const any = fc.record({ creates: count, updates: count, deletes: count, errors: count, linked: count, isFirstRun: fc.boolean() });
  it("more of everything never trips fewer guards, and an approval covers what it was given for", () => {
    fc.assert(
      fc.property(any, any, (one, more) => {
        const sum = {
          ...one,
          creates: one.creates + more.creates,
          updates: one.updates + more.updates,
          deletes: one.deletes + more.deletes,
          errors: one.errors + more.errors,
        };
        const after = tripped(defaultGuards, sum).map((trip) => trip.guard);
        expect(after).toEqual(expect.arrayContaining(tripped(defaultGuards, one).map((trip) => trip.guard)));
        expect(within(ceilingOf(sum), one)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});

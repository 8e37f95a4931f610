import type { Field } from "@fieldwright/connector-kit";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HeavyHitters } from "../../src/policy/heavy-hitters.js";
import { watchChanges } from "../../src/policy/suspicious.js";

const fields: Readonly<Record<string, Field>> = {
  name: { type: "text" },
  city: { type: "text" },
  status: { type: "text" },
  hours: { type: "number" },
  value: { type: "decimal" },
  zip: { type: "text" },
};

/** The same "random" numbers in every run. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

type Values = Readonly<Record<string, unknown>>;

function suspicions(count: number, change: (at: number, random: () => number) => readonly [Values, Values]) {
  const watch = watchChanges(fields);
  const random = numbers(7);
  for (let at = 0; at < count; at++) {
    const [before, after] = change(at, random);
    watch.add({ id: `deal ${at}`, before, after });
  }
  return watch.suspicions();
}

const kinds = (...run: Parameters<typeof suspicions>) => suspicions(...run).map((one) => `${one.kind} ${one.fields.join("+")}`);

describe("a field that becomes empty", () => {
  it("is told with counts and an example", () => {
    const [one] = suspicions(120, (at) => [{ city: `Town ${at}` }, { city: at < 110 ? null : "Elsewhere" }]);
    expect(one).toMatchObject({
      kind: "emptied",
      fields: ["city"],
      count: 110,
      of: 120,
      example: { id: "deal 0", before: "Town 0", after: null },
    });
    expect(one?.says).toBe(
      "`city` would become empty in 110 of the 120 records where it changes (for example deal 0: Town 0 -> (blank)). Did the source stop giving it?",
    );
  });
  it("is nothing special in a few records, or in a small part of many", () => {
    expect(kinds(9, (at) => [{ city: `Town ${at}` }, { city: null }])).toEqual([]);
    expect(kinds(500, (at, random) => [{ city: `Town ${at}` }, { city: random() < 0.1 ? null : `Town ${at + 1}` }])).toEqual([]);
  });
});

describe("one value for all", () => {
  it("is told where the values differed before", () => {
    const [one] = suspicions(200, (at) => [{ name: `Person ${at}` }, { name: at % 20 === 0 ? `Other ${at}` : "Test" }]);
    expect(one).toMatchObject({ kind: "same_everywhere", fields: ["name"], of: 200 });
    expect(one?.count).toBeGreaterThan(160);
    expect(one?.says).toContain("would become the same, Test,");
  });
  it("is nothing special where blanks are filled, or where there were few values anyway", () => {
    expect(kinds(200, () => [{ name: null }, { name: "Test" }])).toEqual([]);
    expect(kinds(200, (at) => [{ status: ["open", "new", "won"][at % 3] }, { status: "closed" }])).toEqual([]);
  });
  it("is nothing special where many values become a handful", () => {
    expect(
      kinds(500, (at, random) => [{ city: `Town ${at}` }, { city: ["Austin", "Dallas", "Houston"][Math.floor(random() * 3)] }]),
    ).toEqual([]);
  });
});

describe("numbers off by a factor", () => {
  it.each([
    [100, "100 times as large", "cents"],
    [1 / 100, "100 times smaller", "cents"],
    [1_000, "1,000 times as large", "thousands"],
    [10, "10 times as large", "decimal point"],
    [60, "60 times as large", "minutes"],
    [1 / 60, "60 times smaller", "minutes"],
    [-1, "turned from plus to minus", "minus"],
    [1.19, "1.19 times as large", "Is that meant?"],
  ])("of %d are told, with what they mostly come from", (factor, size, meaning) => {
    const [one] = suspicions(300, (at, random) => {
      const before = Math.round(random() * 100_000) / 100 + 1;
      return [{ value: before.toFixed(2) }, { value: (at % 10 === 0 ? before + 17 * random() : before * factor).toFixed(4) }];
    });
    expect(one).toMatchObject({ kind: "factor", fields: ["value"], of: 300 });
    expect(one?.says).toContain(size);
    expect(one?.says).toContain(meaning);
  });
  it("are nothing special where numbers just change", () => {
    expect(kinds(500, (_, random) => [{ value: random() * 1_000 }, { value: random() * 1_000 }])).toEqual([]);
    expect(kinds(500, (_, random) => [{ hours: Math.ceil(random() * 10) }, { hours: Math.ceil(random() * 10) }])).toEqual([]);
  });
  it("are nothing special where all had the same number, or moved a little", () => {
    expect(kinds(500, () => [{ hours: 1 }, { hours: 2 }])).toEqual([]);
    expect(kinds(500, (at) => [{ value: 100 + at }, { value: (100 + at) * 1.01 }])).toEqual([]);
  });
  it("are not looked for in texts that hold digits", () => {
    expect(kinds(200, (at) => [{ zip: `${10_001 + at}` }, { zip: `${(10_001 + at) * 10}` }])).toEqual([]);
  });
});

describe("two fields that trade places", () => {
  it("are told as a pair", () => {
    const found = suspicions(80, (at) => [
      { name: `Ann ${at}`, city: `Town ${at}`, status: "open" },
      { name: `Town ${at}`, city: `Ann ${at}`, status: "won" },
    ]);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ kind: "swapped", fields: ["city", "name"], count: 80, of: 80 });
    expect(found[0]?.says).toContain("`city` and `name` would trade places in 80 of the 80 records");
  });
  it("are nothing special where both just change, or where it happens here and there", () => {
    expect(
      kinds(200, (at) => [
        { name: `A${at}`, city: `B${at}` },
        { name: `C${at}`, city: `D${at}` },
      ]),
    ).toEqual([]);
    expect(
      kinds(200, (at) =>
        at < 20
          ? [
              { name: `A${at}`, city: `B${at}` },
              { name: `B${at}`, city: `A${at}` },
            ]
          : [{ name: `A${at}` }, { name: `C${at}` }],
      ),
    ).toEqual([]);
  });
});

describe("what is kept", () => {
  it("does not grow with the number of different values, and counts none too often", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(40)), (stream) => {
        const heavy = new HeavyHitters(8);
        for (const one of stream) heavy.add(String(one));
        expect(heavy.different).toBeLessThanOrEqual(8);
        const top = heavy.top();
        if (top !== undefined) expect(top.count).toBeLessThanOrEqual(stream.filter((one) => String(one) === top.value).length);
      }),
    );
  });
  it("always finds what most of a stream is", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(40), { maxLength: 100 }), fc.option(fc.nat()), (others, seed) => {
        const stream = [...others.map(String), ...Array.from({ length: others.length + 1 }, () => "most")];
        const random = numbers(seed ?? 0);
        if (seed !== null) stream.sort(() => random() - 0.5);
        const heavy = new HeavyHitters(8);
        for (const one of stream) heavy.add(one);
        expect(heavy.top()?.value).toBe("most");
      }),
    );
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { formatSpec } from "../../src/spec/format-spec.js";
import { syncShape } from "../../src/spec/shape.js";

const order = Object.keys(syncShape.shape);

describe("formatSpec", () => {
  it("puts the words in reading order and moves each comment with the word below it", () => {
    expect(
      formatSpec(`# Jobs to opportunities.

run: { every: 5 minutes } # often
# what is written
fields:
    # the key
    id: id   # as it is

    # of the customer
  # end of fields

# where it goes
to: {connection: board,   stream: opportunities}
version:   1
x-note: |
  two
  lines
# asked by sales

# who
sync: "jobs"
# the end
`),
    ).toBe(`# Jobs to opportunities.

version:   1
# asked by sales

# who
sync: "jobs"

# where it goes
to: {connection: board,   stream: opportunities}
# what is written
fields:
    # the key
    id: id   # as it is

    # of the customer
  # end of fields
run: { every: 5 minutes } # often
x-note: |
  two
  lines

# the end
`);
  });

  it("gives back what it cannot order: broken text, other YAML, a word twice", () => {
    for (const text of [
      "",
      "a: [1",
      "- a\n- b\n",
      "{ sync: a, version: 1 }",
      "sync: a\nsync: b\n",
      " sync: a\n version: 1\n",
      "sync: *a\nversion: &a 1\n",
    ])
      expect(formatSpec(text)).toBe(text);
  });

  it("keeps the line ends of the file", () => {
    expect(formatSpec("sync: a\r\n# one\r\nversion: 1\r\n")).toBe("# one\r\nversion: 1\r\nsync: a\r\n");
  });

  it("loses no comment and no meaning, whatever the order, and does nothing the second time", () => {
    const value = fc.constantFrom(
      " plain",
      ' "quoted # text"  # said',
      "\n  a: 1\n\n  # within\n  b: [x,\n    y]",
      " |\n  block # no comment\n\n  more",
      " >-\n  folded\n  text",
      "\n- one\n# among items\n- two",
      " { a: 1, # in flow\n  b: 2 }",
      "",
    );
    const above = fc.constantFrom("", "# note\n", "\n", "\n\n\n# far\n\n# near\n", "# a\n\n\n# b\n", "  # indented\n", "---\n");
    const names = fc.shuffledSubarray([...order, "x-note", "macth"], { minLength: 1 });
    const texts = names.chain((keys) =>
      fc
        .array(fc.tuple(above, value), { minLength: keys.length, maxLength: keys.length })
        .chain((parts) =>
          fc
            .constantFrom("", "\n", "# last", "\n\n# last\n")
            .map(
              (end) =>
                `${keys.map((key, index) => `${index > 0 && parts[index]?.[0] === "---\n" ? "" : parts[index]?.[0]}${key}:${parts[index]?.[1]}\n`).join("")}${end}`,
            ),
        ),
    );
    let ordered = 0;
    fc.assert(
      fc.property(texts, (text) => {
        const result = formatSpec(text);
        expect(parse(result)).toEqual(parse(text));
        const lines = (from: string) =>
          from
            .split("\n")
            .map((line) => line.trim())
            .filter((line) => line !== "")
            .sort();
        expect(lines(result)).toEqual(lines(text));
        expect(formatSpec(result)).toBe(result);
        const ranks = Object.keys(parse(result) as object)
          .filter((key) => order.includes(key))
          .map((key) => order.indexOf(key));
        if (result !== text) ordered++;
        expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
      }),
      { numRuns: 1_000 },
    );
    expect(ordered).toBeGreaterThan(500);
  });

  it("never throws, and is stable on any text", () => {
    const piece = fc.constantFrom(
      "sync: a\n",
      "version: 1\n",
      "# c\n",
      "\n",
      "  x\n",
      "- y\n",
      "to: |+\n",
      "  z\n\n",
      "? q\n",
      "...\n",
      "---\n",
      "&a ",
      "\t",
      "'",
      "fields:\n",
    );
    const text = fc.oneof(
      fc.string(),
      fc.array(piece, { maxLength: 12 }).map((parts) => parts.join("")),
    );
    fc.assert(
      fc.property(text, (any) => {
        const result = formatSpec(any);
        expect(formatSpec(result)).toBe(result);
      }),
      { numRuns: 2_000 },
    );
  });
});

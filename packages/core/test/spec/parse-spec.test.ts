import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FieldwrightError } from "../../src/problem.js";
import { defineSync } from "../../src/spec/define-sync.js";
import { parseSpec } from "../../src/spec/parse-spec.js";
import { sound } from "./judge.js";

const text = `version: 1
sync: repcard-customers
about: Everybody who was visited
from:
  connection: repcard
  stream: customers
  only: { type: 1, not: { email: blank }, total: { over: 0 } }
  with:
    owner: { one: users, where: { id: ownerId } }
    estimates: { many: crm.estimates, where: { customerId: id } }
  overlap: 1 day
to: { connection: warehouse, stream: repcard_customers }
match:
  try_in_order:
    - id: id
    - all_of: { email: contact.email, zip: contact.zip }
      unlinked_only: true
  when_several: hold
  when_none: create
fields:
  id: id
  email: { from: contact.email, do: [trim, lower] }
  zip: { value: 08 }
  name: { join: [first, last], with: ", " }
  kind: { from: type, map: { 1: private }, unknown: { use: other } }
  value: { from: estimates, take_one: { where: { status.name: Sold }, latest: soldOn }, then: subtotal, do: [money] }
  owner_id: { ref: users, id: ownerId, when_none: blank }
  raw_data: "."
  x-not-free: here
when_source_deleted: { mark: gone }
run: { every: 5 minutes, timezone: America/Denver, no_runs_between: 22:00 and 06:00, recheck_everything: 0 2 * * * }
x-owner: sales ops
`;

describe("parseSpec", () => {
  it("makes of a file the model that the rest works from", () => {
    const { source, lines, hash, ...spec } = sound(text, "syncs/customers.yaml");
    expect(spec).toMatchObject({
      version: 1,
      name: "repcard-customers",
      about: "Everybody who was visited",
      file: "syncs/customers.yaml",
      from: {
        connection: "repcard",
        stream: "customers",
        overlapMs: 86_400_000,
        with: {
          owner: { connection: "repcard", stream: "users", take: "one", where: { id: ["ownerId"] } },
          estimates: { connection: "crm", stream: "estimates", take: "many", where: { customerId: ["id"] } },
        },
        only: {
          op: "all",
          of: [
            { op: "test", path: ["type"], test: { is: "one_of", values: [1] } },
            { op: "not", of: { op: "test", path: ["email"], test: { is: "blank" } } },
            { op: "test", path: ["total"], test: { is: "over", than: 0 } },
          ],
        },
      },
      match: {
        tryInOrder: [
          { pairs: [{ target: "id", source: ["id"] }], unlinkedOnly: false },
          {
            pairs: [
              { target: "email", source: ["contact", "email"] },
              { target: "zip", source: ["contact", "zip"] },
            ],
            unlinkedOnly: true,
          },
        ],
        whenSeveral: "hold",
        whenNone: "create",
      },
      write: "upsert",
      whenSourceDeleted: { act: "mark", field: "gone" },
      run: { every: "5 minutes", timezone: "America/Denver", noRunsBetween: "22:00 and 06:00", recheckEverything: "0 2 * * *" },
    });
    expect(spec.fields).toEqual([
      { target: "id", steps: [], kind: "from", from: ["id"] },
      { target: "email", steps: [{ name: "trim" }, { name: "lower" }], kind: "from", from: ["contact", "email"] },
      { target: "zip", steps: [], kind: "value", value: 8, written: "08" },
      { target: "name", steps: [], kind: "join", join: [["first"], ["last"]], separator: ", " },
      { target: "kind", steps: [], kind: "map", from: ["type"], map: { 1: "private" }, unknown: { use: "other" } },
      {
        target: "value",
        steps: [{ name: "money" }],
        kind: "take_one",
        from: ["estimates"],
        // biome-ignore lint/suspicious/noThenProperty: a word of the language; its value is no function
        then: ["subtotal"],
        where: { op: "test", path: ["status", "name"], test: { is: "one_of", values: ["Sold"] } },
        latest: ["soldOn"],
      },
      { target: "owner_id", steps: [], kind: "ref", sync: "users", id: ["ownerId"], whenNone: "blank" },
      { target: "raw_data", steps: [], kind: "from", from: [] },
      { target: "x-not-free", steps: [], kind: "from", from: ["here"] },
    ]);
    expect(lines).toMatchObject({ sync: 2, "from.only": 7, "fields.zip": 23, match: 13 });
    expect(source?.text).toBe(text);
    expect(hash).toMatch(/^[0-9a-f]{12}$/);
  });

  it("gives a changed hash for what decides, and the same for notes, schedule and order of fields", () => {
    const hash = sound(text).hash;
    const same = text
      .replace("Everybody", "All")
      .replace("5 minutes", "9 minutes")
      .replace("x-owner: sales ops", "# nothing")
      .replace("  id: id\n  email: { from", "  email: { from")
      .replace('  raw_data: "."', '  raw_data: "."\n  id: id');
    expect(sound(same).hash).toBe(hash);
    const changed = [
      text.replace("type: 1", "type: 2"),
      text.replace("[trim, lower]", "[lower, trim]"),
      text.replace("mark: gone", "mark: left"),
      text.replace("value: 08", "value: 8"),
      text.replace("when_none: create", "when_none: hold"),
      text.replace("1: private", "1: Private"),
    ];
    expect(new Set([hash, ...changed.map((each) => sound(each).hash)]).size).toBe(changed.length + 1);
  });

  it("needs no match for `append`, which never looks for an existing record", () => {
    const appended = text.replace(/match:[\s\S]*?(?=^fields:)/m, "write: append\n");
    expect(sound(appended).match.tryInOrder).toEqual([]);
  });

  it("never throws, whatever the text", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: "binary" }), yamlish), (any) => {
        const result = parseSpec(any, { file: "any.yaml" });
        if (!result.ok) expect(result.problems.length).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });

  it("answers every mutated spec with a spec or with problems that name a line of the text", () => {
    fc.assert(
      fc.property(fc.nat({ max: text.length }), fc.nat({ max: 30 }), yamlish, (at, length, put) => {
        const mutated = text.slice(0, at) + put + text.slice(at + length);
        const result = parseSpec(mutated, { file: "any.yaml" });
        const lines = mutated.split("\n").length;
        for (const problem of result.ok ? [] : result.problems) {
          expect(problem.line).toBeGreaterThan(0);
          expect(problem.line).toBeLessThanOrEqual(lines);
          expect(problem.excerpt).toMatch(/^\d+ \| /);
        }
        if (!result.ok) expect(result.problems.length).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });

  it("refuses thousands of levels instead of taking the process down", () => {
    for (const deep of [
      "[".repeat(50_000),
      "{a: ".repeat(50_000),
      "- ".repeat(50_000),
      "? ".repeat(50_000),
      "a:\n" + Array.from({ length: 600 }, (_, level) => `${" ".repeat(level + 1)}a:\n`).join(""),
    ]) {
      expect(parseSpec(deep)).toMatchObject({
        ok: false,
        problems: [{ code: "spec/yaml", message: "This is nested more deeply than any spec needs." }],
      });
    }
  });
});

const yamlish = fc
  .array(
    fc.constantFrom(
      "a",
      "fields",
      "from:",
      ": ",
      "\n",
      "  ",
      "- ",
      "[",
      "]",
      "{",
      "}",
      '"',
      "'",
      "#",
      " #x",
      "&a ",
      "*a",
      "!t ",
      "<<: ",
      "|",
      ">",
      "? ",
      "\t",
      "~",
      "08",
      "yes",
      "---",
      "__proto__: ",
      "x-y: ",
      "%",
      "@",
      "\r\n",
      "\u0000",
      "🙂",
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(""));

describe("defineSync", () => {
  it("gives the same hash as the same words in a file", () => {
    const made = defineSync({
      version: 1,
      sync: "users",
      from: { connection: "repcard", stream: "users", only: { active: true } },
      to: { connection: "warehouse", stream: "users" },
      match: { try_in_order: [{ id: "id" }] },
      fields: { id: "id", email: { from: "email", do: ["trim", { truncate: 120 }] } },
    });
    const read = sound(
      "version: 1\nsync: users\nfrom: { connection: repcard, stream: users, only: { active: true } }\nto: { connection: warehouse, stream: users }\nmatch: { try_in_order: [{ id: id }] }\nfields:\n  id: id\n  email: { from: email, do: [trim, { truncate: 120 }] }\n",
    );
    expect(made.hash).toBe(read.hash);
    expect(made.fields).toEqual(read.fields);
  });

  it("throws all problems at once, each with its part, since code has no line to show", () => {
    const wrong = {
      version: 1,
      sync: "Users",
      from: { connection: "repcard", stream: "users" },
      to: { connection: "warehouse", stream: "users" },
      match: { try_in_order: [{ id: "id" }] },
      fields: { id: "id", email: { from: "email", do: ["trimm"] } },
    } as const;
    const error = thrownBy(() => defineSync(wrong as never));
    expect(error).toBeInstanceOf(FieldwrightError);
    expect((error as FieldwrightError).problems.map(({ code, path }) => [code, path])).toEqual([
      ["spec/bad-value", "sync"],
      ["spec/unknown-transform", "fields.email.do.0"],
    ]);
    expect((error as Error).message).toContain(
      "fields.email.do.0 error spec/unknown-transform: There is no step `trimm`.\nhint: Did you mean `trim`?",
    );
  });

  it("throws a plain message even for no spec at all", () => {
    expect(() => defineSync(undefined as never)).toThrow(FieldwrightError);
    expect(() => defineSync(null as never)).toThrow("This is not a spec");
  });
});

function thrownBy(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return undefined;
}

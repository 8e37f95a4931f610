import type { DataRecord, Field } from "@fieldwright/connector-kit";
import { describe, expect, it } from "vitest";
import {
  CannotConvert,
  compileFields,
  compileMatchValue,
  defineTransform,
  type MapContext,
  refsOf,
  relatedPathsOf,
} from "../../src/mapping/index.js";
import type { FieldRule, FieldSource, Spec, Step } from "../../src/spec/model.js";

const context: MapContext = { related: {}, refs: () => undefined, now: new Date("2024-06-15T12:00:00Z") };

function specOf(fields: readonly FieldRule[], more: Partial<Spec> = {}): Spec {
  return {
    version: 1,
    name: "customers",
    hash: "",
    from: { connection: "a", stream: "customers", with: {} },
    to: { connection: "b", stream: "contacts" },
    match: { tryInOrder: [], whenSeveral: "hold", whenNone: "create" },
    write: "upsert",
    fields,
    whenSourceDeleted: { act: "keep" },
    run: {},
    lines: { "fields.it": 12 },
    ...more,
  };
}

/** The rule of the one target field `it`. */
function it_(source: FieldSource, ...steps: readonly (string | Step)[]): FieldRule {
  return { target: "it", ...source, steps: steps.map((step) => (typeof step === "string" ? { name: step } : step)) };
}

interface With {
  readonly field?: Field;
  readonly context?: Partial<MapContext>;
  readonly spec?: Partial<Spec>;
}

function map(rule: FieldRule, record: DataRecord, more: With = {}) {
  const fields: Readonly<Record<string, Field>> = more.field === undefined ? {} : { it: more.field };
  return compileFields(specOf([rule], more.spec), fields)(record, { ...context, ...more.context });
}

function takeOne(from: string, which: Partial<Extract<FieldSource, { kind: "take_one" }>>, path: readonly string[]): FieldSource {
  // biome-ignore lint/suspicious/noThenProperty: a word of the language, and nobody awaits a rule.
  return { kind: "take_one", from: [from], ...which, then: path };
}

const plain = (path: string): FieldSource => ({ kind: "from", from: path === "." ? [] : path.split(".") });

describe("absent is not null", () => {
  it("leaves a field out that the source does not say, so that it never clears the target", () => {
    expect(map(it_(plain("a")), {})).toStrictEqual({ ok: true, values: {} });
    expect(map(it_(plain("a.b"), "trim", "email"), { a: {} }, { field: { type: "text" } })).toStrictEqual({ ok: true, values: {} });
    expect(map(it_({ kind: "join", join: [["a"], ["b"]], separator: " " }), {})).toStrictEqual({ ok: true, values: {} });
    expect(map(it_(takeOne("a", {}, [])), {})).toStrictEqual({ ok: true, values: {} });
    expect(map(it_({ kind: "ref", sync: "users", id: ["a"], whenNone: "wait" }), {})).toStrictEqual({ ok: true, values: {} });
    expect(map(it_({ kind: "map", from: ["a"], map: { x: 1 }, unknown: "hold" }), {})).toStrictEqual({ ok: true, values: {} });
  });

  it("passes an explicit null on, whatever the steps", () => {
    expect(map(it_(plain("a"), "trim", { name: "phone", argument: "US" }), { a: null }, { field: { type: "text" } })).toEqual({
      ok: true,
      values: { it: null },
    });
    expect(map(it_(plain("a.b")), { a: null })).toEqual({ ok: true, values: { it: null } });
    expect(map(it_({ kind: "ref", sync: "users", id: ["a"], whenNone: "wait" }), { a: null })).toEqual({ ok: true, values: { it: null } });
  });

  it("makes null of a blank text where the target is no text", () => {
    expect(map(it_(plain("a")), { a: " " }, { field: { type: "integer" } })).toEqual({ ok: true, values: { it: null } });
    expect(map(it_(plain("a")), { a: "" }, { field: { type: "text" } })).toEqual({ ok: true, values: { it: "" } });
  });

  it("lets a default stand in for absent, null and blank", () => {
    const rule = it_(plain("a"), "trim", { name: "default", argument: "none" }, "upper");
    for (const record of [{}, { a: null }, { a: " " }]) expect(map(rule, record)).toEqual({ ok: true, values: { it: "NONE" } });
    expect(map(rule, { a: "x" })).toEqual({ ok: true, values: { it: "X" } });
  });
});

describe("where a field comes from", () => {
  it("takes the whole record", () => {
    expect(map(it_(plain(".")), { a: 1 }, { field: { type: "json" } })).toEqual({ ok: true, values: { it: { a: 1 } } });
  });

  it("joins texts and leaves blanks out", () => {
    const rule = it_({ kind: "join", join: [["first"], ["middle"], ["last"], ["nr"]], separator: " " });
    expect(map(rule, { first: " Ann", middle: " ", last: "Ortiz ", nr: 5 })).toEqual({ ok: true, values: { it: "Ann Ortiz 5" } });
    expect(map(rule, { first: "", last: null })).toEqual({ ok: true, values: { it: null } });
    expect(map(rule, { first: { a: 1 } })).toMatchObject({ ok: false, kind: "invalid", field: "it" });
  });

  it("writes a fixed value, fitted to the target", () => {
    expect(map(it_({ kind: "value", value: "5" }), {}, { field: { type: "integer" } })).toEqual({ ok: true, values: { it: 5 } });
    expect(map(it_({ kind: "value", value: null }), {})).toEqual({ ok: true, values: { it: null } });
  });

  describe("map", () => {
    const of = (unknown: "hold" | "keep" | { use: string }) =>
      it_({ kind: "map", from: ["type"], map: { Homeowner: "residential", "1": "one", true: "yes" }, unknown });
    it.each([
      [" HOMEOWNER ", "residential"],
      [1, "one"],
      [true, "yes"],
      [null, null],
      ["", ""],
      [
        ["Homeowner", 1],
        ["residential", "one"],
      ],
    ])("takes %j as %j, without case and outer blanks", (type, expected) => {
      expect(map(of("hold"), { type })).toEqual({ ok: true, values: { it: expected } });
    });

    it("never takes an unknown value for a known one", () => {
      expect(map(of("hold"), { type: "Broker" })).toMatchObject({
        ok: false,
        kind: "invalid",
        line: 12,
        reason: expect.stringContaining("(1, Homeowner, true)"),
      });
      expect(map(of("hold"), { type: "constructor" })).toMatchObject({ ok: false });
      expect(map(of("hold"), { type: {} })).toMatchObject({ ok: false });
      expect(map(of("keep"), { type: "Broker" })).toEqual({ ok: true, values: { it: "Broker" } });
      expect(map(of({ use: "other" }), { type: "Broker" })).toEqual({ ok: true, values: { it: "other" } });
    });

    it("maps a blank where the map names it", () => {
      const rule = it_({ kind: "map", from: ["type"], map: { "": "none" }, unknown: "hold" });
      for (const record of [{}, { type: null }, { type: " " }]) expect(map(rule, record)).toEqual({ ok: true, values: { it: "none" } });
    });
  });

  describe("take_one", () => {
    const estimates = [
      { status: "Sold", on: "2024-01-05", total: 1 },
      { status: "sold ", on: "2024-03-01T00:00:00Z", total: 2 },
      { status: "Sold", on: null, total: 3 },
      { status: "Open", on: "2024-05-01", total: 4 },
    ];
    const where = { op: "test", path: ["status"], test: { is: "one_of", values: ["Sold"] } } as const;
    it.each([
      [{ where, latest: ["on"] }, 2],
      [{ where, earliest: ["on"] }, 1],
      [{ where }, 1],
      [{ latest: ["on"] }, 4],
      [{ latest: ["total"] }, 4],
      [{ earliest: ["nothing"] }, 1],
    ])("%j takes %j", (which, expected) => {
      expect(map(it_(takeOne("estimates", which, ["total"])), { estimates })).toEqual({ ok: true, values: { it: expected } });
    });

    it("takes a member without a date only where none has one, whatever their order", () => {
      const undated = { on: null, total: 9 };
      for (const which of [{ latest: ["on"] }, { earliest: ["on"] }]) {
        expect(map(it_(takeOne("estimates", which, ["total"])), { estimates: [undated, estimates[0]] })).toEqual({
          ok: true,
          values: { it: 1 },
        });
        expect(map(it_(takeOne("estimates", which, ["total"])), { estimates: [undated] })).toEqual({ ok: true, values: { it: 9 } });
      }
    });

    it("gives null where no member fits, and where the member has nothing there", () => {
      const none = { op: "test", path: ["status"], test: { is: "one_of", values: ["Lost"] } } as const;
      expect(map(it_(takeOne("estimates", { where: none }, ["total"])), { estimates })).toEqual({ ok: true, values: { it: null } });
      expect(map(it_(takeOne("estimates", {}, ["nothing"])), { estimates })).toEqual({ ok: true, values: { it: null } });
      expect(map(it_(takeOne("estimates", {}, ["total"])), { estimates: [] })).toEqual({ ok: true, values: { it: null } });
    });
  });

  describe("ref", () => {
    const of = (whenNone: "wait" | "blank" | "hold") => it_({ kind: "ref", sync: "users", id: ["userId"], whenNone });
    const refs: MapContext["refs"] = (sync, id) => (sync === "users" && id === "7" ? "4711" : undefined);

    it("gives the target id, fitted to the target's type", () => {
      expect(map(of("wait"), { userId: 7 }, { context: { refs }, field: { type: "integer" } })).toEqual({ ok: true, values: { it: 4711 } });
    });

    it("waits for a record that is not linked yet, and says for which", () => {
      expect(map(of("wait"), { userId: 8 }, { context: { refs } })).toMatchObject({
        ok: false,
        kind: "waiting",
        field: "it",
        waitsFor: { sync: "users", id: "8" },
        line: 12,
        reason: "`it` waits until users has linked its record 8.",
      });
    });

    it("is blank or held where the spec says so", () => {
      expect(map(of("blank"), { userId: 8 }, { context: { refs } })).toEqual({ ok: true, values: { it: null } });
      expect(map(of("hold"), { userId: 8 }, { context: { refs } })).toMatchObject({ ok: false, kind: "invalid" });
      expect(map(of("wait"), { userId: [7] }, { context: { refs } })).toMatchObject({ ok: false, kind: "invalid" });
    });
  });

  it("reads related records by their name under `with`", () => {
    const from: Spec["from"] = {
      connection: "a",
      stream: "customers",
      with: {
        owner: { connection: "a", stream: "users", take: "one", where: { id: ["ownerId"] } },
        notes: { connection: "a", stream: "notes", take: "many", where: { of: ["id"] } },
      },
    };
    const related = { owner: { email: "ann@example.com" }, notes: [{ text: "a" }, { text: "b" }] };
    const record = { owner: { email: "wrong@example.com" } };
    expect(map(it_(plain("owner.email")), record, { spec: { from }, context: { related } })).toEqual({
      ok: true,
      values: { it: "ann@example.com" },
    });
    expect(map(it_(plain("notes.text"), { name: "join" }), record, { spec: { from }, context: { related } })).toEqual({
      ok: true,
      values: { it: "a, b" },
    });
    expect(map(it_(plain("owner.email")), record, { spec: { from } })).toEqual({ ok: true, values: {} });
  });
});

describe("a value that cannot be converted", () => {
  it("holds the record, with field, step, line and shape, and without the value", () => {
    const mapped = map(
      it_(plain("phone"), "trim", { name: "phone", argument: "US" }),
      { phone: " 555-secret " },
      { field: { type: "text" } },
    );
    expect(mapped).toEqual({
      ok: false,
      kind: "invalid",
      field: "it",
      step: "phone",
      line: 12,
      masked: '"999-aaaaaa" (10 characters)',
      reason: 'The value for `it`, "999-aaaaaa" (10 characters), is not a valid phone number (region US) (step `phone`).',
    });
    expect(JSON.stringify(mapped)).not.toContain("secret");
  });

  it("says what the target's field does not take", () => {
    expect(map(it_(plain("a")), { a: "secret" }, { field: { type: "text", maxLength: 3 } })).toEqual({
      ok: false,
      kind: "invalid",
      field: "it",
      line: 12,
      masked: '"aaaaaa" (6 characters)',
      reason:
        'The value for `it`, "aaaaaa" (6 characters), is longer than the 3 characters that the target takes; `{ truncate: 3 }` cuts it.',
    });
  });
});

describe("steps of an app's own", () => {
  const own = [
    defineTransform({ name: "shout", takes: ["text"], gives: "text", about: "", make: () => (value) => `${String(value)}!` }),
    defineTransform({
      name: "broken",
      takes: ["any"],
      gives: "any",
      about: "",
      make: () => (value) => {
        throw new TypeError(`secret ${String(value)}`);
      },
    }),
    defineTransform({ name: "nothing", takes: ["any"], gives: "any", about: "", make: () => () => undefined }),
    defineTransform({ name: "trim", takes: ["any"], gives: "any", about: "", make: () => () => "not the built-in one" }),
  ];
  const run = (step: string, value: unknown) =>
    compileFields(specOf([it_(plain("a"), step)]), {}, { transforms: own })({ a: value }, context);

  it("run beside the built-in ones and cannot replace them", () => {
    expect(run("shout", "a")).toEqual({ ok: true, values: { it: "a!" } });
    expect(run("shout", null)).toEqual({ ok: true, values: { it: null } });
    expect(run("nothing", "a")).toEqual({ ok: true, values: { it: null } });
    expect(run("trim", " a ")).toEqual({ ok: true, values: { it: "a" } });
  });

  it("hold the record when they throw, without telling the value", () => {
    const mapped = run("broken", "x");
    expect(mapped).toMatchObject({ ok: false, step: "broken", reason: expect.stringContaining("TypeError") });
    expect(JSON.stringify(mapped)).not.toContain("secret");
  });
});

describe("a spec that was not checked", () => {
  it("is refused when it is compiled, not record by record", () => {
    expect(() => map(it_(plain("a"), "shuot"), {})).toThrow("There is no step `shuot`.");
    expect(() => map(it_(plain("a"), { name: "truncate", argument: "many" }), {})).toThrow("truncate");
    expect(() => map({ ...it_(plain("a")), target: "__proto__" }, {})).toThrow("__proto__");
  });
});

describe("what a page of records needs", () => {
  const from: Spec["from"] = {
    connection: "a",
    stream: "c",
    with: { owner: { connection: "a", stream: "users", take: "one", where: { id: ["ownerId"] } } },
    only: { op: "not", of: { op: "all", of: [{ op: "test", path: ["owner", "active"], test: { is: "present" } }] } },
  };
  const spec = specOf(
    [
      it_(plain("owner.email"), "trim", "lower"),
      { ...it_({ kind: "ref", sync: "users", id: ["owner", "id"], whenNone: "wait" }), target: "user" },
      { ...it_({ kind: "ref", sync: "users", id: ["owner", "id"], whenNone: "blank" }), target: "user2" },
    ],
    {
      from,
      match: {
        tryInOrder: [
          {
            pairs: [
              { target: "it", source: ["owner", "email"] },
              { target: "name", source: ["name"] },
            ],
            unlinkedOnly: false,
          },
        ],
        whenSeveral: "hold",
        whenNone: "create",
      },
    },
  );

  it("lists each reference once", () => {
    expect(refsOf(spec)).toEqual([{ sync: "users", path: ["owner", "id"] }]);
  });

  it("lists each path into a related record once, of fields, match and filter", () => {
    expect(relatedPathsOf(spec)).toEqual([
      { name: "owner", path: ["email"] },
      { name: "owner", path: ["id"] },
      { name: "owner", path: ["active"] },
    ]);
  });

  it("cleans a match value as the target's own field is cleaned", () => {
    const fields: Readonly<Record<string, Field>> = { it: { type: "text" }, name: { type: "integer" } };
    const same = compileMatchValue(spec, { target: "it", source: ["owner", "email"] }, { fields });
    const other = compileMatchValue(spec, { target: "it", source: ["second"] }, { fields });
    const bare = compileMatchValue(spec, { target: "name", source: ["name"] }, { fields });
    expect(same({}, { it: "ann@example.com" })).toBe("ann@example.com");
    expect(other({ second: " BOB@example.com " }, {})).toBe("bob@example.com");
    expect(bare({ name: "7" }, {})).toBe(7);
    expect(bare({ name: "seven" }, {})).toEqual(
      new CannotConvert('"aaaaa" (5 characters), is not a whole number, and the target takes a whole number'),
    );
    expect(bare({ name: " " }, {})).toBe(null);
  });

  it("cleans a match value by an app's own step too", () => {
    const upside = defineTransform({ name: "upside", takes: ["text"], gives: "text", about: "", make: () => (value) => `${value}!` });
    const own = specOf([it_(plain("first"), "upside")]);
    const value = compileMatchValue(own, { target: "it", source: ["second"] }, { fields: {}, transforms: [upside] });
    expect(value({ second: "a" }, {})).toBe("a!");
  });

  it("looks for related records in the rules about creating and about stages too, because they decide as well", () => {
    const present = (...path: string[]) => ({ op: "test", path, test: { is: "present" } }) as const;
    const deciding = specOf([], {
      from: {
        connection: "a",
        stream: "customers",
        with: { owner: { connection: "a", stream: "users", take: "one", where: { id: ["o"] } } },
      },
      createIf: { condition: present("owner", "phone"), otherwise: "wait" },
      stages: {
        stageField: "stage",
        pipelines: [],
        wins: "last",
        rules: [{ number: 1, to: { pipeline: "p", stage: "s" }, when: present("owner", "office"), andSet: {} }],
      },
    });
    expect(relatedPathsOf(deciding)).toEqual([
      { name: "owner", path: ["phone"] },
      { name: "owner", path: ["office"] },
    ]);
  });
});

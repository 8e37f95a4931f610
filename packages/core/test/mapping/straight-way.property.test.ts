import type { DataRecord, Field } from "@fieldwright/connector-kit";
import fc from "fast-check";
import { expect, test } from "vitest";
import { compileField, compileFields, fieldByField } from "../../src/mapping/compile-fields.js";
import type { MapContext } from "../../src/mapping/index.js";
import type { FieldRule, Spec } from "../../src/spec/model.js";

const context: MapContext = {
  related: { owner: { name: "An owner" } },
  refs: (_, id) => (id.length % 2 === 0 ? `t${id}` : undefined),
  now: new Date("2024-06-15T12:00:00Z"),
};

const field: fc.Arbitrary<Field | undefined> = fc.oneof(
  fc.constant(undefined),
  fc.record({ type: fc.constantFrom("text" as const), maxLength: fc.constantFrom(1, 5, 80) }),
  fc.record({
    type: fc.constantFrom("text", "integer", "number", "decimal", "boolean", "date", "datetime", "time", "uuid", "json", "list"),
  }),
  fc.constant({ type: "datetime", zoneless: true } as const),
  fc.constant({ type: "text", options: ["a", "B "] } as const),
) as fc.Arbitrary<Field | undefined>;

const step = fc.constantFrom("trim", "lower", "upper", "digits", "email");
const path = fc.constantFrom(["a"], ["b", "c"], ["b", "c", "d"], ["owner", "name"], ["toString"], ["b", "0"], ["."], ["gone"]);
const source: fc.Arbitrary<Partial<FieldRule>> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant("from" as const), from: path }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("value" as const), value: fc.constantFrom("x", 7, null, true) }) },
  { weight: 1, arbitrary: fc.constant({ kind: "ref", sync: "others", id: ["a"], whenNone: "wait" } as const) },
);
const value: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    undefined,
    "",
    "  ",
    " Aß ",
    "a",
    "12",
    "1.50",
    "2024-02-29",
    "2023-02-29",
    "0000-01-01",
    "2024-01-05T10:00:00Z",
    "0000-01-05T10:00:00Z",
    "2024-01-31T10:00:00.123456+02:00",
    "2024-01-05T10:00",
    -0,
    0,
    2 ** 53,
    1.5,
    Number.NaN,
    true,
    [],
    ["x", null],
    {},
    { c: " q " },
    { c: { d: 5 } },
    [{ c: 1 }, { c: "2" }],
  ),
  fc.string({ maxLength: 8 }),
  fc.double(),
);
const record = fc.dictionary(fc.constantFrom("a", "b", "owner"), value) as fc.Arbitrary<DataRecord>;

test("the way that is made as code gives what the way field by field gives, for any spec and any record", () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ source, field, steps: fc.array(step, { maxLength: 2 }) }), { minLength: 1, maxLength: 5 }),
      fc.array(record, { minLength: 1, maxLength: 4 }),
      (all, records) => {
        const rules = all.map(
          (one, at) => ({ target: `f "${at}"`, ...one.source, steps: one.steps.map((name) => ({ name })) }) as FieldRule,
        );
        const fields = Object.fromEntries(all.flatMap((one, at) => (one.field ? [[`f "${at}"`, one.field]] : [])));
        const spec = {
          version: 1,
          name: "s",
          hash: "",
          from: { connection: "a", stream: "s", with: { owner: { connection: "a", stream: "owners", take: "one", where: {} } } },
          to: { connection: "b", stream: "t" },
          match: { tryInOrder: [], whenSeveral: "hold", whenNone: "create" },
          write: "upsert",
          fields: rules,
          whenSourceDeleted: { act: "keep" },
          run: {},
          lines: {},
        } satisfies Spec;
        const straight = compileFields(spec, fields);
        const compiled = rules.map((rule) => compileField(rule, { related: new Set(["owner"]), field: fields[rule.target], own: [] }));
        const loop = fieldByField(compiled, (at) => ({
          ok: false,
          kind: "invalid",
          field: rules[at]?.target ?? "",
          reason: "",
          masked: "",
        }));
        for (const one of records) {
          const [got, wanted] = [straight(one, context), loop(one, context)];
          if (wanted.ok) expect(got).toStrictEqual(wanted);
          else expect(got).toMatchObject({ ok: false, field: wanted.field });
        }
      },
    ),
    { numRuns: 5_000 },
  );
});

test("where no code may be made, the loop serves", () => {
  const own = globalThis.Function;
  globalThis.Function = class {
    constructor() {
      throw new EvalError("refused by the content policy");
    }
  } as never;
  try {
    const spec = {
      version: 1,
      name: "s",
      hash: "",
      from: { connection: "a", stream: "s", with: {} },
      to: { connection: "b", stream: "t" },
      match: { tryInOrder: [], whenSeveral: "hold", whenNone: "create" },
      write: "upsert",
      fields: [{ target: "name", kind: "from", from: ["a"], steps: [{ name: "trim" }] }],
      whenSourceDeleted: { act: "keep" },
      run: {},
      lines: {},
    } satisfies Spec;
    expect(compileFields(spec, { name: { type: "text" } })({ a: " x " }, context)).toEqual({ ok: true, values: { name: "x" } });
  } finally {
    globalThis.Function = own;
  }
});

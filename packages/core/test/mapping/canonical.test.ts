import type { Field } from "@fieldwright/connector-kit";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonical, fit, maskValue, transforms } from "../../src/mapping/index.js";

describe("canonical", () => {
  it.each<[Field, unknown, unknown]>([
    [{ type: "decimal" }, "12.50", 12.5],
    [{ type: "decimal" }, "-0.00", 0],
    [{ type: "decimal" }, "100", "1e2"],
    [{ type: "integer" }, "12", 12],
    [{ type: "integer" }, "9007199254740993", " +9007199254740993.0"],
    [{ type: "number" }, "0.10", 0.1],
    [{ type: "boolean" }, "TRUE", true],
    [{ type: "boolean" }, 0, false],
    [{ type: "datetime" }, "2024-01-01T00:00:00Z", "2024-01-01T00:00:00.000000+00:00"],
    [{ type: "datetime" }, "2024-01-01T00:00:00.000Z", "2023-12-31 17:00:00-07"],
    [{ type: "datetime" }, "2024-01-01T00:00:00.120Z", "2024-01-01T02:00:00.12+02:00"],
    [{ type: "datetime" }, "2024-01-01T10:20:30.1234567Z", "2024-01-01T10:20:30.123456Z"],
    [{ type: "datetime" }, new Date("2024-01-01T00:00:00Z"), "2024-01-01T00:00Z"],
    [{ type: "datetime", zoneless: true }, "2024-01-01 10:00:00", "2024-01-01T10:00"],
    [{ type: "date" }, "2024-01-01", "2024-01-01T00:00:00Z"],
    [{ type: "time" }, "10:00", "10:00:00.000"],
    [{ type: "uuid" }, "A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"],
    [{ type: "json" }, { b: [1, { d: 1, c: null }], a: "x" }, { a: "x", b: [1, { c: null, d: 1 }] }],
    [{ type: "list", of: { type: "decimal" } }, ["1.0", 2], [1, "2.00"]],
    [
      { type: "object", fields: { at: { type: "datetime" } } },
      { at: "2024-01-01T00:00:00Z", x: 1 },
      { x: 1, at: "2024-01-01T00:00:00.0+00:00" },
    ],
    [{ type: "text" }, "5", 5],
    [{ type: "text" }, " ", null],
    [{ type: "integer" }, "", undefined],
    [{ type: "list" }, [], null],
  ])("of %j is the same for %j and %j", (field, a, b) => {
    expect(canonical(field)(a)).toBe(canonical(field)(b));
  });

  it.each<[Field, unknown, unknown]>([
    [{ type: "text" }, "a", "a "],
    [{ type: "text" }, "1.0", "1"],
    [{ type: "decimal" }, "0.1", "0.10000000000000000001"],
    [{ type: "decimal" }, "100", "10"],
    [{ type: "datetime" }, "2024-01-01T00:00:00Z", "2024-01-01T00:00:00.000001Z"],
    [{ type: "datetime" }, "2024-01-01T00:00:10Z", "2024-01-01T00:00:01Z"],
    [{ type: "datetime" }, "2024-01-01T00:00:00Z", "2024-01-01T00:00:00"],
    [{ type: "date" }, "2024-01-01", "2024-01-01T10:00:00Z"],
    [{ type: "json" }, [], null],
    [{ type: "json" }, { a: "1" }, { a: 1 }],
    [{ type: "list" }, ["a", "b"], ["b", "a"]],
    [{ type: "list" }, ["a,b"], ["a", "b"]],
    [{ type: "boolean" }, false, null],
    [{ type: "integer" }, 0, null],
  ])("of %j differs for %j and %j", (field, a, b) => {
    expect(canonical(field)(a)).not.toBe(canonical(field)(b));
  });

  const scalarFields: readonly Field[] = [
    { type: "text" },
    { type: "integer" },
    { type: "number" },
    { type: "decimal" },
    { type: "boolean" },
    { type: "date" },
    { type: "datetime" },
    { type: "datetime", zoneless: true },
    { type: "time" },
    { type: "uuid" },
    { type: "json" },
  ];
  const field = fc.oneof(
    fc.constantFrom(...scalarFields),
    fc.constantFrom(...scalarFields).map((of): Field => ({ type: "list", of })),
    fc.constantFrom(...scalarFields).map((a): Field => ({ type: "object", fields: { a } })),
  );
  const pad = (length: number, max: number) => fc.integer({ min: 1, max }).map((part) => String(part).padStart(length, "0"));
  const moment = fc
    .tuple(
      pad(4, 9998),
      pad(2, 12),
      pad(2, 28),
      pad(2, 23),
      fc.constantFrom("", ".5", ".120", ".1234567", ".000"),
      fc.constantFrom("", "Z", "+00", "-07:00", "+0530"),
    )
    .map(([year, month, day, hour, fraction, zone]) => `${year}-${month}-${day}T${hour}:00:00${fraction}${zone}`);
  const value = fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    moment,
    moment.map((one) => one.slice(0, 10)),
    fc.double().map(String),
    fc.bigInt().map(String),
    fc.constantFrom("true", "False", " ", "10:20", "+007.50"),
    fc.uuid().map((one) => one.toUpperCase()),
    fc.array(moment, { maxLength: 2 }),
    fc.record({ a: moment }),
  );

  it("does not change when a value is fitted, so that what was written is not found changed for ever", () => {
    let fittedCount = 0;
    fc.assert(
      fc.property(field, value, (one, wanted) => {
        const fitted = fit(wanted, one);
        if (!fitted.ok) return;
        fittedCount++;
        expect(canonical(one)(fitted.value)).toBe(canonical(one)(wanted));
        expect(fit(fitted.value, one)).toEqual(fitted);
      }),
      { numRuns: 10_000 },
    );
    expect(fittedCount).toBeGreaterThan(1_000);
  });

  it("takes any JSON value without throwing, as does every step and the mask", () => {
    const steps = transforms.map((one) => ({ name: one.name, convert: one.make(one.argument?.parse(argumentOf[one.name])) }));
    const texts = fc.oneof(
      fc.jsonValue(),
      value,
      fc.string({ unit: "binary", maxLength: 300 }),
      fc.constantFrom("__proto__", "constructor", "\ud800", "(", "1e999999999", "<", "&#x110000;", "@", "+".repeat(300)),
    );
    fc.assert(
      fc.property(texts, field, (one, type) => {
        for (const { convert } of steps) convert(one);
        canonical(type)(one);
        maskValue(one);
      }),
      { numRuns: 3_000 },
    );
  });
});

const square = {
  type: "Polygon",
  coordinates: [
    [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 0],
    ],
  ],
};
const argumentOf: Readonly<Record<string, unknown>> = {
  replace: { find: "a", with: "b" },
  truncate: 3,
  phone: "US",
  date: { zone: "America/Denver" },
  datetime: { zone: "America/Denver" },
  split: ",",
  default: "x",
  within: { area: square },
};

describe("maskValue shows the shape and nothing else", () => {
  it.each([
    ["ann@example.com", '"aaa@aaaaaaa.aaa" (15 characters)'],
    ["+1 (512) 555-0123", '"+9 (999) 999-9999" (17 characters)'],
    ["Émile A", '"Aaaaa A" (7 characters)'],
    ["x".repeat(40), `"${"a".repeat(24)}…" (40 characters)`],
    ["x", '"a" (1 character)'],
    [" ", "blank text"],
    [null, "nothing"],
    [-12.5, "the number -99.9"],
    [true, "a yes or no"],
    [["secret"], "a list of 1"],
    [{ secret: 1 }, "an object of 1 fields"],
  ])("%j as %s", (value, masked) => {
    expect(maskValue(value)).toBe(masked);
  });

  it("never lets a letter or digit of the value through", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[b-zB-Z0-8äßЖ中]{1,30}$/), (text) => {
        const quoted = /^"(.*)" \(/s.exec(maskValue(text))?.[1] ?? "?";
        expect(quoted).toMatch(/^[aA9…]*$/);
      }),
    );
  });
});

import type { DataRecord, Field } from "@fieldwright/connector-kit";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Abilities, compileInverse, type Inverse, type RecordedChange } from "../../src/policy/inverse.js";
import { sameValues } from "../../src/policy/same-value.js";

const fields: Readonly<Record<string, Field>> = {
  id: { type: "text", readOnly: true },
  name: { type: "text" },
  value: { type: "decimal" },
  status: { type: "text" },
  code: { type: "text", readOnly: "after-create" },
  email: { type: "text", required: true },
};
const all: Abilities = { create: true, update: true, delete: true, restore: true };

function inverse(change: RecordedChange, now: DataRecord | undefined, can: Partial<Abilities> = {}): Inverse {
  return compileInverse({ fields, key: "id", can: { ...all, ...can } }).inverseOf(change, now);
}

describe("of an update", () => {
  const change: RecordedChange = { operation: "update", before: { name: "Old", value: null }, after: { name: "New", value: "10.00" } };
  it("puts back what still holds the value that was written", () => {
    expect(inverse(change, { id: "1", name: "New", value: 10 })).toEqual({
      do: "update",
      before: { name: "New", value: 10 },
      after: { name: "Old", value: null },
      left: [],
    });
  });
  it("leaves what was changed since, and says so", () => {
    expect(inverse(change, { id: "1", name: "By hand", value: "10" })).toMatchObject({
      do: "update",
      after: { value: null },
      left: [{ field: "name", why: "it was changed again since; the newer value stays" }],
    });
  });
  it("does nothing where all is back already, and nothing where nothing may be touched", () => {
    expect(inverse(change, { id: "1", name: "Old", value: "" })).toMatchObject({ do: "nothing", why: "it is as it was already", left: [] });
    expect(inverse(change, { id: "1", name: "x", value: "y" })).toMatchObject({ do: "nothing", why: "no field can be put back" });
    expect(inverse(change, undefined)).toMatchObject({ do: "nothing", left: [{ field: "name" }, { field: "value" }] });
  });
  it("says which fields the system does not let be put back", () => {
    const one: RecordedChange = {
      operation: "update",
      before: { code: "a", email: null, name: "Old" },
      after: { code: "b", email: "x@example.com", name: "New" },
    };
    expect(inverse(one, { code: "b", email: "x@example.com", name: "New" })).toMatchObject({
      do: "update",
      after: { name: "Old" },
      left: [
        { field: "code", why: "the system takes it only when a record is created" },
        { field: "email", why: "it was blank, and the system does not let it become so again" },
      ],
    });
    expect(inverse(change, { name: "New", value: "10" }, { update: false })).toMatchObject({ do: "cannot" });
  });
});

describe("of a create", () => {
  const change: RecordedChange = { operation: "create", before: null, after: { name: "New" } };
  it("deletes the record, with all that it holds now for the trail", () => {
    expect(inverse(change, { id: "1", name: "New", status: "open" })).toMatchObject({
      do: "delete",
      before: { id: "1", name: "New", status: "open" },
    });
  });
  it("leaves a record that somebody has worked on since", () => {
    expect(inverse(change, { id: "1", name: "By hand" })).toMatchObject({ do: "nothing", left: [{ field: "name" }] });
  });
  it("archives where the system cannot delete, and tells a person where it can do neither", () => {
    const archive = { status: "archived" };
    expect(inverse(change, { name: "New", status: "open" }, { delete: false, archive })).toEqual({
      do: "archive",
      before: { status: "open" },
      after: archive,
      left: [],
    });
    expect(inverse(change, { name: "New", status: "archived" }, { delete: false, archive })).toMatchObject({ do: "nothing" });
    expect(inverse(change, { name: "New" }, { delete: false })).toMatchObject({ do: "cannot", why: expect.stringContaining("by hand") });
  });
  it("does nothing where the record is gone already", () => {
    expect(inverse(change, undefined)).toMatchObject({ do: "nothing" });
  });
});

describe("of a delete", () => {
  const change: RecordedChange = { operation: "delete", before: { id: "1", name: "Old", code: "c", value: null }, after: null };
  it("brings the record back under its id where the system can", () => {
    expect(inverse(change, undefined)).toEqual({ do: "restore", left: [] });
  });
  it("creates it anew elsewhere, without what nobody may write, and says that the id is new", () => {
    expect(inverse(change, undefined, { restore: false })).toMatchObject({
      do: "create",
      values: { name: "Old", code: "c" },
      says: expect.stringContaining("new id"),
      left: [{ field: "id" }],
    });
  });
  it("does nothing where the record is there again, and tells a person where it can do nothing", () => {
    expect(inverse(change, { id: "1" })).toMatchObject({ do: "nothing" });
    expect(inverse(change, undefined, { restore: false, create: false })).toMatchObject({ do: "cannot" });
  });
});

describe("before any write", () => {
  it("tells what could be taken back", () => {
    const { couldUndo } = compileInverse({
      fields,
      key: "id",
      can: { ...all, delete: false, restore: false, archive: { status: "archived" } },
    });
    expect(couldUndo("update")).toEqual({ undo: "yes" });
    expect(couldUndo("create")).toEqual({ undo: "partly", says: "archive only" });
    expect(couldUndo("delete")).toMatchObject({ undo: "partly", says: expect.stringContaining("new id") });
  });
});

describe("of any change", () => {
  const own: Readonly<Record<string, Field>> = { a: { type: "text" }, b: { type: "decimal" }, c: { type: "text" } };
  const same = sameValues(own);
  const value = fc.constantFrom<unknown>(null, "", "1", "1.0", 1, "x", "y");
  const record = fc.record({ a: value, b: value, c: value });
  const part = fc.dictionary(fc.constantFrom("a", "b", "c"), value, { minKeys: 1, noNullPrototype: true });
  const { inverseOf } = compileInverse({ fields: own, key: "id", can: { ...all, restore: false } });
  const runs = { numRuns: 2_000 };

  /** A one-record target: carries an inverse out and gives the trail's row of it. */
  function carryOut(
    now: DataRecord | undefined,
    one: Inverse,
  ): { readonly now: DataRecord | undefined; readonly row: RecordedChange | undefined } {
    if (one.do === "update") return { now: { ...now, ...one.after }, row: { operation: "update", before: one.before, after: one.after } };
    if (one.do === "delete") return { now: undefined, row: { operation: "delete", before: one.before, after: null } };
    if (one.do === "create") return { now: { ...one.values }, row: { operation: "create", before: null, after: one.values } };
    return { now, row: undefined };
  }
  const alike = (one: DataRecord | undefined, other: DataRecord | undefined) =>
    one === undefined || other === undefined
      ? one === other
      : Object.keys({ ...one, ...other }).every((field) => same(field)(one[field], other[field]));

  it("the inverse puts back what was, and the inverse of the inverse what the run had made", () => {
    fc.assert(
      fc.property(record, part, fc.constantFrom("create", "update", "delete"), (start, change, operation) => {
        const before = operation === "create" ? undefined : start;
        const after = operation === "delete" ? undefined : operation === "create" ? change : { ...start, ...change };
        const row = {
          operation,
          before:
            operation === "create"
              ? null
              : operation === "delete"
                ? start
                : Object.fromEntries(Object.keys(change).map((field) => [field, start[field as "a"]])),
          after: operation === "delete" ? null : change,
        } as RecordedChange;
        const undone = carryOut(after, inverseOf(row, after));
        expect(alike(undone.now, before)).toBe(true);
        const redone = undone.row === undefined ? undone.now : carryOut(undone.now, inverseOf(undone.row, undone.now)).now;
        expect(alike(redone, after)).toBe(true);
      }),
      runs,
    );
  });

  it("a field changed since is never touched, nor a record that was worked on deleted", () => {
    fc.assert(
      fc.property(record, part, part, fc.boolean(), (start, change, since, isCreate) => {
        const written = isCreate ? change : { ...start, ...change };
        const now: DataRecord = { ...written, ...since };
        const row: RecordedChange = isCreate
          ? { operation: "create", before: null, after: change }
          : { operation: "update", before: start, after: change };
        const result = carryOut(now, inverseOf(row, now)).now;
        for (const field of Object.keys(change)) {
          if (same(field)(now[field], change[field])) continue;
          expect(result).toBeDefined();
          expect(result?.[field]).toEqual(now[field]);
        }
        for (const field of Object.keys(now)) if (!isCreate && !Object.hasOwn(change, field)) expect(result?.[field]).toEqual(now[field]);
      }),
      runs,
    );
  });
});

import type { Field } from "@fieldwright/connector-kit";
import fc from "fast-check";
import type { ProtectPatch } from "../../src/policy/protect.js";
import { compileProtect } from "../../src/policy/protect.js";
import type { FieldRule, Protect, Spec } from "../../src/spec/model.js";
import { example } from "./stages-spec.js";

/** A spec that maps each of `fields` from the source's field of the same name. */
export function specOf(
  protect: Partial<Protect>,
  more: Partial<Spec> = {},
  rules: readonly FieldRule[] = ["title", "phone", "owner", "status"].map(plainRule),
): Spec {
  return {
    version: 1,
    name: "jobs",
    hash: "h",
    from: { connection: "a", stream: "jobs", with: {} },
    to: { connection: "b", stream: "deals" },
    match: { tryInOrder: [], whenSeveral: "hold", whenNone: "create" },
    write: "upsert",
    fields: rules,
    whenSourceDeleted: { act: "keep" },
    run: {},
    protect: { neverWrite: [], setOnce: [], onlyIfBlank: [], keepHumanEdits: [], whenSourceBlank: "keep", ...protect },
    lines: {
      protect: 40,
      "protect.never_write": 41,
      "protect.set_once": 42,
      "protect.only_if_blank": 43,
      "protect.keep_human_edits": 44,
      "fields.title": 20,
    },
    ...more,
  };
}

export function plainRule(target: string): FieldRule {
  return { kind: "from", target, from: [target], steps: [] };
}

export const fields: Readonly<Record<string, Field>> = {
  title: { type: "text" },
  phone: { type: "text" },
  owner: { type: "text" },
  status: { type: "text" },
  value: { type: "decimal" },
  tags: { type: "list", of: { type: "text" } },
  stage: { type: "text" },
  pipeline: { type: "text" },
};

export function protecting(protect: Partial<Protect>, more?: Partial<Spec>, rules?: readonly FieldRule[]): ProtectPatch {
  return compileProtect(specOf(protect, more, rules), { fields });
}

const names = ["title", "phone", "owner", "status", "value", "stage", "pipeline"];
export const value = fc.constantFrom<unknown>(null, "", " ", "1", "2.0", "2", 2, "red", "green");
export const values = fc.dictionary(fc.constantFrom(...names), value, { noNullPrototype: true });
const list = fc.shuffledSubarray(names);

/** Any lists, a field in several of them included: the check of specs forbids that, but the last gate must not rely on it. */
export const anySpec: fc.Arbitrary<Spec> = fc
  .record({
    neverWrite: list,
    setOnce: list,
    onlyIfBlank: list,
    keepHumanEdits: list,
    whenSourceBlank: fc.constantFrom("keep" as const, "clear" as const),
  })
  .chain((protect) =>
    fc
      .boolean()
      .map((isTwoWay) =>
        specOf(
          protect,
          { stages: example, ...(isTwoWay ? { direction: "both", conflicts: { owner: { owner: "target" }, otherwise: "hold" } } : {}) },
          names.slice(0, 5).map(plainRule),
        ),
      ),
  );

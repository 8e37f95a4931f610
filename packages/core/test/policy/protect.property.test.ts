import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isBlank } from "../../src/mapping/index.js";
import type { PatchInput } from "../../src/policy/patch.js";
import { compileProtect } from "../../src/policy/protect.js";
import { sameValues } from "../../src/policy/same-value.js";
import type { StageDecision } from "../../src/policy/stage-decision.js";
import { anySpec, fields, protecting, value, values } from "./protect-spec.js";

const runs = { numRuns: 3_000 };
const same = sameValues(fields);
const optional = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined });
const stage: fc.Arbitrary<StageDecision | undefined> = fc.constantFrom(
  undefined,
  { do: "set", pipeline: "sales", stage: "job-sold", andSet: { status: "won" } } as const,
  { do: "keep", why: "held_back", says: "job-sold would become contacted" } as const,
);
const input: fc.Arbitrary<PatchInput> = fc.oneof(
  fc.record({ operation: fc.constant("create" as const), wanted: values, stage }),
  fc.record({
    operation: fc.constant("update" as const),
    wanted: values,
    target: values,
    lastWritten: optional(values),
    oldSource: optional(values),
    humanOwned: optional(fc.subarray(["title", "phone", "owner"]).map((names) => new Set(names))),
    stage,
  }),
);

function always(holds: (of: { spec: typeof anySpec extends fc.Arbitrary<infer T> ? T : never; input: PatchInput }) => void): void {
  fc.assert(
    fc.property(anySpec, input, (spec, one) => holds({ spec, input: one })),
    runs,
  );
}

describe("of any spec and record", () => {
  it("no patch holds a field that is never written, in whatever lists it stands besides", () => {
    always(({ spec, input }) => {
      const { patch } = compileProtect(spec, { fields })(input);
      for (const field of spec.protect?.neverWrite ?? []) expect(patch).not.toHaveProperty(field);
    });
  });

  it("a field that is set once or only if blank never loses a value", () => {
    always(({ spec, input }) => {
      const { patch } = compileProtect(spec, { fields })(input);
      for (const field of [...(spec.protect?.setOnce ?? []), ...(spec.protect?.onlyIfBlank ?? [])])
        if (Object.hasOwn(patch, field)) expect(isBlank(input.target?.[field])).toBe(true);
    });
  });

  it("nothing is cleared where the source does not mention it, or the spec does not say so", () => {
    always(({ spec, input }) => {
      const { patch } = compileProtect(spec, { fields })(input);
      for (const [field, value] of Object.entries(patch)) {
        if (!isBlank(value)) continue;
        expect(spec.protect?.whenSourceBlank).toBe("clear");
        expect(input.wanted).toHaveProperty(field);
      }
    });
  });

  it("every wanted difference is either in the patch or kept with a reason, and nothing else is in the patch", () => {
    always(({ spec, input }) => {
      const { patch, before, kept, isEmpty } = compileProtect(spec, { fields })(input);
      const stageFields = ["stage", "pipeline"];
      for (const [field, wanted] of Object.entries(input.wanted)) {
        if (stageFields.includes(field) || same(field)(wanted, input.target?.[field])) continue;
        expect(Object.hasOwn(patch, field) || kept.some((one) => one.field === field && one.why !== "")).toBe(true);
      }
      const set = input.stage?.do === "set" ? [...stageFields, "status"] : [];
      for (const field of Object.keys(patch)) {
        expect([...Object.keys(input.wanted), ...set]).toContain(field);
        expect(same(field)(patch[field], input.target?.[field])).toBe(false);
      }
      expect(Object.keys(before)).toEqual(input.operation === "create" ? [] : Object.keys(patch));
      expect(isEmpty).toBe(Object.keys(patch).length === 0);
    });
  });

  it("what a stage rule sets besides is never written without the stage", () => {
    always(({ spec, input }) => {
      const { patch } = compileProtect(spec, { fields })({ ...input, wanted: {} });
      if (!Object.hasOwn(patch, "status")) return;
      expect(patch["stage"] ?? input.target?.["stage"]).toBe("job-sold");
      expect(patch["pipeline"] ?? input.target?.["pipeline"]).toBe("sales");
    });
  });

  it("applying the patch and deciding again gives an empty patch", () => {
    always(({ spec, input }) => {
      const decide = compileProtect(spec, { fields });
      const { status: _, ...wanted } = input.wanted; // what a rule sets besides is not in `fields` as well
      const first = decide({ ...input, wanted });
      const second = decide({
        ...input,
        wanted,
        operation: "update",
        target: { ...input.target, ...first.patch },
        lastWritten: { ...input.lastWritten, ...first.patch },
        oldSource: wanted,
        humanOwned: new Set([...(input.humanOwned ?? []), ...first.becameHuman]),
      });
      expect(second.patch).toEqual({});
      expect(second.isEmpty).toBe(true);
    });
  });
});

describe("a value that a person typed", () => {
  const step = fc.oneof(fc.record({ source: value }), fc.record({ typed: value }));
  it("survives any later change of the source, until it is released", () => {
    fc.assert(
      fc.property(value, fc.array(step, { minLength: 2, maxLength: 12 }), fc.boolean(), (start, steps, clears) => {
        const decide = protecting({ keepHumanEdits: ["title"], whenSourceBlank: clears ? "clear" : "keep" });
        const equal = same("title");
        const created = decide({ operation: "create", wanted: { title: start } });
        let target: Record<string, unknown> = { ...created.patch };
        let lastWritten: Record<string, unknown> = { ...created.patch };
        let oldSource: Record<string, unknown> = { title: start };
        const humanOwned = new Set<string>();
        let typed: { value: unknown } | undefined;
        for (const one of steps) {
          if ("typed" in one) {
            // What equals the sync's own last value, or the source's, nobody can tell from it.
            const isOwn = equal(one.typed, lastWritten["title"]) || equal(one.typed, oldSource["title"]);
            if (isOwn && typed === undefined) continue;
            target = { title: one.typed };
            typed = { value: one.typed };
            if (isOwn && humanOwned.size === 0) typed = undefined;
            continue;
          }
          const wanted = { title: one.source };
          const { patch, becameHuman } = decide({ operation: "update", wanted, target, lastWritten, oldSource, humanOwned });
          target = { ...target, ...patch };
          lastWritten = { ...lastWritten, ...patch };
          oldSource = wanted;
          for (const field of becameHuman) humanOwned.add(field);
          if (typed !== undefined) expect(target["title"]).toBe(typed.value);
        }
      }),
      runs,
    );
  });
});

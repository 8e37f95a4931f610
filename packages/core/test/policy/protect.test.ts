import { describe, expect, it } from "vitest";
import { compileProtect } from "../../src/policy/protect.js";
import { plainRule, protecting, specOf } from "./protect-spec.js";
import { example } from "./stages-spec.js";

describe("plain fields", () => {
  const patch = protecting({});
  it("are written where they differ, with what they hold now", () => {
    expect(patch({ operation: "update", wanted: { title: "New", phone: "1" }, target: { title: "Old", phone: "1" } })).toEqual({
      patch: { title: "New" },
      before: { title: "Old" },
      isEmpty: false,
      kept: [],
      becameHuman: [],
    });
  });
  it("are not written where the two only look different", () => {
    expect(patch({ operation: "update", wanted: { value: "10.50" }, target: { value: 10.5 } })).toMatchObject({ isEmpty: true });
  });
  it("are not cleared by a field that the source does not mention", () => {
    expect(protecting({ whenSourceBlank: "clear" })({ operation: "update", wanted: {}, target: { title: "Old" } }).patch).toEqual({});
  });
  it("are not cleared by an explicit blank, unless the spec says so", () => {
    const input = { operation: "update", wanted: { title: " " }, target: { title: "Old" } } as const;
    expect(patch(input)).toMatchObject({ isEmpty: true, kept: [{ field: "title", rule: "protect.when_source_blank", line: 40 }] });
    expect(protecting({ whenSourceBlank: "clear" })(input).patch).toEqual({ title: null });
  });
  it("leave blanks out of a new record", () => {
    expect(patch({ operation: "create", wanted: { title: "New", phone: null, owner: "" } }).patch).toEqual({ title: "New" });
  });
});

describe("never_write", () => {
  it("holds for new records too, and names its line", () => {
    const { patch, kept } = protecting({ neverWrite: ["owner"] })({ operation: "create", wanted: { title: "New", owner: "Ann" } });
    expect(patch).toEqual({ title: "New" });
    expect(kept).toEqual([{ field: "owner", rule: "protect.never_write", line: 41, why: "the spec never writes it" }]);
  });
});

describe("set_once", () => {
  it("fills a blank and then stays", () => {
    const patch = protecting({ setOnce: ["owner"] });
    expect(patch({ operation: "update", wanted: { owner: "Ann" }, target: { owner: "" } }).patch).toEqual({ owner: "Ann" });
    expect(patch({ operation: "update", wanted: { owner: "Bob" }, target: { owner: "Ann" } })).toMatchObject({
      isEmpty: true,
      kept: [{ rule: "protect.set_once", line: 42 }],
    });
  });

  const withDefault = protecting({ setOnce: ["owner"] }, {}, [
    { ...plainRule("owner"), steps: [{ name: "default", argument: "nobody" }, { name: "upper" }] },
  ]);
  it("lets a default, put there by the sync, be replaced once", () => {
    const input = { operation: "update", wanted: { owner: "ANN" }, target: { owner: "NOBODY" } } as const;
    expect(withDefault({ ...input, lastWritten: { owner: "NOBODY" } }).patch).toEqual({ owner: "ANN" });
    expect(withDefault({ ...input, lastWritten: { owner: "ANN" } }).patch).toEqual({});
  });
  it("keeps a default that somebody else typed", () => {
    expect(withDefault({ operation: "update", wanted: { owner: "ANN" }, target: { owner: "NOBODY" } }).patch).toEqual({});
  });
});

describe("only_if_blank", () => {
  it("fills a blank, white space included, and never overwrites", () => {
    const patch = protecting({ onlyIfBlank: ["phone"] });
    expect(patch({ operation: "update", wanted: { phone: "1" }, target: { phone: " " } }).patch).toEqual({ phone: "1" });
    expect(patch({ operation: "update", wanted: { phone: "2" }, target: { phone: "1" } })).toMatchObject({
      isEmpty: true,
      kept: [{ rule: "protect.only_if_blank", line: 43, why: "it is not blank" }],
    });
  });
});

describe("keep_human_edits", () => {
  const patch = protecting({ keepHumanEdits: ["title"] });
  const wanted = { title: "From the source" };
  it("writes over what the sync wrote", () => {
    expect(patch({ operation: "update", wanted, target: { title: "Old" }, lastWritten: { title: "Old" } })).toMatchObject({
      patch: wanted,
      becameHuman: [],
    });
  });
  it("writes over what the source itself once said", () => {
    expect(patch({ operation: "update", wanted, target: { title: "Old" }, oldSource: { title: "Old" } })).toMatchObject({
      patch: wanted,
      becameHuman: [],
    });
  });
  it("keeps what is neither, and says that it is a person's from now on", () => {
    expect(
      patch({ operation: "update", wanted, target: { title: "By hand" }, lastWritten: { title: "Old" }, oldSource: { title: "Old" } }),
    ).toMatchObject({ isEmpty: true, becameHuman: ["title"], kept: [{ rule: "protect.keep_human_edits", line: 44 }] });
  });
  it("keeps a field empty that a person has emptied", () => {
    expect(patch({ operation: "update", wanted, target: { title: "" }, lastWritten: { title: "Old" } })).toMatchObject({
      isEmpty: true,
      becameHuman: ["title"],
    });
  });
  it("fills a blank that was never anything else", () => {
    expect(patch({ operation: "update", wanted, target: { title: null } })).toMatchObject({ patch: wanted, becameHuman: [] });
  });
  it("sees an edit even on the day on which the source agrees with it", () => {
    expect(
      patch({ operation: "update", wanted, target: wanted, lastWritten: { title: "Old" }, oldSource: { title: "Old" } }),
    ).toMatchObject({ isEmpty: true, kept: [], becameHuman: ["title"] });
  });
  it("keeps what belongs to a person until it is released", () => {
    const input = { operation: "update", wanted, target: { title: "By hand" }, lastWritten: { title: "By hand" } } as const;
    expect(patch({ ...input, humanOwned: new Set(["title"]) })).toMatchObject({ isEmpty: true, becameHuman: [] });
    expect(patch(input).patch).toEqual(wanted);
  });
});

describe("precedence", () => {
  it("names the strongest of the rules that keep a value out", () => {
    const all = ["owner"];
    const input = { operation: "update", wanted: { owner: "Ann" }, target: { owner: "Bob" } } as const;
    const ruleOf = (...[protect, more]: Parameters<typeof protecting>) => protecting(protect, more)(input).kept[0]?.rule;
    const twoWay = { direction: "both", conflicts: { owner: { owner: "target" }, otherwise: "hold" } } as const;
    expect(ruleOf({ neverWrite: all, setOnce: all, keepHumanEdits: all, onlyIfBlank: all }, twoWay)).toBe("protect.never_write");
    expect(ruleOf({ setOnce: all, keepHumanEdits: all, onlyIfBlank: all }, twoWay)).toBe("protect.set_once");
    expect(ruleOf({ keepHumanEdits: all, onlyIfBlank: all }, twoWay)).toBe("conflicts.owner.owner");
    expect(ruleOf({ keepHumanEdits: all, onlyIfBlank: all })).toBe("protect.keep_human_edits");
    expect(ruleOf({ onlyIfBlank: all })).toBe("protect.only_if_blank");
  });
  it("puts what the system itself refuses above all", () => {
    const patch = compileProtect(specOf({}), {
      fields: { title: { type: "text", readOnly: true }, phone: { type: "text", readOnly: "after-create" } },
    });
    expect(patch({ operation: "create", wanted: { title: "New", phone: "1" } }).patch).toEqual({ phone: "1" });
    expect(patch({ operation: "update", wanted: { title: "New", phone: "2" }, target: { title: "Old", phone: "1" } })).toMatchObject({
      isEmpty: true,
      kept: [{ rule: "target", line: 20 }, { rule: "target" }],
    });
  });
});

describe("lists", () => {
  const patch = protecting({}, {}, [{ ...plainRule("tags"), addToList: true }]);
  it("grow by what is new in them, and lose nothing", () => {
    expect(patch({ operation: "update", wanted: { tags: ["b", "c"] }, target: { tags: ["a", "b"] } }).patch).toEqual({
      tags: ["a", "b", "c"],
    });
    expect(patch({ operation: "update", wanted: { tags: "b" }, target: { tags: ["a", "b"] } }).patch).toEqual({});
    expect(patch({ operation: "update", wanted: { tags: null }, target: { tags: ["a"] } }).patch).toEqual({});
    expect(patch({ operation: "create", wanted: { tags: "a" } }).patch).toEqual({ tags: ["a"] });
  });
});

describe("stages", () => {
  const set = { do: "set", pipeline: "sales", stage: "job-sold", andSet: { status: "won" }, rule: 4, line: 59 } as const;
  const target = { stage: "contacted", pipeline: "sales", status: "open" };
  it("are written with their pipeline and what their rule sets besides", () => {
    expect(
      protecting({}, { stages: example })({ operation: "update", wanted: {}, target: { ...target, pipeline: "" }, stage: set }).patch,
    ).toEqual({ stage: "job-sold", pipeline: "sales", status: "won" });
  });
  it("are kept with the rule and the line that wanted another one", () => {
    const stage = { do: "keep", why: "held_back", says: "job-sold would become contacted", rule: 1, line: 56 } as const;
    expect(protecting({}, { stages: example })({ operation: "update", wanted: {}, target, stage })).toMatchObject({
      isEmpty: true,
      kept: [{ field: "stage", rule: "stages rule 1", line: 56, why: "job-sold would become contacted" }],
    });
  });
  it("are written by the stage machine alone, whatever `fields` say", () => {
    expect(
      protecting(
        {},
        { stages: example },
      )({ operation: "update", wanted: { stage: "contacted", pipeline: "x" }, target: { stage: "job-sold" } }).patch,
    ).toEqual({});
  });
  it("set nothing besides where the stage itself may not be written", () => {
    expect(
      protecting({ neverWrite: ["stage"] }, { stages: example })({ operation: "update", wanted: {}, target, stage: set }).patch,
    ).toEqual({});
  });
  it("are not written without their pipeline", () => {
    expect(
      protecting(
        { neverWrite: ["pipeline"] },
        { stages: example },
      )({ operation: "update", wanted: {}, target: { ...target, pipeline: "" }, stage: set }),
    ).toMatchObject({ isEmpty: true, kept: [{ field: "pipeline", rule: "protect.never_write" }] });
  });
  it("leave a field alone that is protected, though a rule sets it besides", () => {
    expect(
      protecting({ neverWrite: ["status"] }, { stages: example })({ operation: "update", wanted: {}, target, stage: set }).patch,
    ).toEqual({ stage: "job-sold" });
  });
});

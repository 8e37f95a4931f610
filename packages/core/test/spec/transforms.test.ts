import { describe, expect, it } from "vitest";
import { ownTransforms } from "../../src/mapping/own-transforms.js";
import { defineTransform, type Transform } from "../../src/mapping/transform.js";
import { checkSpecs } from "../../src/spec/check-specs.js";
import { parseSpec } from "../../src/spec/parse-spec.js";
import { customersText } from "./judge.js";
import { overlay } from "./overlay.js";
import { schemas } from "./streams.js";

const shout = (more: Partial<Transform> = {}): Transform =>
  defineTransform({ name: "shout", takes: ["text"], gives: "text", about: "Louder.", make: () => (value) => `${value}!`, ...more });

const named = overlay(customersText, "fields:\n  id: id\n  email: { from: email, do: [shout] }\n");

function read(transforms: readonly Transform[], text = named) {
  const parsed = parseSpec(text, { transforms });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.value;
}

describe("a step of an app's own in a spec", () => {
  it("counts for the hash by its version, so that a new one has its records decided again", () => {
    const hashes = ["1", "2"].map((version) => read([shout({ version })]).hash);
    expect(new Set(hashes).size).toBe(2);
    expect(read([shout({ version: "1", make: () => (value) => value })]).hash).toBe(hashes[0]);
    expect(read([shout({ version: "1" })]).transforms).toEqual({ shout: "version 1" });
  });

  it("counts by the text of `make` where it has no version", () => {
    expect(read([shout()]).hash).toBe(read([shout()]).hash);
    expect(read([shout({ make: () => (value) => `${value}?` })]).hash).not.toBe(read([shout()]).hash);
  });

  it("leaves the hash of a spec that does not name it as it is", () => {
    expect(read([shout({ version: "1" })], customersText).hash).toBe(read([], customersText).hash);
  });

  it("has its place in the chain of types", () => {
    const list = shout({ gives: "list" });
    expect(checkSpecs([read([list])], schemas, { transforms: [list] })).toMatchObject([
      { code: "spec/chain-type", message: "`email` is text, but the value is a list." },
    ]);
    const taking = shout({ takes: ["date"] });
    expect(checkSpecs([read([taking])], schemas, { transforms: [taking] })).toMatchObject([
      { code: "spec/chain-type", message: "`shout` takes a date, but the value is text." },
    ]);
  });

  it("is missed where the specs are checked without it, though their text was read with it", () => {
    expect(checkSpecs([read([shout()])], schemas)).toMatchObject([{ code: "spec/unknown-transform", line: 8 }]);
  });

  it("may have neither a built-in name, nor one twice, nor one that a spec cannot hold", () => {
    const code = (...all: Transform[]) => {
      try {
        return ownTransforms(all).length;
      } catch (error) {
        return (error as { code: string }).code;
      }
    };
    expect(code(shout())).toBe(1);
    expect(code(shout({ name: "trim" }))).toBe("transform/name-taken");
    expect(code(shout(), shout())).toBe("transform/name-taken");
    expect(code(shout({ name: "Shout" }))).toBe("transform/name");
  });
});
